import { SCORE_WEIGHTS, SIGNAL_CONFIDENCE, SIGNAL_PARTS } from './signal-event.ts';

/** 1 long or rising, −1 short or falling. */
export type Direction = 1 | -1;

/** Move, in ATRs, at which the momentum is 1; at as much the other way it is 0. */
const FULL_MOVE = 3;
/** Candles in which a break loses half of its freshness. */
export const BREAK_HALF_LIFE = 50;
/** Candles that the momentum reaches back. */
export const MOMENTUM_CANDLES = 12;
/** Ratios of ATR(14) to ATR(100) between which the volatility's score rises from 0 to 1, and falls to 0 again. */
const CALM_RATIOS = [0.5, 0.8, 1.5, 3] as const;

/** A number held within [0,1]; what is no number is 0. */
export function share(value: number): number {
  if (value >= 1) return 1;
  return value > 0 ? value : 0;
}

/** 1 for the same sign as the direction, 0 for the other, one half for none. */
export function agreement(direction: Direction, sign: number): number {
  const along = direction * sign;
  if (along > 0) return 1;
  return along < 0 ? 0 : 0.5;
}

/** Agreement of three horizons with the direction; the longer weigh 2 and 3 times as much as the shortest (SIG-2). */
export function trendAlignment(direction: Direction, short: number, middle: number, long: number): number {
  return (agreement(direction, short) + 2 * agreement(direction, middle) + 3 * agreement(direction, long)) / 6;
}

/**
 * Half from how the last two highs and the last two lows stand to each other, half from how fresh the last break is (SIG-2).
 * @param highs the later high less the earlier one; `lows` likewise
 * @param freshness in [0,1]; 0 where there was no break in the direction
 */
export function marketStructure(direction: Direction, highs: number, lows: number, freshness: number): number {
  return 0.25 * (agreement(direction, highs) + agreement(direction, lows)) + 0.5 * freshness;
}

/** How far the price lies on the cheap side of a range for a long, on the dear side for a short (SIG-2); one half without a range. */
export function pricePosition(direction: Direction, price: number, low: number, high: number): number {
  const width = high - low;
  if (!(width > 0)) return 0.5;
  return share((direction > 0 ? high - price : price - low) / width);
}

/** Where a move of the price, in ATRs, lies between 3 against the direction and 3 along it (SIG-2). */
export function momentum(direction: Direction, move: number, atr: number): number {
  return share(0.5 + (direction * move) / (2 * FULL_MOVE * atr));
}

/** 1 while the range of candles is about its usual one, less in dead and in wild markets (SIG-2). */
export function volatility(ratio: number): number {
  const [asleep, awake, lively, wild] = CALM_RATIOS;
  return Math.min(share((ratio - asleep) / (awake - asleep)), share((wild - ratio) / (wild - lively)));
}

/** Writes the parts, in their order, and the confidence that follows from them (SIG-1). */
export function writeScore(words: Float64Array, trend: number, structure: number, position: number, move: number, range: number): void {
  words[SIGNAL_PARTS] = trend;
  words[SIGNAL_PARTS + 1] = structure;
  words[SIGNAL_PARTS + 2] = position;
  words[SIGNAL_PARTS + 3] = move;
  words[SIGNAL_PARTS + 4] = range;
  let sum = 0;
  for (let k = 0; k < SCORE_WEIGHTS.length; k++) sum += SCORE_WEIGHTS[k] * words[SIGNAL_PARTS + k];
  words[SIGNAL_CONFIDENCE] = share(sum);
}
