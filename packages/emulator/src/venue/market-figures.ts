import { formatDecimal, type InstrumentId } from '@orrery/core';
import { markText, numberText } from './decimal-text.ts';
import { fundingMark } from './funding-mark.ts';
import type { MarketBoard } from './market-board.ts';

const DAY_MS = 86_400_000;
const EIGHT_HOURS = 8 * 3_600_000;

type Json = Readonly<Record<string, unknown>>;

/** GET /fapi/v1/ticker/24hr: the visible candles of the last day. */
export function dayStatistics(board: MarketBoard, id: InstrumentId): Json {
  const tape = board.tape(id);
  const { symbol, tick, step } = board.instruments[id];
  const closed = board.closed(id);
  const price = (value: number): string => numberText(value, tick.decimals);
  const last = closed === 0 ? (tape.open[0] ?? 0) : tape.close[closed - 1];
  let first = closed;
  while (first > 0 && tape.closeTs[first - 1] > board.now - DAY_MS) first--;
  let [high, low, volume] = [last, last, 0];
  for (let row = first; row < closed; row++) {
    high = Math.max(high, tape.high[row]);
    low = Math.min(low, tape.low[row]);
    volume += tape.volume[row];
  }
  const open = first < closed ? tape.open[first] : last;
  return {
    symbol,
    priceChange: (last - open).toFixed(tick.decimals),
    priceChangePercent: (((last - open) / open) * 100).toFixed(3),
    weightedAvgPrice: price(last),
    lastPrice: price(last),
    lastQty: '0',
    openPrice: price(open),
    highPrice: price(high),
    lowPrice: price(low),
    volume: volume.toFixed(step.decimals),
    quoteVolume: '0',
    openTime: board.now - DAY_MS,
    closeTime: board.now,
    firstId: 0,
    lastId: 0,
    count: 0,
  };
}

/** A row of GET /fapi/v1/fundingRate. */
export interface FundingRow {
  readonly symbol: string;
  readonly fundingTime: number;
  readonly fundingRate: string;
  readonly markPrice: string;
  readonly rateType: 'Regular';
}

/** The fundings that have come due, oldest first. */
export function fundingRows(board: MarketBoard, id: InstrumentId): FundingRow[] {
  const instrument = board.instruments[id];
  const { times, ratesE8, marks } = board.market.funding[id];
  const rows: FundingRow[] = [];
  for (let k = 0; k < times.length && times[k] <= board.now; k++) {
    const said = marks === undefined ? NaN : marks[k];
    const mark = said > 0 ? said : fundingMark(board.tape(id), board.market.marks[id] ?? null, times[k]);
    rows.push({
      symbol: instrument.symbol,
      fundingTime: times[k],
      fundingRate: formatDecimal(ratesE8[k] + 0, 8),
      markPrice: mark === null ? '' : markText(mark),
      rateType: 'Regular',
    });
  }
  return rows;
}

/** The last rate that came due, and when the next will. */
export function fundingState(board: MarketBoard, id: InstrumentId): { readonly rate: string; readonly next: number } {
  const { times, ratesE8 } = board.market.funding[id];
  let due = 0;
  while (due < times.length && times[due] <= board.now) due++;
  const rate = due === 0 ? 0 : ratesE8[due - 1] + 0;
  return { rate: formatDecimal(rate, 8), next: due < times.length ? times[due] : (Math.floor(board.now / EIGHT_HOURS) + 1) * EIGHT_HOURS };
}

/** GET /fapi/v1/premiumIndex: the index is the mark price, as the data hold no other. */
export function premiumIndex(board: MarketBoard, id: InstrumentId): Json {
  const instrument = board.instruments[id];
  const price = markText(board.mark(id));
  const { rate, next } = fundingState(board, id);
  return {
    symbol: instrument.symbol,
    markPrice: price,
    indexPrice: price,
    estimatedSettlePrice: price,
    lastFundingRate: rate,
    interestRate: '0.00010000',
    nextFundingTime: next,
    time: board.now,
  };
}
