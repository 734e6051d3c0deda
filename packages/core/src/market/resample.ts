import { INTERVAL_MS, type Interval } from './interval.ts';
import { createTape, type Tape } from './tape.ts';

const OPEN_TIME = 0;
const OPEN = 1;
const HIGH = 2;
const LOW = 3;
const CLOSE = 4;
const VOLUME = 5;
/** Open time of a tape's first candle where that candle is incomplete, else NaN. */
const DROPPED = 6;

/** 1970-01-05 was a Monday; weekly candles begin on Mondays. Every other interval counts from the epoch. */
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
  const state = new Float64Array(7).fill(NaN);
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
export function multipleFault(baseMs: number, interval: Interval): string | null {
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
  for (let i = from; i < to; i++) {
    const rowOpenTime = closeTs[i] + 1 - intervalMs;
    const openTime = candleOpenTime(rowOpenTime, tape.intervalMs);
    if (openTime !== state[OPEN_TIME]) {
      if (state[OPEN_TIME] === state[OPEN_TIME]) push(tape, state);
      if (i === 0 && rowOpenTime !== openTime) state[DROPPED] = openTime;
      state[OPEN_TIME] = openTime;
      state[OPEN] = open[i];
      state[HIGH] = high[i];
      state[LOW] = low[i];
      state[VOLUME] = volume[i];
    } else {
      if (high[i] > state[HIGH]) state[HIGH] = high[i];
      if (low[i] < state[LOW]) state[LOW] = low[i];
      state[VOLUME] += volume[i];
    }
    state[CLOSE] = close[i];
    if (closeTs[i] === openTime + tape.intervalMs - 1) {
      push(tape, state);
      state[OPEN_TIME] = NaN;
    }
    closed[i] = tape.length;
  }
}

function push(tape: Tape, state: Float64Array): void {
  if (state[OPEN_TIME] === state[DROPPED]) return;
  const row = tape.length;
  if (row === tape.closeTs.length) throw new RangeError(`no room for candle ${row + 1} of ${tape.intervalMs} ms`);
  tape.closeTs[row] = state[OPEN_TIME] + tape.intervalMs - 1;
  tape.open[row] = state[OPEN];
  tape.high[row] = state[HIGH];
  tape.low[row] = state[LOW];
  tape.close[row] = state[CLOSE];
  tape.volume[row] = state[VOLUME];
  tape.length = row + 1;
}
