import { TradeBook } from '@orrery/backtest';
import type { Instrument, JournalEntry, Ticks, TradeRow } from '@orrery/core';

/** Round trips as a journal tells them. */
export function tradesOf(
  entries: readonly JournalEntry[],
  instruments: readonly Instrument[],
  last: readonly Ticks[],
): readonly TradeRow[] {
  const book = new TradeBook(instruments);
  for (const { seq, pos, lane, message } of entries) book.record(seq, pos, lane, message);
  return book.rows(last);
}

/** Indices of trades that are not the same but for when they happened, which a venue stamps for itself. */
export function differingTrades(reference: readonly TradeRow[], other: readonly TradeRow[]): readonly number[] {
  const left = byEntry(reference);
  const right = byEntry(other);
  const rows = Array.from({ length: Math.max(left.length, right.length) }, (_, k) => k);
  return rows.filter((k) => text(left[k]) !== text(right[k]));
}

/** The n-th trade of a symbol is compared with the n-th: two symbols' trades may close in any order. */
function byEntry(trades: readonly TradeRow[]): readonly TradeRow[] {
  return trades.toSorted((a, b) => (a.symbol < b.symbol ? -1 : a.symbol > b.symbol ? 1 : 0));
}
function text(trade: TradeRow | undefined): string {
  if (trade === undefined) return 'nothing';
  const { id: _, entryTime: __, exitTime: ___, ...rest } = trade;
  return JSON.stringify(rest);
}
