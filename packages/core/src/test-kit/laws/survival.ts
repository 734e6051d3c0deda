import type { LawCheck } from '../law-check.ts';
import { runOf } from '../runs.ts';

/** Live, an exception is a position without anybody watching it. */
export const SURVIVAL: LawCheck = {
  name: 'survival: gaps, crashes, spikes and idle candles make it throw nothing',
  hint: 'the strategy must bear every market that can be, as an exception stops the whole run',
  runs: 1,
  check(subject, market) {
    const { error } = runOf(subject, market);
    return error === null ? null : error.message;
  },
};
