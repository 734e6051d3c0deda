import { purged, type Spans } from './purge.ts';

/** Indices of samples, in order of time. */
export interface Fold {
  readonly test: Int32Array;
  /** All that may be trained on: purged of what touches the test. */
  readonly train: Int32Array;
  /** Later part of `train`, on which early stopping looks. */
  readonly validation: Int32Array;
  /** `train` before the validation, purged of what touches it. */
  readonly fit: Int32Array;
}

/**
 * Purged k-fold cross-validation with an embargo. Each test is a block in time; every sample is in exactly one of them.
 * @param count samples, sorted by start
 * @param validationShare part of the training samples, the latest, that early stopping looks at; 0 to 1
 */
export function purgedFolds(spans: Spans, count: number, folds: number, embargoMs: number, validationShare: number): readonly Fold[] {
  const all = Int32Array.from({ length: count }, (_, k) => k);
  return Array.from({ length: folds }, (_, fold) => {
    const test = all.slice(Math.floor((fold * count) / folds), Math.floor(((fold + 1) * count) / folds));
    const train = purged(spans, all, test, embargoMs);
    return { test, train, ...validationSplit(spans, train, embargoMs, validationShare) };
  });
}

/** The latest part of some samples for early stopping, and what before it may be fitted on. */
export function validationSplit(spans: Spans, train: Int32Array, embargoMs: number, share: number): Pick<Fold, 'validation' | 'fit'> {
  const cut = train.length - Math.floor(train.length * share);
  const validation = train.slice(cut);
  return { validation, fit: purged(spans, train.slice(0, cut), validation, embargoMs) };
}
