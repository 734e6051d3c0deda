import { parseSats, SATS_PER_UNIT, type TradeRow } from '@orrery/core';

/** One finished trade: how far the price went, and what came of it, both in parts of what the position was entered for. */
export interface ExcursionPoint {
  readonly excursion: number;
  readonly result: number;
  readonly won: boolean;
}
/** Trades won, or lost and even, with the medians of their excursions; null where none has one. */
export interface ExcursionSide {
  readonly trades: number;
  readonly medianAdverse: number | null;
  readonly medianFavourable: number | null;
}
/** Excursions of all finished trades. */
export interface Excursions {
  readonly adverse: readonly ExcursionPoint[];
  readonly favourable: readonly ExcursionPoint[];
  readonly winners: ExcursionSide;
  readonly losers: ExcursionSide;
  /** Finished trades that no candle shows an excursion of, on either side or on both. */
  readonly without: number;
}

/** Collects the excursions; a trade's result is its profit over its largest size at the entry price. */
export function excursions(trades: readonly TradeRow[]): Excursions {
  const closed = trades.filter((trade) => trade.exitTime !== null);
  const points = (of: (trade: TradeRow) => number | null): readonly ExcursionPoint[] =>
    closed.flatMap((trade) => {
      const excursion = of(trade);
      return excursion === null ? [] : [{ excursion, ...outcome(trade) }];
    });
  const adverse = points((trade) => trade.maxAdverse);
  const favourable = points((trade) => trade.maxFavourable);
  const won = closed.filter((trade) => parseSats(trade.pnl) > 0).length;
  return {
    adverse,
    favourable,
    winners: side(won, adverse, favourable, true),
    losers: side(closed.length - won, adverse, favourable, false),
    without: closed.filter((trade) => trade.maxAdverse === null || trade.maxFavourable === null).length,
  };
}

function outcome(trade: TradeRow): Pick<ExcursionPoint, 'result' | 'won'> {
  const pnl = parseSats(trade.pnl);
  const entered = Number(trade.quantity) * Number(trade.entryPrice);
  return { result: entered > 0 ? pnl / SATS_PER_UNIT / entered : 0, won: pnl > 0 };
}

function side(trades: number, adverse: readonly ExcursionPoint[], favourable: readonly ExcursionPoint[], won: boolean): ExcursionSide {
  const of = (points: readonly ExcursionPoint[]): number | null =>
    median(points.filter((point) => point.won === won).map((point) => point.excursion));
  return { trades, medianAdverse: of(adverse), medianFavourable: of(favourable) };
}

/** Middle value, the mean of the two middle ones where their number is even, null of none. */
export function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  if (upper === undefined) return null;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? upper;
  return (lower + upper) / 2;
}
