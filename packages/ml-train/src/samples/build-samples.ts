import { atr, canonicalText, createColumnGraph, parseFeature, type Interval, type Tape } from '@orrery/core';
import { InputError, type Market } from '@orrery/data';
import { SIDE } from '@orrery/models';
import { labelSignal, type BarrierSettings, type Label, type Outcome } from './barriers.ts';
import type { SignalMoment } from './collect-signals.ts';
import type { SampleCounts, SampleSet } from './sample-set.ts';
import { averageUniqueness } from './uniqueness.ts';

/** A labelled signal before all are put in order. */
interface Sample {
  readonly signal: SignalMoment;
  readonly label: Label;
  readonly values: Float32Array;
  readonly start: number;
  readonly end: number;
  readonly uniqueness: number;
}
type Tally = { -readonly [K in keyof SampleCounts]: number };

/**
 * Canonical column texts; `side` stays as it is.
 * @throws InputError for a text that is no feature, one given twice, or none at all
 */
export function featureColumns(texts: readonly string[]): readonly string[] {
  const columns = texts.map((text) => {
    if (text.trim() === SIDE) return SIDE;
    try {
      return canonicalText(parseFeature(text));
    } catch (error) {
      throw new InputError(`--feature '${text}': ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  });
  const twice = columns.find((text, k) => columns.indexOf(text) < k);
  if (twice !== undefined) throw new InputError(`--feature '${twice}' was given twice: give it once`);
  if (columns.length === 0) throw new InputError("--feature is missing: name at least one, e.g. --feature 'rsi(close,14)'");
  return columns;
}

/**
 * Turns signals into samples: features as of the decision, a label from what came after it, and a weight by how much of its span it
 * shares with others of its symbol. Signals whose label the data does not decide, and
 * those of the warm-up, are dropped and counted.
 * @param columns as {@link featureColumns} gives them
 * @throws InputError for a feature that does not fit the interval, or whose value no float32 can hold
 */
export function buildSamples(
  market: Pick<Market, 'tapes' | 'datasetSymbols'>,
  interval: Interval,
  signals: readonly SignalMoment[],
  columns: readonly string[],
  barriers: BarrierSettings,
): { readonly samples: SampleSet; readonly counts: SampleCounts } {
  const counts: Tally = { signals: 0, samples: 0, wins: 0, takeProfit: 0, stopLoss: 0, time: 0, unfinished: 0, warmingUp: 0 };
  const byInstrument = market.tapes.map((): SignalMoment[] => []);
  for (const signal of signals) byInstrument[signal.instrument]?.push(signal);
  const found = market.tapes.flatMap((tape, id) => {
    const own = byInstrument[id] ?? [];
    const symbol = market.datasetSymbols[id]?.symbol ?? String(id);
    return samplesOf(tape, symbol, interval, own, columns, barriers, counts);
  });
  found.sort((a, b) => a.start - b.start || a.signal.instrument - b.signal.instrument);
  const mean = found.reduce((sum, { uniqueness }) => sum + uniqueness, 0) / found.length;
  const features = new Float32Array(found.length * columns.length);
  for (const [k, { values }] of found.entries()) features.set(values, k * columns.length);
  const samples: SampleSet = {
    count: found.length,
    columns,
    features,
    labels: Float32Array.from(found, ({ label }) => (label.isWin ? 1 : 0)),
    weights: Float32Array.from(found, ({ uniqueness }) => uniqueness / mean),
    start: Float64Array.from(found, ({ start }) => start),
    end: Float64Array.from(found, ({ end }) => end),
    instrument: Uint16Array.from(found, ({ signal }) => signal.instrument),
    row: Uint32Array.from(found, ({ signal }) => signal.row),
    side: Int8Array.from(found, ({ signal }) => signal.side),
    outcome: found.map(({ label }) => label.outcome),
    grossReturn: Float64Array.from(found, ({ label }) => label.grossReturn),
  };
  return { samples, counts };
}

const TALLY_OF = { 'take-profit': 'takeProfit', 'stop-loss': 'stopLoss', time: 'time' } as const satisfies Record<
  Outcome,
  keyof SampleCounts
>;

function samplesOf(
  tape: Tape,
  symbol: string,
  interval: Interval,
  signals: readonly SignalMoment[],
  columns: readonly string[],
  barriers: BarrierSettings,
  counts: Tally,
): readonly Sample[] {
  const { read, range } = featuresOf(tape, symbol, interval, columns, barriers);
  counts.signals += signals.length;
  const labelled: { readonly signal: SignalMoment; readonly label: Label; readonly values: Float32Array }[] = [];
  for (const signal of signals) {
    const unit = barriers.unit === 'atr' ? (range[signal.row] ?? Number.NaN) : null;
    const values = read(signal);
    // A filter refuses a signal that lacks an input, so its model is never asked about one.
    if ((unit !== null && !(unit > 0)) || values.some(Number.isNaN)) {
      counts.warmingUp += 1;
      continue;
    }
    const label = labelSignal(tape, signal.row, signal.side, unit, barriers);
    if (label === null) {
      counts.unfinished += 1;
      continue;
    }
    counts.samples += 1;
    counts.wins += Number(label.isWin);
    counts[TALLY_OF[label.outcome]] += 1;
    labelled.push({ signal, label, values });
  }
  const uniqueness = averageUniqueness(
    labelled.map(({ label }) => label.entryRow),
    labelled.map(({ label }) => label.endRow),
  );
  return labelled.map(({ signal, label, values }, k) => ({
    signal,
    label,
    values,
    start: tape.closeTs[signal.row] ?? Number.NaN,
    end: tape.closeTs[label.endRow] ?? Number.NaN,
    uniqueness: uniqueness[k] ?? Number.NaN,
  }));
}

/** The columns by the kernels that a backtest reads, rounded to the float32 that models take. */
function featuresOf(
  tape: Tape,
  symbol: string,
  interval: Interval,
  columns: readonly string[],
  barriers: BarrierSettings,
): { readonly read: (signal: SignalMoment) => Float32Array; readonly range: Float64Array } {
  const texts = columns.filter((text) => text !== SIDE);
  const specs = [...texts.map(parseFeature), atr(barriers.atrLength)];
  let graph;
  try {
    graph = createColumnGraph(tape, specs);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new InputError(`--feature at interval ${interval}: ${error.message}`, { cause: error });
  }
  graph.advance(0, tape.length);
  const byText = new Map(texts.map((text, k) => [text, graph.columns[k]]));
  const read = (signal: SignalMoment): Float32Array =>
    Float32Array.from(columns, (text) => {
      const value = text === SIDE ? signal.side : (byText.get(text)?.[signal.row] ?? Number.NaN);
      if (Math.abs(Math.fround(value)) !== Infinity) return value;
      throw new InputError(`--feature '${text}': is ${value} for ${symbol} at row ${signal.row}, more than a float32 holds; scale it`);
    });
  return { read, range: graph.columns[texts.length] ?? new Float64Array(0) };
}
