/** A number that may not be mixed up with another kind of number. */
export type Brand<T, Name extends string> = T & { readonly __brand: Name };

/** Milliseconds since the Unix epoch, UTC. Never read from a clock inside the core. */
export type EpochMs = Brand<number, 'EpochMs'>;
/** Dense index of an instrument in the run, from 0. */
export type InstrumentId = Brand<number, 'InstrumentId'>;
/** A price as an integer multiple of the instrument's tick size. */
export type Ticks = Brand<number, 'Ticks'>;
/** A quantity as an integer multiple of the instrument's step size; negative is short or sold. */
export type Lots = Brand<number, 'Lots'>;
/** An amount of the quote asset in units of 1e-8; sums are exact below 2^53, about 90 million USDT. */
export type Sats = Brand<number, 'Sats'>;
/** Counter of the run, from 1. The venue's client order id is derived from it, so a replay issues the same ids. */
export type OrderId = Brand<number, 'OrderId'>;
/** A rate in units of 1e-8: fees, funding, slippage. 0.05 % is 50,000. */
export type RateE8 = Brand<number, 'RateE8'>;

/** A price in units of 1e-8 of the quote asset: mark prices have more digits than a symbol's tick. */
export type PriceE8 = Brand<number, 'PriceE8'>;

/** Basis points as a rate in 1e-8, to the nearest. */
export function rateFromBps(bps: number): RateE8 {
  return Math.round(bps * 10_000) as RateE8;
}

/** Sats in one USDT. */
export const SATS_PER_UNIT = 100_000_000;
