import type { Source } from '../feature/definition.ts';
import type { Kernel } from '../feature/kernel.ts';
import { decay } from '../math/decay.ts';
import { levelRange, rewardOf, riskOf } from './levels.ts';
import { BREAK_HALF_LIFE, share, type Direction } from './score.ts';
import { SIGNAL_STRIDE } from './signal-event.ts';
import { SignalGate } from './signal-gate.ts';
import { createSignalLog } from './signal-log.ts';
import { reasonBit } from './trigger.ts';
import { writeWindowSignal, type WindowSources } from './window-signal.ts';

/** What `reversion_signal` is made with. */
export interface ReversionOptions {
  /** Candles of the band. */
  readonly length: number;
  /** Standard deviations from its middle to its edges. */
  readonly deviations: number;
  readonly cooldown: number;
}

const NO_COLUMN = new Float64Array(0);
const REVERSION_BIT = reasonBit('reversion');
/** How far back, in windows, the beginning of an excursion is looked for. */
const LONGEST_EXCURSION = 4;

/**
 * A signal towards the middle of the band where the close comes back inside of it. The stop lies behind the extreme of the excursion.
 * @param score zscore(close,length)
 */
export function createReversionKernel(sources: WindowSources, score: Source, options: ReversionOptions): Kernel {
  const { length, deviations, cooldown } = options;
  const { close, high, low } = sources.tape;
  const log = createSignalLog();
  const state = new Float64Array(SignalGate.WORDS);
  const gate = new SignalGate(log, state, cooldown);
  const words = new Float64Array(SIGNAL_STRIDE);

  function cameBack(row: number, direction: Direction): void {
    const extremes = direction > 0 ? low : high;
    const earliest = Math.max(0, row - LONGEST_EXCURSION * length);
    let extreme = direction * extremes[row];
    let depth = 0;
    let first = row;
    while (first > earliest && direction * score.out[first - 1] < -deviations) {
      first -= 1;
      extreme = Math.min(extreme, direction * extremes[first]);
      depth = Math.max(depth, -direction * score.out[first] - deviations);
    }
    const risk = riskOf(direction * close[row] - extreme, levelRange(sources.atr.out[row]));
    const reward = rewardOf(levelRange(direction * distanceToMean(row)), risk);
    const freshness = decay(row - first, BREAK_HALF_LIFE);
    const signal = { direction, risk, reward, length, zone: share(depth), freshness, bit: REVERSION_BIT };
    if (!writeWindowSignal(words, sources, row, signal)) return;
    gate.offer(direction > 0 ? words : null, direction > 0 ? null : words);
  }

  /** The mean of the last closes less the newest. */
  function distanceToMean(row: number): number {
    let sum = 0;
    for (let k = row - length + 1; k < row; k++) sum += close[k] - close[row];
    return sum / length;
  }

  function advance(from: number, to: number): void {
    const { out } = score;
    for (let row = Math.max(1, from); row < to; row++) {
      if (out[row - 1] < -deviations && out[row] >= -deviations) cameBack(row, 1);
      else if (out[row - 1] > deviations && out[row] <= deviations) cameBack(row, -1);
    }
  }

  return { out: NO_COLUMN, warmup: Math.max(score.warmup + 1, sources.longAtr.warmup), state, log, advance };
}
