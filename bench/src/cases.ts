import { absenceOf, BATCHES, PREDICTION_ENGINES, type PredictionEngine } from './prediction-cases.ts';
import { signalCases, type SignalSetup } from './signal-cases.ts';
import type { StrategyName } from './strategies.ts';
import { virtualCases, type VirtualSetup } from './virtual-cases.ts';

/** One line of the table; each runs in a process of its own, because what V8 learns from one would slow down another. */
export type BenchCase =
  | { readonly name: string; readonly kind: 'bare'; readonly rows: number }
  | {
      readonly name: string;
      readonly kind: 'engine';
      readonly strategy: StrategyName;
      readonly hashed: boolean;
      readonly blockRows: number;
      readonly symbols: number;
      /** Of all symbols together. */
      readonly rows: number;
    }
  | { readonly name: string; readonly kind: 'import' | 'load'; readonly rows: number }
  | {
      readonly name: string;
      readonly kind: 'predictions';
      readonly engine: PredictionEngine;
      readonly batch: number;
      readonly rows: number;
    }
  | {
      readonly name: string;
      readonly kind: 'live';
      readonly symbols: number;
      readonly isChecked: boolean;
      /** Orders that count. */
      readonly rows: number;
    }
  | ({ readonly name: string; readonly kind: 'virtual'; /** Positions times passes. */ readonly rows: number } & VirtualSetup)
  | ({
      readonly name: string;
      readonly kind: 'signal';
      /** Candles of all symbols together, or frames. */ readonly rows: number;
    } & SignalSetup);

/** A case that cannot be measured on this machine. */
export interface AbsentCase {
  readonly name: string;
  readonly reason: string;
}

export const BARE = 'bare loop';
export const WHOLE = 'whole engine';
const BLOCK = 4096;

/** The suite: at full size ten million candles at most, quick a hundredth of that. */
export function benchCases(quick: boolean): readonly BenchCase[] {
  const scale = quick ? 100 : 1;
  const full = 10_000_000 / scale;
  const part = 2_000_000 / scale;
  const engine = (
    name: string,
    strategy: StrategyName,
    rows: number,
    rest: { hashed?: boolean; blockRows?: number; symbols?: number } = {},
  ): BenchCase => ({
    name,
    kind: 'engine',
    strategy,
    rows,
    hashed: rest.hashed ?? true,
    blockRows: rest.blockRows ?? BLOCK,
    symbols: rest.symbols ?? 1,
  });
  return [
    { name: BARE, kind: 'bare', rows: full },
    engine(WHOLE, 'form', full),
    engine('length: 10 % of it', 'form', full / 10),
    engine('length: 1 % of it', 'form', full / 100),
    engine('symbols: 10', 'form', full, { symbols: 10 }),
    engine('symbols: 100', 'form', full, { symbols: 100 }),
    engine('symbols: 200, as many 5m candles as a year has', 'form', (200 * 105_120) / scale, { symbols: 200 }),
    engine('symbols: 200, each holds', 'holds', part, { symbols: 200, hashed: false }),
    engine('symbols: 200, each with resting orders', 'resting-stop', part, { symbols: 200, hashed: false }),
    engine('part: idle strategy', 'idle', part, { hashed: false }),
    engine('part: reads two features', 'reads', part, { hashed: false }),
    engine('part: trades, not hashed', 'low-level', part, { hashed: false }),
    engine('part: trades, hashed', 'low-level', part),
    engine('part: the same by defineStrategy', 'form', part),
    engine('part: a stop rests all along', 'resting-stop', part, { hashed: false }),
    engine('block: 4096 rows', 'form', part / 2),
    engine('block: 1 row, as live', 'form', part / 2, { blockRows: 1 }),
    { name: 'import: csv.gz', kind: 'import', rows: part / 4 },
    { name: 'load: market of a store', kind: 'load', rows: part / 4 },
    ...virtualCases(quick),
    ...signalCases(quick),
    ...PREDICTION_ENGINES.flatMap((engine) =>
      BATCHES.map((batch): BenchCase => ({
        name: `predict: ${engine}, batch ${batch}`,
        kind: 'predictions',
        engine,
        batch,
        rows: 20_000 / (quick ? 10 : 1),
      })),
    ),
    ...[1, 20].flatMap((symbols) =>
      [true, false].map((isChecked): BenchCase => ({
        name: `live: ${symbols} symbol${symbols === 1 ? '' : 's'}${isChecked ? '' : ', no check'}`,
        kind: 'live',
        symbols,
        isChecked,
        rows: quick ? 40 : 2000,
      })),
    ),
  ];
}

/** Those of the cases for which something is missing on this machine. */
export function absentCases(cases: readonly BenchCase[]): readonly AbsentCase[] {
  return cases.flatMap((one) => {
    const reason = one.kind === 'predictions' ? absenceOf(one.engine) : null;
    return reason === null ? [] : [{ name: one.name, reason }];
  });
}
