import { atr, canonicalText, parseFeature, type Interval, type Tape } from '@orrery/core';
import { InputError, type Market } from '@orrery/data';
import { SIDE } from '@orrery/models';
import { sampleSetOf, type LabelledSignal } from './assemble.ts';
import { labelSignal, type BarrierSettings, type Label, type Outcome } from './barriers.ts';
import type { SignalMoment } from './collect-signals.ts';
import { featureReader } from './feature-reader.ts';
import type { SampleCounts, SampleSet } from './sample-set.ts';
import { averageUniqueness } from './uniqueness.ts';

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
  return { samples: sampleSetOf(found, columns), counts };
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
): readonly LabelledSignal[] {
  const { read, beside } = featureReader(tape, symbol, interval, columns, [atr(barriers.atrLength)]);
  const [range] = beside;
  counts.signals += signals.length;
  const labelled: { readonly signal: SignalMoment; readonly label: Label; readonly values: Float32Array }[] = [];
  for (const signal of signals) {
    const unit = barriers.unit === 'atr' ? (range?.[signal.row] ?? Number.NaN) : null;
    const values = read(signal.row, signal.side);
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
  return labelled.map(({ signal, label: { isWin, outcome, grossReturn, endRow }, values }, k) => ({
    ...signal,
    values,
    isWin,
    outcome,
    grossReturn,
    start: tape.closeTs[signal.row] ?? Number.NaN,
    end: tape.closeTs[endRow] ?? Number.NaN,
    weight: uniqueness[k] ?? Number.NaN,
  }));
}
