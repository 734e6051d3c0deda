import { readdir } from 'node:fs/promises';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import type { ModelCard } from '../card/card.ts';
import { InputError } from '../input-error.ts';
import { modelId, readCard } from './read-model.ts';

/** A model of a list: its card has been read, its file has not. */
export interface ListedModel {
  readonly id: string;
  readonly folder: string;
  readonly card: ModelCard;
}
/** Models by id, and one line for each folder that holds none. */
export interface ListedModels {
  readonly models: readonly ListedModel[];
  readonly broken: readonly string[];
}

/** The models under a root; none where the root is not there. */
export async function listModels(root: string): Promise<ListedModels> {
  const models: ListedModel[] = [];
  const broken: string[] = [];
  for (const id of await idsOf(root)) {
    const folder = path.join(path.resolve(root), id);
    try {
      const card = await readCard(folder);
      if (modelId(card.name, card.hash) !== id)
        throw new InputError(`${folder}: holds model ${modelId(card.name, card.hash)}; rename the folder to that`);
      models.push({ id, folder, card });
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      broken.push(error.message);
    }
  }
  return { models, broken };
}

/**
 * The folder that a text means: a path of a model's folder, or an id under the root, or enough of its start.
 * @throws InputError when none or several fit
 */
export async function findModel(root: string, text: string): Promise<string> {
  if (existsSync(path.join(text, 'card.json'))) return path.resolve(text);
  if (text.includes('/') || text.includes(path.sep))
    throw new InputError(`model ${text}: no folder with a card.json in it; see orrery models list`);
  const ids = await idsOf(root);
  const matches = ids.includes(text) ? [text] : ids.filter((id) => id.startsWith(text));
  const [id] = matches;
  if (id === undefined) throw new InputError(`model ${text}: none under ${path.resolve(root)} has that id; see orrery models list`);
  if (matches.length > 1)
    throw new InputError(`model ${text}: fits ${matches.length} models (${matches.slice(0, 5).join(', ')}): give more of the id`);
  return path.join(path.resolve(root), id);
}

async function idsOf(root: string): Promise<readonly string[]> {
  if (statSync(root, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  const entries = await readdir(root, { withFileTypes: true });
  // A name with a leading dot is a model that is still being written.
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .toSorted();
}
