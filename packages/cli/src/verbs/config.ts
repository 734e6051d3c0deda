import { RUNS_FLAG } from '../backtest/flags.ts';
import { ALL_SETTINGS, settingFlags } from '../config/setting-flags.ts';
import { MODELS_FLAG } from '../models/root.ts';
import type { Verb, VerbGroup } from '../verb.ts';

const show: Verb = {
  name: 'show',
  summary: 'every setting with its value, where the value comes from, and what reads it; exit code 2 when something cannot be acted on',
  positionals: [],
  flags: { ...settingFlags(ALL_SETTINGS), ...RUNS_FLAG, ...MODELS_FLAG },
  settings: ALL_SETTINGS,
  showsSettings: true,
  examples: [['show --config orrery.yaml', 'what a verb would go by here, with this file and environment']],
  load: () => import('../config/show.ts'),
};

export const config: VerbGroup = { name: 'config', summary: 'look at the configuration', verbs: [show] };
