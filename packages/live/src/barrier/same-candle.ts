import type { ClosedCandle } from '../feed/market-feed.ts';

const FIELDS = ['open', 'high', 'low', 'close', 'volume'] as const;

/** Whether two reports of a candle say the same: stream and REST may write a number with more or fewer zeros. */
export function isSameCandle(a: ClosedCandle, b: ClosedCandle): boolean {
  return a.openTime === b.openTime && a.closeTime === b.closeTime && FIELDS.every((field) => Number(a[field]) === Number(b[field]));
}
