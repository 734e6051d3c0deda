import path from 'node:path';
import type { Flag, VerbContext } from '../verb.ts';

export const MODELS_FLAG: Readonly<Record<string, Flag>> = {
  models: { type: 'string', summary: 'folder of the models (default: ORRERY_MODELS, else models/)' },
};

/** The folder of models: `--models`, else ORRERY_MODELS, else that of the configuration file, else `models` in the working directory. */
export function modelsRoot({ settings }: Pick<VerbContext, 'settings'>): string {
  return path.resolve(settings.text('models') ?? '');
}
