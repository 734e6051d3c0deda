/** The account's money while a frame is walked: the whole wallet, and what of it is set aside for isolated positions; sats. */
export interface Purse {
  wallet: number;
  isolated: number;
}

/** What is left for cross positions and new orders. */
export function crossWallet({ wallet, isolated }: Purse): number {
  return wallet - isolated;
}
