import { createHash } from 'node:crypto';
import { bareLoop } from './bare-loop.ts';
import type { BenchCase } from './cases.ts';
import { engineRun } from './engine-run.ts';
import type { Latency } from './latency.ts';
import { liveCase } from './live-cases.ts';
import { createMarket } from './market.ts';
import { measure, type Measured } from './measure.ts';
import { predictionCase } from './prediction-cases.ts';
import { signalCase } from './signal-cases.ts';
import { importCase, loadCase } from './store-cases.ts';
import { virtualCase, type VirtualWork } from './virtual-cases.ts';

/** What one case came to. Times are per candle, per row of a file, or per order. */
export interface CaseReport {
  readonly name: string;
  readonly rows: number;
  readonly cpuNsPerRow: number;
  readonly wallNsPerRow: number;
  /** Peak resident memory of its process, the data included; MB. */
  readonly peakMb: number;
  /** Of a live session's decisions; absent elsewhere. */
  readonly latency?: Latency;
  /** Of virtual positions; absent elsewhere. */
  readonly virtual?: VirtualWork;
  /** What was computed, and a short hash of it: whoever gets faster must still get the same. */
  readonly result: unknown;
  readonly hash: string;
}

const RUNS = 9;

/** Measures a case in this process. */
export async function runCase(benchCase: BenchCase, quick: boolean): Promise<CaseReport> {
  const { value, timing, latency, virtual } = await measureCase(benchCase, quick ? 2 : RUNS);
  const { name, rows } = benchCase;
  return {
    name,
    rows,
    cpuNsPerRow: timing.cpuNs / rows,
    wallNsPerRow: timing.wallNs / rows,
    peakMb: process.resourceUsage().maxRSS / 1024,
    ...(latency === undefined ? {} : { latency }),
    ...(virtual === undefined ? {} : { virtual }),
    result: value,
    hash: createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 12),
  };
}

async function measureCase(
  benchCase: BenchCase,
  repetitions: number,
): Promise<Measured<unknown> & Pick<CaseReport, 'latency' | 'virtual'>> {
  switch (benchCase.kind) {
    case 'bare': {
      const market = createMarket(1, benchCase.rows);
      return measure(repetitions, () => bareLoop(market));
    }
    case 'engine': {
      const market = createMarket(benchCase.symbols, benchCase.rows / benchCase.symbols);
      return measure(repetitions, () => engineRun(market, benchCase));
    }
    case 'import':
      return importCase(benchCase.rows, Math.min(3, repetitions));
    case 'load':
      return loadCase(benchCase.rows, repetitions);
    case 'predictions':
      return predictionCase(benchCase.engine, benchCase.batch, benchCase.rows, repetitions);
    case 'virtual':
      return virtualCase(benchCase, repetitions);
    case 'signal':
      return signalCase(benchCase, repetitions);
    case 'live':
      return liveCase({ symbols: benchCase.symbols, orders: benchCase.rows, isChecked: benchCase.isChecked });
    default:
      throw new TypeError(`unknown case ${String(benchCase satisfies never)}`);
  }
}
