import os from 'node:os';
import type { BarrierSettings, TrainSettings } from '@orrery/ml-train';
import { within } from '../backtest/within.ts';
import { InputError } from '../input-error.ts';
import type { Flags } from '../verb.ts';

const NAME = /^[a-z0-9][a-z0-9._-]{0,59}$/;

/** @throws InputError naming the flag, its value and the mend */
export function barrierSettings(flags: Flags): BarrierSettings {
  return {
    unit: (flags.string('barriers') ?? 'atr') as BarrierSettings['unit'],
    atrLength: orElse(14, flags, 'atr-length', 1, 10_000, true),
    takeProfit: orElse(2, flags, 'take-profit', 0.01, 1000),
    stopLoss: orElse(2, flags, 'stop-loss', 0.01, 1000),
    maxCandles: orElse(48, flags, 'max-candles', 1, 100_000, true),
    costBps: orElse(10, flags, 'cost-bps', 0, 1000),
  };
}
/** A flag that has no declared default, so that who gives it where it says nothing can be told. */
function orElse(fallback: number, flags: Flags, ...bounds: readonly [name: string, min: number, max: number, isWhole?: boolean]): number {
  return flags.number(bounds[0]) === undefined ? fallback : within(flags, ...bounds);
}

/** @throws InputError naming the flag, its value and the mend */
export function trainSettings(flags: Flags): TrainSettings {
  return {
    rounds: within(flags, 'rounds', 1, 10_000, true),
    patience: within(flags, 'patience', 1, 10_000, true),
    maxDepth: within(flags, 'max-depth', 1, 16, true),
    learningRate: within(flags, 'learning-rate', 0.0001, 1),
    minChildWeight: within(flags, 'min-child-weight', 0, 1_000_000),
    rowShare: within(flags, 'row-share', 0.01, 1),
    columnShare: within(flags, 'column-share', 0.01, 1),
    l2: within(flags, 'l2', 0, 1_000_000),
    seed: within(flags, 'seed', 0, 2_147_483_647, true),
    // All processors at once slow each other down as soon as something else runs.
    threads: flags.number('threads') === undefined ? Math.max(1, os.availableParallelism() - 1) : within(flags, 'threads', 1, 1024, true),
    folds: within(flags, 'folds', 2, 50, true),
    embargo: within(flags, 'embargo', 0, 1_000_000, true),
    validationShare: VALIDATION_SHARE,
    calibration: flags.text('calibration') as TrainSettings['calibration'],
  };
}
/** Part of the training samples that early stopping looks at. */
const VALIDATION_SHARE = 0.2;

/** Name of the model: as given, else made of the strategy's. @throws InputError for one that is no folder's name */
export function modelName(given: string | undefined, strategy: string): string {
  const name =
    given ??
    strategy
      .toLowerCase()
      .replaceAll(/[^a-z0-9._-]+/g, '-')
      .replace(/^[^a-z0-9]+/, '')
      .slice(0, 60);
  if (NAME.test(name)) return name;
  throw new InputError(`--name ${name}: takes a-z, 0-9, ".", "_" and "-", at most 60, e.g. ema-filter`);
}
