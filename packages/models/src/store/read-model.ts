import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ModelCard } from '../card/card.ts';
import { canonicalInputs, featureHash, sha256 } from '../card/inputs.ts';
import { cardSchema } from '../card/schema.ts';
import { InputError } from '../input-error.ts';
import { decodeTreeEnsemble, type DecodedModel } from '../tree/decode.ts';

/** A model as it lies in its folder, checked. */
export interface LoadedModel {
  /** Name of its folder: the card's name and twelve digits of the hash. */
  readonly id: string;
  /** Absolute path, or '' for a model that was never written. */
  readonly folder: string;
  readonly card: ModelCard;
  /** model.onnx. */
  readonly onnx: Uint8Array;
  readonly decoded: DecodedModel;
}

/** `<name>-<12 hex of the SHA-256 of model.onnx>`. */
export function modelId(name: string, hash: string): string {
  return `${name}-${hash.slice(0, 12)}`;
}

/**
 * Reads a model's folder and refuses whatever could give other predictions than those it was checked with.
 * @throws InputError in one line: the file, what is wrong with it, and the mend
 */
export async function readModel(folder: string): Promise<LoadedModel> {
  const absolute = path.resolve(folder);
  const card = await readCard(absolute);
  const file = path.join(absolute, 'model.onnx');
  const onnx = await readBytes(file);
  return checkedModel(card, onnx, absolute, file);
}

/**
 * The card alone, for lists.
 * @throws InputError as `readModel`
 */
export async function readCard(folder: string): Promise<ModelCard> {
  const file = path.join(folder, 'card.json');
  const bytes = await readBytes(file);
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new InputError(`${file}: is not JSON (${(cause as Error).message.replaceAll(/\s+/g, ' ')}); ${MEND}`, { cause });
  }
  const parsed = cardSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new InputError(`${file}: field ${issue?.path.join('.') || '(whole file)'}: ${issue?.message ?? 'has another shape'}; ${MEND}`);
}

/**
 * Holds card and file against each other.
 * @param file how a message names model.onnx
 * @throws InputError as `readModel`
 */
export function checkedModel(card: ModelCard, onnx: Uint8Array, folder: string, file: string): LoadedModel {
  const hash = sha256(onnx);
  if (hash !== card.hash) {
    throw new InputError(`${file}: its SHA-256 is ${hash.slice(0, 12)}…, the card says ${card.hash.slice(0, 12)}…; ${MEND}`);
  }
  checkInputs(card, file);
  const decoded = decodedModel(onnx, file);
  const { columns } = decoded.input;
  if (columns !== card.inputs.length) {
    throw new InputError(`${file}: takes ${columns} columns, the card names ${card.inputs.length} inputs; ${MEND}`);
  }
  if (decoded.columnNames !== null && decoded.columnNames.join('\n') !== card.inputs.join('\n')) {
    throw new InputError(`${file}: was written for other inputs than the card names; ${MEND}`);
  }
  if (card.engine === 'walker' && decoded.trees.kind === 'opaque') {
    throw new InputError(`${file}: holds no trees that can be walked (${decoded.trees.why}); ${MEND}`);
  }
  if (card.source === undefined && (decoded.trees.kind === 'opaque' || decoded.trees.link !== 'none')) {
    const why = decoded.trees.kind === 'opaque' ? decoded.trees.why : 'a transform of its sums';
    throw new InputError(`${file}: is no tree ensemble of ours (${why}), and its card tells of no import; ${MEND}`);
  }
  return { id: modelId(card.name, hash), folder, card, onnx, decoded };
}

const MEND = 'train or import the model again';

function checkInputs(card: ModelCard, file: string): void {
  const where = `${path.join(path.dirname(file), 'card.json')}: field inputs`;
  let canonical: readonly string[];
  try {
    canonical = canonicalInputs(card.inputs);
  } catch (cause) {
    throw new InputError(`${where}: ${(cause as Error).message}; ${MEND}`, { cause });
  }
  const other = canonical.findIndex((text, k) => text !== card.inputs[k]);
  if (other >= 0) throw new InputError(`${where}: ${card.inputs[other]} is not the canonical ${canonical[other]}; ${MEND}`);
  if (featureHash(card.inputs) !== card.featureHash) {
    throw new InputError(`${where}: their hash is not the card's featureHash: inputs or their order were changed; ${MEND}`);
  }
}

/** @throws InputError naming the file */
export function decodedModel(onnx: Uint8Array, file: string): DecodedModel {
  try {
    return decodeTreeEnsemble(onnx);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new InputError(`${file}: ${cause.message}; export it as a tree ensemble of ai.onnx.ml, version 1 to 5`, { cause });
  }
}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw new InputError(`${file}: is not there; name a model's folder, see orrery models list`, { cause });
    throw new InputError(`${file}: cannot be read (${code}); mend its permissions`, { cause });
  }
}
