import type { TrainedModel } from '@orrery/ml-train';
import { table } from '../terminal/table.ts';

const TOP = 10;

/** What a person wants to know of a training: folds beside their baselines, the whole, parity, the most useful inputs. */
export function trainSummary({ validation, parity, importances }: TrainedModel): string {
  const { folds, raw, calibrated, baseRate, singleFeatureAuc } = validation;
  const rows = folds.map(({ fold, from, trainRows, testRows, rounds, winRate, model, baseRate: base, singleFeature }) => [
    String(fold),
    new Date(from).toISOString().slice(0, 10),
    String(trainRows),
    String(testRows),
    String(rounds),
    digits(winRate, 3),
    digits(model.auc, 3),
    digits(model.brier, 4),
    digits(base.brier, 4),
    digits(singleFeature.auc, 3),
    singleFeature.name,
  ]);
  const head = ['fold', 'from', 'train', 'test', 'rounds', 'wins', 'AUC', 'Brier', 'base rate', 'one input', 'which'];
  const gains = importances.slice(0, TOP).filter(({ gain }) => gain > 0);
  return [
    table(head, rows, [0, 2, 3, 4, 5, 6, 7, 8, 9]),
    '',
    `all folds    AUC ${digits(raw.auc, 4)} (0.5 is a coin; best single input ${digits(singleFeatureAuc, 4)})`,
    `             Brier ${digits(raw.brier, 5)}, calibrated ${digits(calibrated.brier, 5)} (always the base rate: ${digits(baseRate.brier, 5)})`,
    `             log loss ${digits(raw.logLoss, 5)}, calibrated ${digits(calibrated.logLoss, 5)} (base rate: ${digits(baseRate.logLoss, 5)})`,
    ...verdict(validation),
    `parity       ${parity.differing} of ${parity.rows} margins differ (${parity.engines.join(', ')})`,
    '',
    table(
      ['input', 'gain'],
      gains.map(({ name, gain }) => [name, digits(gain, 2)]),
      [1],
    ),
  ].join('\n');
}

/** Says it in words where the figures say that nothing was learnt. */
function verdict({ raw, calibrated, baseRate, singleFeatureAuc }: TrainedModel['validation']): readonly string[] {
  const isUseless = !(raw.auc > 0.5) || !(calibrated.brier < baseRate.brier);
  if (isUseless) return ['note         no better than the base rate: this model has learnt nothing that holds outside of its training'];
  if (!(raw.auc > singleFeatureAuc)) return ['note         no better than its best single input'];
  return [];
}

function digits(value: number, count: number): string {
  return Number.isNaN(value) ? 'none' : value.toFixed(count);
}
