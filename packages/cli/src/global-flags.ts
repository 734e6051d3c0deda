import type { Flag } from './verb.ts';

/** Flags that every verb has. */
export const GLOBAL_FLAGS: Readonly<Record<string, Flag>> = {
  json: { type: 'boolean', summary: 'print one JSON document on stdout; logs and progress go to stderr' },
  config: { type: 'string', summary: 'YAML file whose keys are flag names; flags on the command line win' },
  data: { type: 'string', summary: 'data root (default: ORRERY_DATA, else datasets/)' },
  verbose: { type: 'boolean', summary: 'show where an error came from' },
};
