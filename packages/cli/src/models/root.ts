import path from 'node:path';
import type { Flag, Flags, VerbContext } from '../verb.ts';

export const MODELS_FLAG: Readonly<Record<string, Flag>> = {
  models: { type: 'string', summary: 'folder of the models (default: ORRERY_MODELS, else models/)' },
};

/** The folder of models: `--models`, else ORRERY_MODELS, else `models` in the working directory. */
export function modelsRoot(flags: Flags, context: VerbContext): string {
  return path.resolve(flags.string('models') ?? (context.env['ORRERY_MODELS'] || 'models'));
}
