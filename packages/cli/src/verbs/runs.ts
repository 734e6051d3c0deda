import { RUNS_FLAG } from '../backtest/flags.ts';
import type { Verb, VerbGroup } from '../verb.ts';

const list: Verb = {
  name: 'list',
  summary: 'all runs, newest first',
  positionals: [],
  flags: RUNS_FLAG,
  examples: [['list', 'one line per run under runs/']],
  load: () => import('../runs/list.ts'),
};
const show: Verb = {
  name: 'show',
  summary: 'configuration, account and metrics of one run',
  positionals: [{ name: 'run', summary: 'run id, or enough of its start to be the only one', required: true }],
  flags: RUNS_FLAG,
  examples: [['show 3f2a', 'the run whose id starts with 3f2a']],
  load: () => import('../runs/show.ts'),
};
const compare: Verb = {
  name: 'compare',
  summary: 'what differs between two runs: configuration, metrics, digests',
  positionals: [
    { name: 'first', summary: 'run id', required: true },
    { name: 'second', summary: 'run id', required: true },
  ],
  flags: RUNS_FLAG,
  examples: [['compare 3f2a 9c01', 'differences from 3f2a to 9c01']],
  load: () => import('../runs/compare.ts'),
};

export const runs: VerbGroup = { name: 'runs', summary: 'look at finished runs', verbs: [list, show, compare] };
