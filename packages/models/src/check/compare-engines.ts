import type { LoadedModel } from '../store/read-model.ts';
import { createRunner } from '../runner/create-runner.ts';
import type { CardParity } from '../card/card.ts';
import { sampleRows } from './sample-rows.ts';

/** Probabilities of an imported model may differ by this: the other engine takes its logistic function in single precision. */
export const TOLERANCE = 1e-6;

/**
 * Holds the walker against ONNX Runtime on made-up rows: margins to the bit for a model of ours, probabilities within
 * {@link TOLERANCE} for an imported one. Null where the walker cannot walk the model.
 * @throws InputError when ONNX Runtime does not load the model
 */
export async function compareEngines(model: LoadedModel, count = 2000): Promise<CardParity | null> {
  if (!isWalkable(model)) return null;
  const rows = sampleRows(model.decoded, count);
  const walker = await createRunner(model, 'walker');
  const runtime = await createRunner(model, 'onnxruntime');
  try {
    if (model.card.source === undefined) {
      const [a, b] = [new Float32Array(count), new Float32Array(count)];
      walker.margins(rows, count, a);
      runtime.margins(rows, count, b);
      return { rows: count, differing: a.filter((value, k) => !Object.is(value, b[k])).length, engines: ENGINES };
    }
    const [a, b] = [new Float64Array(count), new Float64Array(count)];
    walker.predict(rows, count, a);
    runtime.predict(rows, count, b);
    return { rows: count, differing: a.filter((value, k) => !(Math.abs(value - b[k]) <= TOLERANCE)).length, engines: ENGINES };
  } finally {
    runtime.close();
  }
}
const ENGINES: readonly string[] = ['walker', 'onnxruntime'];

/** Whether walking its trees gives the model's margin: an imported model has to put it through the logistic function itself. */
export function isWalkable({ card, decoded: { trees } }: LoadedModel): boolean {
  return trees.kind === 'trees' && (card.source === undefined ? trees.link === 'none' : trees.link === 'logistic');
}
