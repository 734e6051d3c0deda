import type { CardFold, ModelDraft } from '@orrery/models';
import type { BarrierSettings } from '../samples/barriers.ts';
import type { RunSampleCounts } from '../samples/run-samples.ts';
import type { SampleCounts } from '../samples/sample-set.ts';
import type { CrossValidation, FoldReport, Scores } from './cross-validate.ts';
import type { TrainSettings } from './settings.ts';

/** What a model was made from; goes into its card. */
export interface ModelOrigin {
  readonly name: string;
  readonly data: NonNullable<ModelDraft['data']>;
  readonly strategy: NonNullable<ModelDraft['strategy']>;
  /** How signals became samples. */
  readonly labels: NonNullable<ModelDraft['labels']>;
  /** Samples in all. */
  readonly rows: number;
  /** The runs whose virtual positions they are, where they come from runs. */
  readonly runs?: ModelDraft['runs'];
}

/** Labels of barriers, as a card holds them. */
export function barrierLabels(barriers: BarrierSettings, counts: SampleCounts): ModelOrigin['labels'] {
  return { method: 'triple barrier', ...barriers, ...counts };
}
/** Labels of virtual positions, as a card holds them. */
export function positionLabels(counts: RunSampleCounts): ModelOrigin['labels'] {
  return { method: 'virtual positions', ...counts };
}

/** What the card says besides the model itself. Nothing that another run of the same would say differently: no times, no threads. */
export function cardDraft(
  origin: ModelOrigin,
  settings: TrainSettings,
  validation: CrossValidation,
): Omit<ModelDraft, 'onnx' | 'inputs' | 'calibration' | 'versions'> {
  const { threads: _threads, seed, calibration: _calibration, ...training } = settings;
  return {
    name: origin.name,
    engine: 'walker',
    data: origin.data,
    strategy: origin.strategy,
    ...(origin.runs === undefined ? {} : { runs: origin.runs }),
    labels: origin.labels,
    training: { ...training, library: 'xgboost', objective: 'binary:logistic', finalRounds: validation.rounds },
    seed,
    rows: origin.rows,
    folds: validation.folds.map(cardFold),
    metrics: overallMetrics(validation),
  };
}

/** Figures over all folds; those that begin with `calibrated` by a calibration fitted on the other folds. */
export function overallMetrics({ raw, calibrated, baseRate, singleFeatureAuc }: CrossValidation): Readonly<Record<string, number | null>> {
  return {
    ...finite(raw),
    calibratedBrier: calibrated.brier,
    calibratedLogLoss: calibrated.logLoss,
    baseRateBrier: baseRate.brier,
    baseRateLogLoss: baseRate.logLoss,
    singleFeatureAuc: orNull(singleFeatureAuc),
  };
}

/** A fold as the card and `--json` hold it. */
export function cardFold(report: FoldReport): CardFold {
  const { fold, from, to, trainRows, testRows, rounds, winRate, model, baseRate, singleFeature } = report;
  return {
    fold,
    from,
    to,
    trainRows,
    testRows,
    metrics: { ...finite(model), rounds, winRate },
    baselines: { 'base rate': finite(baseRate), [`best single feature, ${singleFeature.name}`]: { auc: orNull(singleFeature.auc) } },
  };
}

function finite({ auc, brier, logLoss }: Scores): Readonly<Record<string, number | null>> {
  return { auc: orNull(auc), brier, logLoss };
}

/** JSON has no NaN. */
function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
