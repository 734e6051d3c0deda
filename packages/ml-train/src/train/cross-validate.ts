import { InputError } from '@orrery/data';
import { probability, type Calibration } from '@orrery/models';
import { fitCalibration } from '../calibrate/fit-calibration.ts';
import { purgedFolds, type Fold } from '../folds/purged-folds.ts';
import { areaUnderCurve } from '../metrics/auc.ts';
import { brierScore, calibrationTable, logLoss, type CalibrationBin } from '../metrics/scores.ts';
import { bestSingleFeature, scoresOf } from '../metrics/single-feature.ts';
import type { SampleSet } from '../samples/sample-set.ts';
import type { BoosterProcess } from '../xgboost/booster-process.ts';
import { matrixOf, winRate } from './matrix.ts';
import { boosterParameters, type TrainSettings } from './settings.ts';

/** How good some probabilities are. AUC is NaN where one of the classes is absent. */
export interface Scores {
  readonly auc: number;
  readonly brier: number;
  readonly logLoss: number;
}
/** One fold, judged on samples that its model and its baselines did not see. */
export interface FoldReport {
  readonly fold: number;
  /** First and last decision of the test, ms UTC. */
  readonly from: number;
  readonly to: number;
  readonly trainRows: number;
  readonly testRows: number;
  /** Boosting rounds that were best on the validation part. */
  readonly rounds: number;
  readonly winRate: number;
  readonly model: Scores;
  /** Always says the training samples' win rate. */
  readonly baseRate: Scores;
  /** The one column that was best on the training samples, and how it does here. */
  readonly singleFeature: { readonly name: string; readonly auc: number };
}
/** All folds together. */
export interface CrossValidation {
  readonly folds: readonly FoldReport[];
  /** Margin of each sample by the model that did not see it. */
  readonly margins: Float32Array;
  /** Over all samples; the calibrated ones by a calibration that was fitted on the other folds. */
  readonly raw: Scores;
  readonly calibrated: Scores;
  readonly baseRate: Scores;
  /** Mean over the folds. */
  readonly singleFeatureAuc: number;
  readonly table: readonly CalibrationBin[];
  /** Median of the folds' rounds: what the final model is trained for. */
  readonly rounds: number;
}
export interface CrossValidateOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onRound?: ((done: number, total: number) => void) | undefined;
}

const NO_CALIBRATION: Calibration = { kind: 'none' };

/**
 * Purged k-fold cross-validation with early stopping inside the training part.
 * @param embargoMs length of the embargo, ms
 * @throws InputError when a fold is left with too few samples, or with one class
 */
export async function crossValidate(
  booster: BoosterProcess,
  samples: SampleSet,
  settings: TrainSettings,
  embargoMs: number,
  options: CrossValidateOptions = {},
): Promise<CrossValidation> {
  const folds = purgedFolds(samples, samples.count, settings.folds, embargoMs, settings.validationShare);
  for (const [k, fold] of folds.entries()) requireBothClasses(samples, fold, k);
  const margins = new Float32Array(samples.count);
  const base = new Float64Array(samples.count);
  const reports: FoldReport[] = [];
  for (const [k, fold] of folds.entries()) {
    const train = matrixOf(samples, fold.fit);
    const job = {
      type: 'train',
      parameters: boosterParameters(settings, winRate(train)),
      rounds: settings.rounds,
      train,
      validation: matrixOf(samples, fold.validation),
      patience: settings.patience,
      predict: [matrixOf(samples, fold.test)],
    } as const;
    const onRound = (round: number, rounds: number): void => options.onRound?.(k * rounds + round, folds.length * rounds);
    const result = await booster.train(job, { signal: options.signal, onRound });
    const [tested = new Float32Array(0)] = result.margins;
    const rate = winRate(matrixOf(samples, fold.train));
    for (const [n, row] of fold.test.entries()) {
      margins[row] = tested[n] ?? Number.NaN;
      base[row] = rate;
    }
    reports.push(reportOf(samples, fold, k, { margins: tested, rounds: result.rounds, rate }));
  }
  const raw = Float64Array.from(margins, (margin) => probability(margin, NO_CALIBRATION));
  const calibrated = crossCalibrated(samples, folds, margins, settings.calibration);
  const rounds = reports.map((report) => report.rounds).toSorted((a, b) => a - b);
  return {
    folds: reports,
    margins,
    raw: scores(samples.labels, raw),
    calibrated: scores(samples.labels, calibrated),
    baseRate: { ...scores(samples.labels, base), auc: 0.5 },
    singleFeatureAuc: reports.reduce((sum, { singleFeature }) => sum + singleFeature.auc, 0) / reports.length,
    table: calibrationTable(samples.labels, calibrated),
    rounds: rounds[rounds.length >> 1] ?? 1,
  };
}

/** Each fold's probabilities by a calibration of the other folds' margins. */
function crossCalibrated(
  samples: SampleSet,
  folds: readonly Fold[],
  margins: Float32Array,
  kind: TrainSettings['calibration'],
): Float64Array {
  const out = new Float64Array(samples.count);
  for (const fold of folds) {
    const tested = new Set(fold.test);
    const others = Int32Array.from({ length: samples.count }, (_, k) => k).filter((k) => !tested.has(k));
    const pick = (values: Float32Array): Float32Array => Float32Array.from(others, (k) => values[k] ?? Number.NaN);
    const calibration = fitCalibration(kind, pick(margins), pick(samples.labels));
    for (const k of fold.test) out[k] = probability(margins[k] ?? Number.NaN, calibration);
  }
  return out;
}

function reportOf(
  samples: SampleSet,
  { test, train }: Fold,
  fold: number,
  tested: { readonly margins: Float32Array; readonly rounds: number; readonly rate: number },
): FoldReport {
  const labels = Float32Array.from(test, (row) => samples.labels[row] ?? Number.NaN);
  const single = bestSingleFeature(samples, train);
  const name = samples.columns[single.column] ?? '';
  return {
    fold: fold + 1,
    from: samples.start[test[0] ?? 0] ?? Number.NaN,
    to: samples.start[test.at(-1) ?? 0] ?? Number.NaN,
    trainRows: train.length,
    testRows: test.length,
    rounds: tested.rounds,
    winRate: labels.reduce((sum, label) => sum + label, 0) / labels.length,
    model: scores(
      labels,
      Float64Array.from(tested.margins, (margin) => probability(margin, NO_CALIBRATION)),
    ),
    baseRate: { ...scores(labels, new Float64Array(labels.length).fill(tested.rate)), auc: 0.5 },
    singleFeature: { name: single.isSided ? `${name} · side` : name, auc: areaUnderCurve(labels, scoresOf(samples, test, single)) },
  };
}

function scores(labels: Float32Array, probabilities: Float64Array): Scores {
  return { auc: areaUnderCurve(labels, probabilities), brier: brierScore(labels, probabilities), logLoss: logLoss(labels, probabilities) };
}

function requireBothClasses(samples: SampleSet, fold: Fold, k: number): void {
  for (const [what, rows] of [
    ['training', fold.fit],
    ['validation', fold.validation],
  ] as const) {
    const wins = rows.reduce((sum, row) => sum + (samples.labels[row] ?? 0), 0);
    if (wins > 0 && wins < rows.length) continue;
    throw new InputError(
      `fold ${k + 1} of ${samples.count} samples: its ${what} part has ${rows.length} samples and ${wins} wins, and needs both wins and losses; ` +
        'give more data or symbols, fewer --folds, a shorter --embargo, or barriers at other distances',
    );
  }
}
