import type { Kernel } from '../feature/kernel.ts';
import { levelRange } from './levels.ts';
import { share, type Direction } from './score.ts';
import { SIGNAL_STRIDE } from './signal-event.ts';
import { SignalGate } from './signal-gate.ts';
import { createSignalLog } from './signal-log.ts';
import { reasonBit } from './trigger.ts';
import { writeWindowSignal, type WindowSources } from './window-signal.ts';

/** What `trend_signal` is made with. */
export interface TrendOptions {
  /** Lengths of the averages, in candles. */
  readonly fast: number;
  readonly slow: number;
  /** Risk in ATRs. */
  readonly stop: number;
  /** In risks. */
  readonly reward: number;
  readonly cooldown: number;
}

const NO_COLUMN = new Float64Array(0);
const TREND_BIT = reasonBit('trend');
/** Distance of the close from the slow average, in ATRs, at which the cross counts as a strong one. */
const FULL_DISTANCE = 2;

const SEEN = 0;
const PREVIOUS = 1;
/** The close less the average. */
const FAST = 2;
const SLOW = 3;
/** Sign of the last spread that was not 0. */
const SIDE = 4;
const OWN_WORDS = 5;

/**
 * A signal where the fast exponential average comes to lie on the other side of the slow one. The averages are kept as their distance
 * from the close, which each move of the price adds to: so they are made of differences alone, and begin at the first close.
 */
export function createTrendKernel(sources: WindowSources, { fast, slow, stop, reward, cooldown }: TrendOptions): Kernel {
  const { close } = sources.tape;
  const log = createSignalLog();
  const state = new Float64Array(OWN_WORDS + SignalGate.WORDS);
  const gate = new SignalGate(log, state.subarray(OWN_WORDS), cooldown);
  const words = new Float64Array(SIGNAL_STRIDE);
  const fastKept = 1 - 2 / (fast + 1);
  const slowKept = 1 - 2 / (slow + 1);

  function crossed(row: number, direction: Direction): void {
    const atr = sources.atr.out[row];
    const risk = levelRange(stop * atr);
    const zone = share((direction * state[SLOW]) / (FULL_DISTANCE * atr));
    const signal = { direction, risk, reward: levelRange(reward * risk), length: slow, zone, freshness: 1, bit: TREND_BIT };
    if (!writeWindowSignal(words, sources, row, signal)) return;
    gate.offer(direction > 0 ? words : null, direction > 0 ? null : words);
  }

  function advance(from: number, to: number): void {
    for (let row = from; row < to; row++) {
      const move = state[SEEN] === 0 ? 0 : close[row] - state[PREVIOUS];
      state[PREVIOUS] = close[row];
      if (!Number.isFinite(close[row])) {
        state.fill(0, 0, OWN_WORDS);
        continue;
      }
      state[SEEN] += 1;
      state[FAST] = (state[FAST] + move) * fastKept;
      state[SLOW] = (state[SLOW] + move) * slowKept;
      const spread = state[SLOW] - state[FAST];
      if (spread === 0) continue;
      const side = spread > 0 ? 1 : -1;
      const isCross = state[SIDE] === -side && state[SEEN] > slow;
      state[SIDE] = side;
      if (isCross) crossed(row, side);
    }
  }

  return { out: NO_COLUMN, warmup: Math.max(slow, sources.longAtr.warmup), state, log, advance };
}
