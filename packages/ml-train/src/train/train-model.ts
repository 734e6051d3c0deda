import { createHash } from 'node:crypto';
import { INTERVAL_MS, type Interval } from '@orrery/core';
import { InputError } from '@orrery/data';
import { encodeTreeEnsemble, type CardParity, type ModelDraft } from '@orrery/models';
import { fitCalibration } from '../calibrate/fit-calibration.ts';
import { readBooster } from '../export/booster-json.ts';
import { parityRows } from '../export/parity-rows.ts';
import { proveModel } from '../export/prove-model.ts';
import { treeEnsembleOf } from '../export/tree-ensemble.ts';
import type { SampleSet } from '../samples/sample-set.ts';
import type { BoosterProcess } from '../xgboost/booster-process.ts';
import { versionText } from '../xgboost/version-gate.ts';
import { cardDraft, type ModelOrigin } from './card-draft.ts';
import { crossValidate, type CrossValidation } from './cross-validate.ts';
import { matrixOf, winRate } from './matrix.ts';
import { boosterParameters, type TrainSettings } from './settings.ts';

/** Steps of a training, in their order. */
export type Stage = 'validating' | 'training' | 'proving';
export interface TrainOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((stage: Stage, done: number, total: number) => void) | undefined;
}
/** A model that has been proven to compute what XGBoost does, and what is known about it. */
export interface TrainedModel {
  readonly draft: ModelDraft;
  readonly validation: CrossValidation;
  readonly parity: CardParity;
  /** Columns by their mean gain, the most useful first. */
  readonly importances: readonly { readonly name: string; readonly gain: number }[];
}

/** Fewer samples a fold than this say nothing. */
const LEAST_PER_FOLD = 40;

/**
 * Judges by purged cross-validation, trains on all samples for the rounds that were found, calibrates on out-of-fold margins, exports and
 * proves the export. Nothing is written.
 * @throws InputError for samples that are too few or all of one kind; ParityError when the export computes something else
 */
export async function trainModel(
  booster: BoosterProcess,
  samples: SampleSet,
  interval: Interval,
  origin: ModelOrigin,
  settings: TrainSettings,
  options: TrainOptions = {},
): Promise<TrainedModel> {
  requireEnough(samples, settings.folds, origin.runs !== undefined);
  const { signal, onProgress } = options;
  const validation = await crossValidate(booster, samples, settings, settings.embargo * INTERVAL_MS[interval], {
    signal,
    onRound: (done, total) => onProgress?.('validating', done, total),
  });
  const all = matrixOf(
    samples,
    Int32Array.from({ length: samples.count }, (_, k) => k),
  );
  const final = await booster.train(
    {
      type: 'train',
      parameters: boosterParameters(settings, winRate(all)),
      rounds: validation.rounds,
      train: all,
      validation: null,
      patience: settings.patience,
      predict: [],
    },
    { signal, onRound: (done, total) => onProgress?.('training', done, total) },
  );
  onProgress?.('proving', 0, 1);
  const ensemble = treeEnsembleOf(readBooster(final.model), final.baseMargin, final.rounds);
  const rows = parityRows(all, ensemble, settings.seed);
  const scored = await booster.score({ type: 'score', model: final.model, threads: settings.threads, predict: [rows] }, { signal });
  const version = versionText(booster.version);
  const card = {
    ...cardDraft(origin, settings, validation),
    inputs: samples.columns,
    calibration: fitCalibration(settings.calibration, validation.margins, samples.labels),
    versions: { xgboost: version },
  };
  // Two trainings can end in the same trees and differ in calibration or data: their files then differ by this.
  const producer = `orrery ${createHash('sha256').update(JSON.stringify(card)).digest('hex').slice(0, 16)}`;
  const unproven: ModelDraft = { ...card, onnx: encodeTreeEnsemble(ensemble, { inputs: samples.columns, producer }) };
  const reference = { engine: `libxgboost ${version}`, margins: scored.margins[0] ?? new Float32Array(0) };
  const parity = await proveModel(unproven, rows, reference);
  onProgress?.('proving', 1, 1);
  signal?.throwIfAborted();
  return { draft: { ...unproven, parity }, validation, parity, importances: importancesOf(samples.columns, final.gain) };
}

function importancesOf(columns: readonly string[], gain: Float64Array): TrainedModel['importances'] {
  return columns.map((name, k) => ({ name, gain: gain[k] ?? 0 })).toSorted((a, b) => b.gain - a.gain || (a.name < b.name ? -1 : 1));
}

function requireEnough(samples: SampleSet, folds: number, isOfRuns: boolean): void {
  const wins = samples.labels.reduce((sum, label) => sum + label, 0);
  const { count } = samples;
  if (count < LEAST_PER_FOLD * folds) {
    throw new InputError(
      `${count} labelled samples are too few for ${folds} folds, which need ${LEAST_PER_FOLD * folds}; ${isOfRuns ? 'name more runs, or one over more symbols or candles' : 'give more symbols or a longer --from/--to'}, or fewer --folds`,
    );
  }
  if (wins === 0 || wins === count) {
    throw new InputError(
      `all ${count} samples are ${wins === 0 ? 'losses' : 'wins'}, so there is nothing to tell apart; ${isOfRuns ? 'name runs over other candles' : 'change --take-profit, --stop-loss or --max-candles'}`,
    );
  }
}
