import type { MarketRow } from './market.ts';

/** A candle in words, by what makes it unusual: `after a gap, crash`; `rise`, `fall` or `flat` where nothing does. */
export function candleShape(row: MarketRow, before: MarketRow | undefined, intervalMs: number): string {
  const words: string[] = [];
  const top = Math.max(row.open, row.close);
  const bottom = Math.min(row.open, row.close);
  if (before !== undefined && row.ts - before.ts > intervalMs) words.push('after a gap');
  if (before !== undefined && Math.abs(row.open / before.close - 1) > 0.1) words.push(row.open > before.close ? 'leap up' : 'leap down');
  if (row.close < 0.8 * row.open) words.push('crash');
  if (row.high > 1.1 * top) words.push('spike up');
  if (row.low < 0.9 * bottom) words.push('spike down');
  if (row.volume === 0) words.push('no trades');
  if (words.length > 0) return words.join(', ');
  return row.close === row.open ? 'flat' : row.close > row.open ? 'rise' : 'fall';
}
