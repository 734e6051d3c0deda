import type { EngineName } from '../card/card.ts';
import { InputError } from '../input-error.ts';
import { withoutNodes } from '../onnx/proto.ts';
import { isZipMap } from '../tree/decode.ts';
import type { LoadedModel } from '../store/read-model.ts';
import type { ModelRunner } from './model-runner.ts';
import { OnnxRunner, type OnnxReading } from './onnx-runner.ts';
import { OnnxSession } from './onnx-session.ts';
import { WalkerRunner } from './walker-runner.ts';

/**
 * A runner for a model. Both engines give the same margins, to the bit, for the models that this project trains.
 * @param engine default: the one that its card names
 * @throws InputError when the model has no trees to walk, or ONNX Runtime does not load it
 * @throws Error when onnxruntime-node is wanted and not installed
 */
export async function createRunner(model: LoadedModel, engine: EngineName = model.card.engine): Promise<ModelRunner> {
  const { card, decoded, id } = model;
  if (engine === 'walker') {
    if (card.source !== undefined && decoded.trees.kind === 'trees' && decoded.trees.link !== 'logistic') {
      throw new InputError(`model ${id}: its sums are no margins, so they cannot be walked; use onnxruntime`);
    }
    if (decoded.trees.kind === 'opaque')
      throw new InputError(`model ${id}: holds no trees that can be walked (${decoded.trees.why}); use onnxruntime`);
    return new WalkerRunner(card, decoded.trees.ensemble, card.calibration);
  }
  const reading = readingOf(model);
  const session = await opened(model);
  return new OnnxRunner(card, session, reading, card.calibration);
}

function readingOf({ card, decoded, id }: LoadedModel): OnnxReading {
  const input = decoded.input.name;
  if (card.source !== undefined) return { input, output: card.source.output, kind: 'probability' };
  const [only] = decoded.outputs;
  if (only === undefined) throw new InputError(`model ${id}: its graph gives nothing; train or import it again`);
  return { input, output: only.name, kind: 'margin' };
}

/** The file as the Node binding of ONNX Runtime takes it: it knows no maps, so ZipMap nodes go. */
export function loadableBytes(onnx: Uint8Array, { hasZipMap }: LoadedModel['decoded']): Uint8Array {
  return hasZipMap ? withoutNodes(onnx, isZipMap) : onnx;
}

async function opened({ id, onnx, decoded }: LoadedModel): Promise<OnnxSession> {
  try {
    return await OnnxSession.open(loadableBytes(onnx, decoded));
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new InputError(`model ${id}: ${cause.message}; export it again for a version of ONNX that is known here`, { cause });
  }
}
