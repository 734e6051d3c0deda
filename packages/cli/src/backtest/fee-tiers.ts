/** Maker and taker fee of a tier in basis points of the notional. */
export interface TierRates {
  readonly maker: number;
  readonly taker: number;
}

/** The venue's tiers; vip0 is the regular user. */
export type FeeTier = 'vip0' | 'vip1' | 'vip2' | 'vip3' | 'vip4' | 'vip5' | 'vip6' | 'vip7' | 'vip8' | 'vip9';

/** Source: BINANCE USDⓈ-M fee schedule, USDT pairs; vip0 is the regular user. */
export const FEE_TIERS: Readonly<Record<FeeTier, TierRates>> = {
  vip0: { maker: 2, taker: 5 },
  vip1: { maker: 1.6, taker: 4 },
  vip2: { maker: 1.4, taker: 3.5 },
  vip3: { maker: 1.2, taker: 3.2 },
  vip4: { maker: 1, taker: 3 },
  vip5: { maker: 0.8, taker: 2.7 },
  vip6: { maker: 0.6, taker: 2.5 },
  vip7: { maker: 0.4, taker: 2.2 },
  vip8: { maker: 0.2, taker: 2 },
  vip9: { maker: 0, taker: 1.7 },
};

/** A fee that is paid in BNB is a tenth lower; a rebate is not (BINANCE USDⓈ-M fee schedule). To 1e-8 of the notional. */
export function paidInBnb(bps: number): number {
  return bps > 0 ? Math.round(bps * 9000) / 10_000 : bps;
}
