/** What a run comes to, in whole sats: the bare loop and the engine must agree on every one of them. */
export interface Account {
  readonly wallet: number;
  readonly fees: number;
  readonly fills: number;
  readonly equity: number;
  readonly maxDrawdown: number;
  readonly framesInMarket: number;
}

/** 10 million USDT. */
export const START_EQUITY = 1_000_000_000_000_000;
/** Part of the account that is long or short. */
export const SHARE = 0.01;
export const FAST = 12;
export const SLOW = 26;
