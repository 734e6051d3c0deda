import type { Interval, Tape } from '@orrery/core';
import { InputError, type Market, type SignalSample } from '@orrery/data';
import { sampleSetOf, type LabelledSignal } from './assemble.ts';
import { featureReader } from './feature-reader.ts';
import type { SampleOutcome, SampleSet } from './sample-set.ts';
import { averageUniqueness } from './uniqueness.ts';

/** The samples of a run, and the candles that it read. */
export interface SampledRun {
  readonly runId: string;
  readonly market: Pick<Market, 'tapes' | 'datasetSymbols'>;
  readonly samples: readonly SignalSample[];
}
/** Virtual positions of runs, and what became of them. */
export interface RunSampleCounts {
  /** Positions that were closed. */
  readonly closed: number;
  readonly samples: number;
  readonly wins: number;
  readonly takeProfit: number;
  readonly stopLoss: number;
  readonly expired: number;
  readonly gradedStop: number;
  /** Dropped: the account, the symbol or the run ended them, which says nothing of their signals. */
  readonly cutShort: number;
  /** Dropped: the signal's quality is 0, and so its weight. */
  readonly weightless: number;
  /** Dropped: an input had no value yet. */
  readonly warmingUp: number;
}
type Tally = { -readonly [K in keyof RunSampleCounts]: number };

const ENDS: Readonly<Partial<Record<SignalSample['outcome'], readonly [SampleOutcome, keyof RunSampleCounts]>>> = {
  take_profit: ['take-profit', 'takeProfit'],
  stop_loss: ['stop-loss', 'stopLoss'],
  expired: ['time', 'expired'],
  graded_stop: ['graded-stop', 'gradedStop'],
};

/**
 * Turns the closed virtual positions of runs into samples: features as of the signal's candle by the kernels of a backtest, the label
 * that the position earned more than its fees, and as weight the signal's quality times the average uniqueness of its span, entry to
 * exit, among those of its symbol. Positions that something else than their signal ended, those of
 * no quality, and those of the warm-up are dropped and counted.
 * @param columns as `featureColumns` gives them
 * @throws InputError when two runs go over the same candles of a symbol, or a sample is of no candle of its run
 */
export function buildRunSamples(
  runs: readonly SampledRun[],
  interval: Interval,
  columns: readonly string[],
): { readonly samples: SampleSet; readonly counts: RunSampleCounts } {
  requireApart(runs);
  const symbols = [...new Set(runs.flatMap(({ market }) => market.datasetSymbols.map(({ symbol }) => symbol)))];
  const counts: Tally = {
    closed: 0,
    samples: 0,
    wins: 0,
    takeProfit: 0,
    stopLoss: 0,
    expired: 0,
    gradedStop: 0,
    cutShort: 0,
    weightless: 0,
    warmingUp: 0,
  };
  const found = runs.flatMap((run) =>
    run.market.tapes.flatMap((tape, id) => {
      const symbol = run.market.datasetSymbols[id]?.symbol ?? '';
      const own = run.samples.filter((sample) => sample.symbol === symbol);
      const { read } = featureReader(tape, symbol, interval, columns);
      return labelledOf(run.runId, tape, own, read, counts).map((signal) => ({ ...signal, instrument: symbols.indexOf(symbol) }));
    }),
  );
  return { samples: sampleSetOf(found, columns), counts };
}

function labelledOf(
  runId: string,
  tape: Tape,
  samples: readonly SignalSample[],
  read: (row: number, side: 1 | -1) => Float32Array,
  counts: Tally,
): readonly Omit<LabelledSignal, 'instrument'>[] {
  const kept: { readonly sample: SignalSample; readonly outcome: SampleOutcome; readonly rows: Rows; readonly values: Float32Array }[] = [];
  for (const sample of samples) {
    counts.closed += 1;
    const end = ENDS[sample.outcome];
    if (end === undefined) {
      counts.cutShort += 1;
      continue;
    }
    if (!(sample.weight > 0)) {
      counts.weightless += 1;
      continue;
    }
    const rows = rowsOf(runId, tape, sample);
    const values = read(rows.signal, sample.side === 'long' ? 1 : -1);
    // The strategy refuses a signal that lacks an input, so its model is never asked about one.
    if (values.some(Number.isNaN)) {
      counts.warmingUp += 1;
      continue;
    }
    const [outcome, tally] = end;
    counts.samples += 1;
    counts.wins += Number(sample.win);
    counts[tally] += 1;
    kept.push({ sample, outcome, rows, values });
  }
  const uniqueness = averageUniqueness(
    kept.map(({ rows }) => rows.entry),
    kept.map(({ rows }) => rows.exit),
  );
  return kept.map(({ sample: { side, win, grossReturn, signalTime, exitTime, weight }, outcome, rows, values }, k) => ({
    row: rows.signal,
    side: side === 'long' ? 1 : -1,
    values,
    isWin: win,
    outcome,
    grossReturn,
    start: signalTime,
    end: exitTime,
    weight: weight * (uniqueness[k] ?? Number.NaN),
  }));
}

interface Rows {
  readonly signal: number;
  readonly entry: number;
  readonly exit: number;
}

function rowsOf(runId: string, tape: Tape, { signalId, symbol, signalTime, entryTime, exitTime }: SignalSample): Rows {
  const rows = { signal: lastRow(tape, signalTime), entry: lastRow(tape, entryTime), exit: lastRow(tape, exitTime) };
  if (tape.closeTs[rows.signal] === signalTime && rows.signal < rows.entry && rows.entry <= rows.exit) return rows;
  throw new InputError(
    `run ${runId}: the sample of signal ${signalId} is of no candle of ${symbol} that the run read; run the backtest again`,
  );
}

/** The last row that closed at or before a time; −1 when none did. */
function lastRow({ closeTs, length }: Tape, time: number): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((closeTs[middle] ?? Infinity) <= time) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** A signal that two runs have seen would count twice, and its neighbours would not know of each other. */
function requireApart(runs: readonly SampledRun[]): void {
  const spans = runs.flatMap(({ runId, market }) =>
    market.datasetSymbols.map(({ symbol, first, last }) => ({ runId, symbol, first, last })),
  );
  for (const [k, span] of spans.entries()) {
    const other = spans.slice(0, k).find(({ symbol, first, last }) => symbol === span.symbol && span.first <= last && first <= span.last);
    if (other === undefined) continue;
    throw new InputError(
      `runs ${other.runId} and ${span.runId} both go over candles of ${span.symbol} of the same time: train from one of them, or from runs of other times`,
    );
  }
}
