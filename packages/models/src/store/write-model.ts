import { existsSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { ModelCard } from '../card/card.ts';
import { canonicalInputs, featureHash, sha256 } from '../card/inputs.ts';
import { cardSchema, NAME } from '../card/schema.ts';
import { InputError, shown } from '../input-error.ts';
import { checkedModel, modelId, type LoadedModel } from './read-model.ts';

/** A model before it has an id: the card without what follows from the rest, and the file. */
export interface ModelDraft extends Omit<ModelCard, 'schema' | 'hash' | 'featureHash' | 'outputs'> {
  /** Bytes of model.onnx. */
  readonly onnx: Uint8Array;
}

const WRITING = '.writing-';

/**
 * The draft as a model that can be served, without writing it.
 * @throws InputError for an impossible name, input or file
 */
export function modelOf(draft: ModelDraft): LoadedModel {
  const { onnx, ...rest } = draft;
  if (!NAME.test(draft.name))
    throw new InputError(`model name ${shown(draft.name)}: take a-z, 0-9, ".", "_" and "-", at most 60, such as ema-filter`);
  const where = `model ${draft.name}`;
  let inputs: readonly string[];
  try {
    inputs = canonicalInputs(draft.inputs);
  } catch (cause) {
    throw new InputError(`${where}: ${(cause as Error).message}`, { cause });
  }
  const card = cardSchema.safeParse({
    schema: 'orrery.model/1',
    ...rest,
    inputs,
    hash: sha256(onnx),
    featureHash: featureHash(inputs),
    outputs: ['probability'],
  });
  if (!card.success) {
    const [issue] = card.error.issues;
    throw new InputError(`${where}: card field ${issue?.path.join('.')}: ${issue?.message}`);
  }
  return checkedModel(card.data, onnx, '', where);
}

/**
 * Writes a model under the root: whole, or not at all. A model that is there already with the same card stays as it is.
 * @returns its id, which is the name of its folder
 * @throws InputError for a draft that cannot be, or when another card stands beside the same file
 */
export async function writeModel(root: string, draft: ModelDraft): Promise<string> {
  const { card, onnx } = modelOf(draft);
  const id = modelId(card.name, card.hash);
  const folder = path.join(path.resolve(root), id);
  const text = `${JSON.stringify(card, null, 2)}\n`;
  if (existsSync(folder)) {
    await checkSame(folder, text);
    return id;
  }
  await mkdir(root, { recursive: true });
  await removeLeftovers(root);
  const temporary = path.join(root, `${WRITING}${process.pid}-${id}`);
  await rm(temporary, { recursive: true, force: true });
  await mkdir(temporary);
  try {
    await writeDurably(path.join(temporary, 'model.onnx'), onnx);
    await writeDurably(path.join(temporary, 'card.json'), new TextEncoder().encode(text));
    await rename(temporary, folder);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    // Another process may have been faster with the same model.
    if (!existsSync(folder)) throw error;
    await checkSame(folder, text);
  }
  await syncFolder(path.resolve(root));
  return id;
}

async function checkSame(folder: string, text: string): Promise<void> {
  const stored = await readFile(path.join(folder, 'card.json'), 'utf8').catch(() => '');
  if (stored === text) return;
  throw new InputError(`${folder}: holds the same model.onnx with another card; give the model another name, or move the folder away`);
}

async function writeDurably(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, 'wx');
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  // Windows opens no folders; there the rename is durable by itself.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Deletes what processes that were killed left half written. */
async function removeLeftovers(root: string): Promise<void> {
  for (const name of await readdir(root)) {
    const pid = /^\.writing-(\d+)-/.exec(name)?.[1];
    if (pid !== undefined && Number(pid) !== process.pid && !isAlive(Number(pid))) {
      await rm(path.join(root, name), { recursive: true, force: true });
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
