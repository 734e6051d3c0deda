import type { Verb } from '../verb.ts';

export const doctor: Verb = {
  name: 'doctor',
  summary: 'show what is installed and what is missing, with the command that mends it',
  positionals: [],
  flags: {},
  examples: [['doctor', 'check this machine; exit code 1 when something required is missing']],
  load: () => import('../doctor/run.ts'),
};
