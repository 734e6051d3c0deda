import { TRAIN_FLAGS } from '../train/flags.ts';
import { TRAIN_SETTINGS } from '../config/setting-flags.ts';
import type { Verb } from '../verb.ts';

export const train: Verb = {
  name: 'train',
  summary: "train a tree model that filters a strategy's entry signals, and prove its export",
  positionals: [],
  flags: TRAIN_FLAGS,
  examples: [
    ['train --strategy ema-cross --symbols BTCUSDT,SOLUSDT --interval 5m', 'labels, purged cross-validation, final model, parity'],
    ['train --from-run hybrid-3f2a --name quality', 'what became of the signals of a run that is there'],
    ['train --strategy ./my.ts --symbols @all --interval 15m --take-profit 3 --stop-loss 1.5', 'a strategy of your own, other barriers'],
  ],
  settings: TRAIN_SETTINGS,
  load: () => import('../train/run.ts'),
};
