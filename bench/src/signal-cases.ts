import { DEFAULT_SWITCHES, MappedArena, runBacktest, scanTapes, type RunSwitches } from '@orrery/backtest';
import { createFeatureGraph, createRecomputedGraph, type FeatureGraph, type Strategy, type Tape } from '@orrery/core';
import { ict } from '@orrery/strategies';
import type { BenchCase } from './cases.ts';
import { frameCase } from './frame-case.ts';
import { measure, type Measured } from './measure.ts';
import { signalMarket, signalRequest, TIMEFRAMES } from './signal-market.ts';

/** Of `ict` on 5m, 15m and 1h. */
export type SignalWork =
  /** The features alone: by the run's own thread, or by threads of their own. */
  | { readonly part: 'analysis'; readonly workers: 'none' | number }
  /** A whole backtest. */
  | { readonly part: 'run'; readonly switches: RunSwitches }
  /** One live frame at which candles of all three intervals close. */
  | { readonly part: 'frame'; readonly incrementalCache: boolean };

export type SignalSetup = SignalWork & {
  readonly symbols: number;
  /** Of each symbol; of frames, the candles before the first that counts. */
  readonly candles: number;
};

const BLOCK = 4096;
const YEAR = 105_120;
const SIXTY_DAYS = 17_280;

/** Cases of `ict`: its speed, a live frame, threads, the incremental cache and memory. */
export function signalCases(quick: boolean): readonly BenchCase[] {
  const scale = quick ? 48 : 1;
  const of = (name: string, symbols: number, candles: number, work: SignalWork): BenchCase => ({
    name,
    kind: 'signal',
    symbols,
    candles,
    rows: work.part === 'frame' ? (work.incrementalCache ? 20 : 3) : symbols * candles,
    ...work,
  });
  const run = (changed: Partial<RunSwitches> = {}): SignalWork => ({ part: 'run', switches: { ...DEFAULT_SWITCHES, ...changed } });
  const year = YEAR / scale;
  const days = SIXTY_DAYS / scale;
  return [
    of('ict: analysis of a year of 5m, 15m, 1h', 1, year, { part: 'analysis', workers: 'none' }),
    of('ict: whole backtest of it', 1, year, run()),
    of('ict: without incremental cache', 1, year / 12, run({ incrementalCache: false })),
    of('ict: as many candles with it', 1, year / 12, run()),
    of('ict: 200 symbols, 60 days, analysis, no thread', 200, days, { part: 'analysis', workers: 'none' }),
    ...[1, 2].map((workers) => of(`ict: 200 symbols, 60 days, analysis, ${workers} workers`, 200, days, { part: 'analysis', workers })),
    of('ict: 200 symbols, 60 days, whole backtest, 2 workers', 200, days, run({ workers: 2 })),
    of('ict: 200 symbols, 60 days of 5m', 200, days, run()),
    of('ict: 200 symbols, 60 days of 5m, mapped', 200, days, run({ memoryMapped: true })),
    of('ict: live frame of 200 symbols', 200, 1000, { part: 'frame', incrementalCache: true }),
    of('ict: live frame of 200 symbols, no cache', 200, 1000, { part: 'frame', incrementalCache: false }),
  ];
}

export async function signalCase(setup: SignalSetup & { readonly rows: number }, repetitions: number): Promise<Measured<unknown>> {
  const { symbols, candles } = setup;
  switch (setup.part) {
    case 'analysis': {
      const market = signalMarket(symbols, candles);
      const strategy = ict.build(TIMEFRAMES);
      return measure(roundsOf(setup, repetitions), async () => eventsOf(await analysis(market.tapes, strategy, setup.workers)));
    }
    case 'run': {
      const arena = setup.switches.memoryMapped ? new MappedArena() : undefined;
      const market = signalMarket(symbols, candles, arena?.allocate);
      return measure(roundsOf(setup, repetitions), async () => {
        const { result } = await runBacktest(signalRequest(market), market, { switches: setup.switches, arena, bounds: 'never' });
        const { digest, candles: seen, trades, signals } = result;
        return { digest, candles: seen, trades: trades.length, signals };
      });
    }
    case 'frame':
      return frameCase(signalMarket(symbols, candles + 12 * setup.rows), candles, setup.rows, (tape, specs) =>
        setup.incrementalCache ? createFeatureGraph(tape, specs) : createRecomputedGraph(tape, specs),
      );
    default:
      throw new TypeError(`unknown part ${String(setup satisfies never)}`);
  }
}

/** Large ones run once: threads begin anew each time, and so does the program that a user starts. */
function roundsOf({ symbols, candles }: SignalSetup, repetitions: number): number {
  return symbols * candles > 10 * YEAR ? 1 : repetitions;
}

async function analysis(
  tapes: readonly Tape[],
  { features }: Strategy<unknown>,
  workers: 'none' | number,
): Promise<readonly FeatureGraph[]> {
  if (workers !== 'none') return scanTapes(tapes, features, { workers });
  return tapes.map((tape) => {
    const graph = createFeatureGraph(tape, features);
    for (let row = 0; row < tape.length; row += BLOCK) graph.advance(row, Math.min(row + BLOCK, tape.length));
    return graph;
  });
}

/** Signals found, symbol by symbol. */
function eventsOf(graphs: readonly FeatureGraph[]): readonly number[] {
  return graphs.map(({ logs }) => logs.reduce((sum, log) => sum + (log?.length ?? 0), 0));
}
