import type { ShownCandles } from './resample-candles.ts';

/**
 * Candles as small integers: times as differences in seconds, prices as counts of 10^-digits. Each open is stored against the close
 * before it and the rest against the open, so that most numbers have one to three digits.
 */
export interface EncodedCandles {
  readonly symbol: string;
  readonly interval: string;
  readonly shownInterval: string;
  readonly resampled: boolean;
  /** Whether these are the last candles of a symbol that the page also shows whole, merged. */
  readonly isDetail: boolean;
  readonly digits: number;
  readonly time: readonly number[];
  /** Four numbers a candle: open, high, low, close. */
  readonly prices: readonly number[];
}

const MAX_DIGITS = 8;

/** Encodes candles for the page; prices finer than 8 decimals are rounded to 8. */
export function encodeCandles(shown: ShownCandles, isDetail = false): EncodedCandles {
  const { candles } = shown;
  const digits = priceDigits([candles.open, candles.high, candles.low, candles.close]);
  const units = (price: number | undefined): number => Math.round((price ?? 0) * 10 ** digits);
  const time: number[] = [];
  const prices: number[] = [];
  let before = 0;
  let closed = 0;
  for (const [i, at] of candles.time.entries()) {
    const seconds = Math.floor(at / 1000);
    const open = units(candles.open[i]);
    const close = units(candles.close[i]);
    time.push(seconds - before);
    prices.push(open - closed, units(candles.high[i]) - open, units(candles.low[i]) - open, close - open);
    before = seconds;
    closed = close;
  }
  return {
    symbol: candles.symbol,
    interval: shown.sourceInterval,
    shownInterval: shown.shownInterval,
    resampled: shown.resampled,
    isDetail,
    digits,
    time,
    prices,
  };
}

/** Fewest decimals that hold every price. */
function priceDigits(columns: readonly (readonly number[])[]): number {
  let digits = 0;
  for (const column of columns) {
    for (const price of column) {
      while (digits < MAX_DIGITS && Number(price.toFixed(digits)) !== price) digits += 1;
    }
  }
  return digits;
}
