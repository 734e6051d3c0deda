import { Booster, Matrix } from './booster.ts';
import type { XgboostLibrary } from './c-api.ts';
import type { FeatureMatrix, Job, ScoreJob, ScoreResult, TrainJob, TrainResult } from './messages.ts';

/** Does one job from beginning to end; everything that it makes in the library is freed, whatever happens. */
export function runJob(library: XgboostLibrary, job: Job, onRound: (round: number) => void): TrainResult | ScoreResult {
  switch (job.type) {
    case 'train':
      return train(library, job, onRound);
    case 'score':
      return score(library, job);
    default:
      throw new TypeError(`unknown job ${String(job satisfies never)}`);
  }
}

function train(library: XgboostLibrary, job: TrainJob, onRound: (round: number) => void): TrainResult {
  const threads = Number(job.parameters['nthread'] ?? 1);
  const matrix = new Matrix(library, job.train, threads);
  const validation = job.validation === null ? null : new Matrix(library, job.validation, threads);
  const matrices = validation === null ? [matrix] : [matrix, validation];
  const booster = new Booster(library, matrices, job.parameters);
  try {
    // Before the first round all rows have the margin that the sum of leaves starts from.
    const [baseMargin = Number.NaN] = booster.margins(matrix, 0);
    const history: number[] = [];
    let best = 0;
    let rounds = 0;
    for (let round = 0; round < job.rounds; round++) {
      booster.update(round, matrix);
      rounds = round + 1;
      onRound(rounds);
      if (validation === null) continue;
      history.push(booster.evaluate(round, validation));
      if ((history[round] ?? 0) < (history[best] ?? 0)) best = round;
      if (round - best >= job.patience) break;
    }
    const kept = validation === null ? rounds : best + 1;
    return {
      type: 'trained',
      rounds: kept,
      baseMargin,
      history: Float64Array.from(history),
      model: booster.save(),
      gain: booster.gain(job.train.columns),
      margins: marginsOf(library, booster, job.predict, kept, threads),
    };
  } finally {
    booster.free();
    for (const one of matrices) one.free();
  }
}

function score(library: XgboostLibrary, job: ScoreJob): ScoreResult {
  const booster = new Booster(library, [], { nthread: String(job.threads) });
  try {
    booster.load(job.model);
    return { type: 'scored', margins: marginsOf(library, booster, job.predict, 0, job.threads) };
  } finally {
    booster.free();
  }
}

function marginsOf(
  library: XgboostLibrary,
  booster: Booster,
  wanted: readonly FeatureMatrix[],
  rounds: number,
  threads: number,
): readonly Float32Array[] {
  return wanted.map((rows) => {
    const matrix = new Matrix(library, rows, threads);
    try {
      return booster.margins(matrix, rounds);
    } finally {
      matrix.free();
    }
  });
}
