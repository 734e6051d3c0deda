import { INTERVAL_MS, type Interval } from './interval.ts';
import { createTape, type Tape } from './tape.ts';

const CLOSE_TIME = 0;
const OPEN = 1;
const HIGH = 2;
const LOW = 3;
const VOLUME = 4;
/** Close time of a tape's first candle where that candle is incomplete, else NaN. */
const DROPPED = 5;

/** Close time while no candle is in the making: every row is later. */
const NO_CANDLE = -Infinity;

/**
 * 1970-01-05 was a Monday; weekly candles begin on Mondays, as Binance's do. Every other interval counts from the epoch. For
 * `3d` that is this project's own choice: Binance's spot archive counts from 1970-01-02, and what its futures do is not
 * documented, so three-day candles need not coincide with the venue's chart.
 */
const FIRST_MONDAY_MS = 4 * 86_400_000;

/**
 * Candles of a higher interval, built from a base tape as it grows. A candle [T, T+H) is pushed when its last base row has
 * been processed, or, where that row is missing, when the first row at or after T+H arrives: never earlier, so what is
 * on the tape was known at that row.
 *
 * Where the base tape begins inside a candle, that first candle is dropped: its beginning exists but is not known here, and
 * half a candle would differ from the one a longer tape gives. A gap further on is kept, as the candle is then made of
 * everything that there is. A candle without any base row does not exist.
 */
export interface Resampler {
  readonly tape: Tape;
  /** For each base row, how many higher candles have closed as of it: row `closed[i] - 1` of `tape` is the last known one. */
  readonly closed: Int32Array;
  /** The candle in the making; with `tape`, all memory between calls. */
  readonly state: Float64Array;
  /** Takes base rows [from, to); ranges adjoin. */
  advance(from: number, to: number): void;
}

/**
 * @throws RangeError when the interval is not a whole multiple of the base tape's.
 */
export function createResampler(base: Tape, interval: Interval): Resampler {
  const intervalMs = INTERVAL_MS[interval];
  const fault = multipleFault(base.intervalMs, interval);
  if (fault !== null) throw new RangeError(fault);
  const tape = createTape(base.instrument, intervalMs, higherCapacity(base, intervalMs));
  const closed = new Int32Array(base.closeTs.length);
  const state = Float64Array.of(NO_CANDLE, NaN, NaN, NaN, NaN, NaN);
  return { tape, closed, state, advance: (from, to) => advanceResampler(base, tape, closed, state, from, to) };
}

/**
 * The whole tape in candles of a higher interval; a last candle that has not closed is left out.
 * @throws RangeError when the interval is not a whole multiple of the base tape's.
 */
export function resampleTape(base: Tape, interval: Interval): Tape {
  const resampler = createResampler(base, interval);
  resampler.advance(0, base.length);
  return resampler.tape;
}

/** Open time of the candle that a moment lies in, ms UTC. Weeks begin on Monday 00:00, other intervals count from the epoch. */
export function candleOpenTime(ts: number, intervalMs: number): number {
  const origin = intervalMs === INTERVAL_MS['1w'] ? FIRST_MONDAY_MS : 0;
  return Math.floor((ts - origin) / intervalMs) * intervalMs + origin;
}

/** Why candles of `baseMs` cannot make up candles of the interval, or null when they can. */
function multipleFault(baseMs: number, interval: Interval): string | null {
  if (INTERVAL_MS[interval] % baseMs === 0) return null;
  const possible = (Object.keys(INTERVAL_MS) as Interval[]).filter((name) => INTERVAL_MS[name] % baseMs === 0);
  return `${interval} is no multiple of the tape's ${baseMs / 60_000} minutes; take one of ${possible.join(', ')}`;
}

/** Rows that are there need room for their span; rows to come may each be in a candle of their own where there are gaps. */
function higherCapacity(base: Tape, intervalMs: number): number {
  const spare = base.closeTs.length - base.length;
  if (base.length === 0) return spare;
  const span = Math.floor((base.closeTs[base.length - 1] - base.closeTs[0]) / intervalMs) + 2;
  return Math.min(base.closeTs.length, span + spare);
}

function advanceResampler(base: Tape, tape: Tape, closed: Int32Array, state: Float64Array, from: number, to: number): void {
  const { closeTs, open, high, low, close, volume, intervalMs } = base;
  let end = state[CLOSE_TIME];
  let highest = state[HIGH];
  let lowest = state[LOW];
  let traded = state[VOLUME];
  for (let i = from; i < to; i++) {
    const ts = closeTs[i];
    if (ts > end) {
      if (end !== NO_CANDLE) push(tape, state, end, highest, lowest, close[i - 1], traded);
      const openTime = candleOpenTime(ts + 1 - intervalMs, tape.intervalMs);
      end = openTime + tape.intervalMs - 1;
      if (i === 0 && ts + 1 - intervalMs !== openTime) state[DROPPED] = end;
      state[OPEN] = open[i];
      highest = high[i];
      lowest = low[i];
      traded = volume[i];
    } else {
      highest = Math.max(highest, high[i]);
      lowest = Math.min(lowest, low[i]);
      traded += volume[i];
    }
    if (ts === end) {
      push(tape, state, end, highest, lowest, close[i], traded);
      end = NO_CANDLE;
    }
    closed[i] = tape.length;
  }
  state[CLOSE_TIME] = end;
  state[HIGH] = highest;
  state[LOW] = lowest;
  state[VOLUME] = traded;
}

function push(tape: Tape, state: Float64Array, end: number, highest: number, lowest: number, close: number, traded: number): void {
  if (end === state[DROPPED]) return;
  const row = tape.length;
  if (row === tape.closeTs.length) throw new RangeError(`no room for candle ${row + 1} of ${tape.intervalMs} ms`);
  tape.closeTs[row] = end;
  tape.open[row] = state[OPEN];
  tape.high[row] = highest;
  tape.low[row] = lowest;
  tape.close[row] = close;
  tape.volume[row] = traded;
  tape.length = row + 1;
}
