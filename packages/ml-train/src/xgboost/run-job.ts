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
  const made: { free: () => void }[] = [];
  const kept = <T extends { free: () => void }>(one: T): T => {
    made.unshift(one);
    return one;
  };
  try {
    const matrix = kept(new Matrix(library, job.train, threads));
    const validation = job.validation === null ? null : kept(new Matrix(library, job.validation, threads));
    const booster = kept(new Booster(library, validation === null ? [matrix] : [matrix, validation], job.parameters));
    // Before the first round all rows have the margin that the sum of leaves starts from.
    const [baseMargin = Number.NaN] = booster.margins(matrix, 0);
    const { rounds, history } = boost(booster, matrix, validation, job, onRound);
    return {
      type: 'trained',
      rounds,
      baseMargin,
      history: Float64Array.from(history),
      model: booster.save(),
      gain: booster.gain(job.train.columns),
      margins: marginsOf(library, booster, job.predict, rounds, threads),
    };
  } finally {
    for (const one of made) one.free();
  }
}

/** Round after round, up to the last one or until the validation loss has stopped falling. Returns the best round, counted from 1. */
function boost(
  booster: Booster,
  matrix: Matrix,
  validation: Matrix | null,
  job: TrainJob,
  onRound: (round: number) => void,
): { readonly rounds: number; readonly history: readonly number[] } {
  const history: number[] = [];
  let best = 0;
  for (let round = 0; round < job.rounds; round++) {
    booster.update(round, matrix);
    onRound(round + 1);
    if (validation === null) continue;
    history.push(booster.evaluate(round, validation));
    if ((history[round] ?? 0) < (history[best] ?? 0)) best = round;
    if (round - best >= job.patience) break;
  }
  return { rounds: validation === null ? job.rounds : best + 1, history };
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
