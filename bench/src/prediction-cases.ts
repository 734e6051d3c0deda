import process from 'node:process';
import { findLibrary, openScorer, requireLibrary } from '@orrery/ml-train';
import { createRunner, encodeTreeEnsemble, modelOf, type ModelRunner, type TreeEnsemble } from '@orrery/models';
import { boosterModel } from './booster-model.ts';
import { measure, type Measured } from './measure.ts';
import { uniform } from './random.ts';

/** What predicts. Another engine joins with a line in {@link RUNNERS}. */
export const PREDICTION_ENGINES = ['walker', 'onnxruntime', 'libxgboost'] as const;
export type PredictionEngine = (typeof PREDICTION_ENGINES)[number];
export const BATCHES: readonly number[] = [1, 32, 1000];

const INPUTS = 40;
const TREES = 300;
const DEPTH = 6;
const INPUT_NAMES: readonly string[] = Array.from({ length: INPUTS }, (_, k) => `lag(close,${k})`);

/** Margins of `rows` made-up rows in batches; their sum is the result, so that each engine and batch has to come to the same. */
export async function predictionCase(
  engine: PredictionEngine,
  batch: number,
  rows: number,
  repetitions: number,
): Promise<Measured<unknown>> {
  const ensemble = madeUpTrees();
  const runner = await RUNNERS[engine](ensemble);
  const data = madeUpRows(rows);
  const out = new Float32Array(rows);
  const predictAll = (): unknown => {
    for (let from = 0; from < rows; from += batch) {
      const count = Math.min(batch, rows - from);
      runner.margins(data.subarray(from * INPUTS, (from + count) * INPUTS), count, out.subarray(from, from + count));
    }
    return { trees: TREES, sum: out.reduce((sum, margin) => sum + margin, 0) };
  };
  try {
    return await measure(repetitions, predictAll);
  } finally {
    runner.close();
  }
}

const RUNNERS: Readonly<Record<PredictionEngine, (ensemble: TreeEnsemble) => Promise<Pick<ModelRunner, 'margins' | 'close'>>>> = {
  walker: (ensemble) => modelRunner(ensemble, 'walker'),
  onnxruntime: (ensemble) => modelRunner(ensemble, 'onnxruntime'),
  libxgboost: (ensemble) => Promise.resolve(openScorer(requireLibrary(process.env), boosterModel(ensemble), INPUTS, Math.max(...BATCHES))),
};

/** Why an engine cannot be measured here, or null. */
export function absenceOf(engine: PredictionEngine): string | null {
  return engine === 'libxgboost' && findLibrary(process.env) === null ? "XGBoost's library is not installed" : null;
}

function modelRunner(ensemble: TreeEnsemble, engine: 'walker' | 'onnxruntime'): Promise<ModelRunner> {
  const onnx = encodeTreeEnsemble(ensemble, { inputs: INPUT_NAMES, producer: 'bench' });
  return createRunner(modelOf({ name: 'bench', engine, inputs: INPUT_NAMES, calibration: { kind: 'none' }, versions: {}, onnx }), engine);
}

/** Full trees behind a base score: as many and as deep as a boosted model's. */
function madeUpTrees(): TreeEnsemble {
  const random = uniform(7);
  const inner = 2 ** DEPTH - 1;
  const each = 2 * inner + 1;
  const nodes = 1 + TREES * each;
  const ensemble: TreeEnsemble = {
    inputs: INPUTS,
    roots: Int32Array.from({ length: TREES + 1 }, (_, tree) => (tree === 0 ? 0 : 1 + (tree - 1) * each)),
    feature: new Int32Array(nodes).fill(-1),
    threshold: new Float32Array(nodes),
    yes: new Int32Array(nodes),
    no: new Int32Array(nodes),
    missingYes: new Uint8Array(nodes),
    leaf: Float32Array.from({ length: nodes }, () => (random() - 0.5) / 10),
  };
  for (const root of ensemble.roots.subarray(1)) {
    for (let k = 0; k < inner; k++) {
      const node = root + k;
      ensemble.feature[node] = Math.floor(random() * INPUTS);
      ensemble.threshold[node] = random() * 2 - 1;
      ensemble.missingYes[node] = random() < 0.5 ? 1 : 0;
      ensemble.yes[node] = root + 2 * k + 1;
      ensemble.no[node] = root + 2 * k + 2;
    }
  }
  return ensemble;
}

/** One value in twenty is missing. */
function madeUpRows(rows: number): Float32Array {
  const random = uniform(11);
  return Float32Array.from({ length: rows * INPUTS }, () => (random() < 0.05 ? NaN : random() * 2 - 1));
}
