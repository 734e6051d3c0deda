import { missingModels, servedBy, type PredictionSourceOf, type TrainedOn } from '@orrery/backtest';
import type { ModelReference, StrategyDefinition } from '@orrery/core';
import { createRunner, findModel, readModel, type LoadedModel, type ModelRunner } from '@orrery/models';
import { InputError } from '../input-error.ts';
import type { VerbContext } from '../verb.ts';

/** The models that a strategy was given, and their answers. */
export interface ChosenModels {
  readonly references: readonly ModelReference[];
  /** What they have learnt from, as far as their cards say. */
  readonly trainedOn: readonly TrainedOn[];
  /** Undefined for a strategy that reads none. */
  readonly predictions: PredictionSourceOf | undefined;
  /** One sentence for each model that the strategy does without. */
  readonly missing: readonly string[];
}

/**
 * The models that `--model` names: `DIR|ID` for a strategy that reads one, `name=DIR|ID` for each of several. Those that the strategy
 * can do without may be left out.
 * @param root folder that ids are looked for in
 * @param batchRows most requests that a model is handed at once
 * @throws InputError when one is missing, too many, or cannot be read
 */
export async function chooseModels(
  strategy: StrategyDefinition,
  given: readonly string[],
  root: string,
  batchRows: number = Infinity,
): Promise<ChosenModels> {
  const known = knownModels(strategy);
  const texts = new Map<string, string>();
  for (const text of given) {
    const [name, place] = namedModel(text, strategy);
    if (texts.has(name)) throw new InputError(`--model ${name} was given twice: give it once`);
    texts.set(name, place);
  }
  const loaded: (readonly [string, LoadedModel])[] = [];
  for (const name of known) {
    const text = texts.get(name);
    if (text === undefined && !strategy.models.includes(name)) continue;
    const form = known.length === 1 ? '--model DIR|ID' : `--model ${name}=DIR|ID`;
    if (text === undefined)
      throw new InputError(`strategy ${strategy.id} needs a model "${name}": give it with ${form}; see orrery models list`);
    loaded.push([name, await readModel(await findModel(root, text))]);
  }
  return {
    references: loaded.map(([name, model]) => referenceOf(name, model)),
    trainedOn: loaded.flatMap(([, { id, card }]) =>
      card.data === undefined ? [] : [{ model: id, from: card.data.from, to: card.data.to }],
    ),
    predictions:
      loaded.length === 0
        ? undefined
        : await served(
            loaded.map(([, model]) => model),
            batchRows,
          ),
    missing: missingModels(
      strategy,
      loaded.map(([name]) => name),
    ),
  };
}

/** Says loudly, before a run, what its strategy has to do without. */
export function tellMissing(missing: readonly string[], context: VerbContext): void {
  for (const text of missing) context.log(`WARNING: ${text}`);
}

/**
 * The models of a stored run, held to their hashes.
 * @param given folders or ids from `--model`; others are looked for by id under the root
 * @throws InputError when one is missing or is another
 */
export async function storedModels(
  references: readonly ModelReference[],
  given: readonly string[],
  root: string,
  batchRows: number = Infinity,
): Promise<PredictionSourceOf> {
  const candidates: LoadedModel[] = [];
  for (const text of given) candidates.push(await readModel(await findModel(root, text.replace(/^[\w-]+=/, ''))));
  const models: LoadedModel[] = [];
  for (const { id, hash } of references) {
    const model = candidates.find(({ card }) => card.hash === hash) ?? (await readModel(await findModel(root, id)));
    if (model.card.hash !== hash)
      throw new InputError(`model ${id}: is not the file that the run read; restore it, or name it with --model`);
    models.push(model);
  }
  return served(models, batchRows);
}

/** Names of the models that a strategy reads: those that it needs, then those that it can do without. */
function knownModels({ models, optionalModels = [] }: StrategyDefinition): readonly string[] {
  return [...models, ...optionalModels];
}

function namedModel(text: string, strategy: StrategyDefinition): readonly [name: string, place: string] {
  const { id } = strategy;
  const models = knownModels(strategy);
  if (models.length === 0) throw new InputError(`--model ${text}: strategy ${id} reads no models; leave it out`);
  const cut = text.indexOf('=');
  const name = text.slice(0, Math.max(0, cut));
  if (models.includes(name)) return [name, text.slice(cut + 1)];
  const [only, ...others] = models;
  if (only === undefined || others.length > 0)
    throw new InputError(`--model ${text}: write it as name=DIR|ID; ${id} reads ${models.join(', ')}`);
  return [only, text];
}

async function served(models: readonly LoadedModel[], batchRows: number): Promise<PredictionSourceOf> {
  const runners = new Map<string, ModelRunner>();
  for (const model of models) runners.set(model.id, await createRunner(model));
  return servedBy(runners, batchRows);
}

function referenceOf(name: string, { id, card }: LoadedModel): ModelReference {
  return { name, id, hash: card.hash, inputs: card.inputs, outputs: card.outputs };
}
