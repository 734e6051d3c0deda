import { listModels } from '@orrery/models';
import { EXIT } from '../exit-code.ts';
import { table } from '../terminal/table.ts';
import type { Flags, VerbContext } from '../verb.ts';
import { modelsRoot } from './root.ts';

/** Lists every model; a folder that holds none gets its line on stderr and makes the exit code 1. */
export async function run(_flags: Flags, context: VerbContext): Promise<number> {
  const root = modelsRoot(context);
  const { models, broken } = await listModels(root);
  for (const line of broken) context.log(line);
  context.document({
    schema: 'orrery.models/1',
    models: models.map(({ id, folder, card }) => ({
      id,
      folder,
      name: card.name,
      hash: card.hash,
      engine: card.engine,
      inputs: card.inputs,
      strategy: card.strategy?.id ?? null,
      source: card.source ?? null,
      metrics: card.metrics ?? {},
    })),
    broken,
  });
  const rows = models.map(({ id, card }) => [
    id,
    card.source === undefined ? 'trained' : 'imported',
    card.strategy?.id ?? '–',
    String(card.inputs.length),
    card.calibration.kind,
    card.engine,
  ]);
  context.print(
    models.length === 0 ? `no models under ${root}` : table(['model', 'from', 'strategy', 'inputs', 'calibration', 'engine'], rows, [3]),
  );
  return broken.length === 0 ? EXIT.fine : EXIT.failed;
}
