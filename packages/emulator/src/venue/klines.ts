import type { InstrumentId } from '@orrery/core';
import { markText, numberText } from './decimal-text.ts';
import type { MarketBoard } from './market-board.ts';

/** A candle as GET /fapi/v1/klines writes it. What the data do not hold (quote volume, number of trades, taker volumes) is 0. */
export type KlineRow = readonly [
  openTime: number,
  open: string,
  high: string,
  low: string,
  close: string,
  volume: string,
  closeTime: number,
  quoteVolume: string,
  trades: number,
  takerVolume: string,
  takerQuoteVolume: string,
  ignore: string,
];

/** Row of the tape, closed or not yet. */
export function klineRow(board: MarketBoard, id: InstrumentId, row: number): KlineRow {
  const tape = board.tape(id);
  const { tick, step } = board.instruments[id];
  const price = (column: Float64Array): string => numberText(column[row], tick.decimals);
  const close = tape.closeTs[row];
  const volume = numberText(tape.volume[row], step.decimals);
  const [open, high, low, last] = [price(tape.open), price(tape.high), price(tape.low), price(tape.close)];
  return [close - tape.intervalMs + 1, open, high, low, last, volume, close, '0', 0, '0', '0', '0'];
}

/** The same of the mark price, which has no volume; where the data hold none, the traded prices stand for it. */
export function markRow(board: MarketBoard, id: InstrumentId, row: KlineRow): KlineRow {
  const marks = board.market.marks[id] ?? null;
  const tape = board.tape(id);
  const [openTime, o, h, l, c, , closeTime] = row;
  const at = tape.closeTs.subarray(0, board.closed(id)).indexOf(closeTime);
  const price = (column: Float64Array | undefined, traded: string): string => {
    // The candle that is still open stands at the mark price of the moment.
    const mark = at < 0 ? board.mark(id) : (column?.[at] ?? NaN);
    return mark > 0 ? markText(mark) : traded;
  };
  const prices = [price(marks?.open, o), price(marks?.high, h), price(marks?.low, l), price(marks?.close, c)] as const;
  return [openTime, ...prices, '0', closeTime, '0', 0, '0', '0', '0'];
}

/** The candle that is still open: it has begun at the last close, and nothing has traded in it yet. */
export function openKline(board: MarketBoard, id: InstrumentId): KlineRow | null {
  const tape = board.tape(id);
  const { tick } = board.instruments[id];
  const closed = board.closed(id);
  if (tape.length === 0) return null;
  const openTime = closed === 0 ? tape.closeTs[0] - tape.intervalMs + 1 : tape.closeTs[closed - 1] + 1;
  const price = numberText(closed === 0 ? tape.open[0] : tape.close[closed - 1], tick.decimals);
  return [openTime, price, price, price, price, '0', openTime + tape.intervalMs - 1, '0', 0, '0', '0', '0'];
}

/**
 * Visible candles with open times in [start, end], oldest first, and the open one as the last. With a start the first
 * `limit` of them, without one the last.
 */
export function klineRows(
  board: MarketBoard,
  id: InstrumentId,
  start: number | undefined,
  end: number | undefined,
  limit: number,
): KlineRow[] {
  const tape = board.tape(id);
  const closed = board.closed(id);
  const openTs = (row: number): number => tape.closeTs[row] - tape.intervalMs + 1;
  const firstFrom = (time: number): number => {
    let [low, high] = [0, closed];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (openTs(middle) < time) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const from = start === undefined ? 0 : firstFrom(start);
  const to = end === undefined ? closed : firstFrom(end + 1);
  const open = openKline(board, id);
  const hasOpen = open !== null && (start === undefined || open[0] >= start) && (end === undefined || open[0] <= end);
  const room = start === undefined && hasOpen ? limit - 1 : limit;
  const first = start === undefined ? Math.max(from, to - room) : from;
  const last = start === undefined ? to : Math.min(to, from + limit);
  const rows: KlineRow[] = [];
  for (let row = first; row < last; row++) rows.push(klineRow(board, id, row));
  if (hasOpen && rows.length < limit) rows.push(open);
  return rows;
}
