import type { Tape } from '@orrery/core';

/** The three barriers that decide a signal's label, and what a trade must earn to have been worth it. */
export interface BarrierSettings {
  /** What the distances are multiples of: the average true range at the decision, or one percent of the entry price. */
  readonly unit: 'atr' | 'percent';
  /** Candles of the average true range. */
  readonly atrLength: number;
  /** Distances above 0, in units. */
  readonly takeProfit: number;
  readonly stopLoss: number;
  /** Candles that a position is held at most, the one of the entry included. */
  readonly maxCandles: number;
  /** What a round trip costs, in basis points of the entry price; only a return above it is a win. */
  readonly costBps: number;
}

export type Outcome = 'take-profit' | 'stop-loss' | 'time';

/** What became of a signal. Rows are of the tape. */
export interface Label {
  readonly outcome: Outcome;
  /** Whether the trade earned more than its costs. */
  readonly isWin: boolean;
  /** Candle at whose open the position is entered. */
  readonly entryRow: number;
  /** Candle in which the label was decided. */
  readonly endRow: number;
  /** Exit over entry less 1, in the direction of the side, before costs. */
  readonly grossReturn: number;
}

/**
 * The triple-barrier label of a signal (López de Prado, Advances in Financial Machine Learning, 2018, ch. 3.4), on candles after
 * the decision alone. As in the simulated venue, the entry is the open of the next candle in which something is traded, and a
 * candle without volume fills nothing. A candle that reaches both barriers counts as the stop: the order inside it is not known.
 * @param row candle at whose close the signal was given
 * @param unit length of one unit, in the quote asset: the average true range, or a hundredth of the entry price when it is null
 * @returns null while the candles that decide it are not there
 */
export function labelSignal(tape: Tape, row: number, side: 1 | -1, unit: number | null, settings: BarrierSettings): Label | null {
  const { open, high, low, close, volume, length } = tape;
  let entryRow = row + 1;
  while (entryRow < length && !((volume[entryRow] ?? 0) > 0)) entryRow++;
  if (entryRow >= length) return null;
  const entry = open[entryRow] ?? Number.NaN;
  const distance = unit ?? entry / 100;
  const target = entry + side * settings.takeProfit * distance;
  const stop = entry - side * settings.stopLoss * distance;
  const ended = (outcome: Outcome, endRow: number, exit: number): Label => {
    const grossReturn = side * (exit / entry - 1);
    return { outcome, isWin: outcome !== 'stop-loss' && grossReturn > settings.costBps / 10_000, entryRow, endRow, grossReturn };
  };
  const [against, along] = side > 0 ? [low, high] : [high, low];
  const last = entryRow + settings.maxCandles - 1;
  for (let at = entryRow; at < length && at <= last; at++) {
    if ((volume[at] ?? 0) > 0) {
      if (side * ((against[at] ?? Number.NaN) - stop) <= 0) return ended('stop-loss', at, stop);
      if (side * ((along[at] ?? Number.NaN) - target) >= 0) return ended('take-profit', at, target);
    }
    if (at === last) return ended('time', at, close[at] ?? Number.NaN);
  }
  return null;
}
