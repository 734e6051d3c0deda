/** How a model is trained and judged. */
export interface TrainSettings {
  /** Boosting rounds, at most. */
  readonly rounds: number;
  /** Rounds without a better validation loss after which training stops. */
  readonly patience: number;
  readonly maxDepth: number;
  /** XGBoost's eta: how much of each tree counts. */
  readonly learningRate: number;
  /** Least sum of second derivatives in a leaf. */
  readonly minChildWeight: number;
  /** Shares of rows and of columns that each tree sees. */
  readonly rowShare: number;
  readonly columnShare: number;
  /** L2 penalty on leaf values. */
  readonly l2: number;
  readonly seed: number;
  readonly threads: number;
  readonly folds: number;
  /** Candles behind a test part that are not trained on. */
  readonly embargo: number;
  /** Latest part of the training samples, for early stopping. */
  readonly validationShare: number;
  readonly calibration: 'none' | 'platt' | 'isotonic';
}

/** Cautious on purpose: labels are mostly noise, and shallow trees with strong shrinkage fit less of it. */
export const DEFAULT_TRAIN_SETTINGS: Omit<TrainSettings, 'threads'> = {
  rounds: 500,
  patience: 50,
  maxDepth: 4,
  learningRate: 0.03,
  minChildWeight: 10,
  rowShare: 0.8,
  columnShare: 0.8,
  l2: 1,
  seed: 1,
  folds: 5,
  embargo: 100,
  validationShare: 0.2,
  calibration: 'platt',
};

/** The settings as XGBoost's own parameters. The base score is always given, since versions differ in whether they fit it. */
export function boosterParameters(settings: TrainSettings, baseScore: number): Readonly<Record<string, string>> {
  return {
    objective: 'binary:logistic',
    eval_metric: 'logloss',
    booster: 'gbtree',
    tree_method: 'hist',
    base_score: String(Math.fround(baseScore)),
    max_depth: String(settings.maxDepth),
    eta: String(settings.learningRate),
    min_child_weight: String(settings.minChildWeight),
    subsample: String(settings.rowShare),
    colsample_bytree: String(settings.columnShare),
    lambda: String(settings.l2),
    seed: String(settings.seed),
    nthread: String(settings.threads),
    verbosity: '0',
  };
}
