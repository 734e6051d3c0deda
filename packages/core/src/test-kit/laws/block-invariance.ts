import { difference } from '../compare.ts';
import type { LawCheck } from '../law-check.ts';
import { runOf } from '../runs.ts';

const BLOCKS = [1, 2, 7, 64, 4096];

/** A live run sees one candle at a time, a backtest thousands: both must say the same. */
export const BLOCK_INVARIANCE: LawCheck = {
  name: 'block invariance: candles one by one or thousands at once leave the same journal',
  hint: 'the strategy sees how far the features have been computed, which a live run will not show it',
  runs: BLOCKS.length,
  check(subject, market) {
    const [first, ...others] = BLOCKS;
    const reference = runOf(subject, market, { blockRows: first });
    for (const blockRows of others) {
      const fault = difference(`blocks of ${first}`, reference, `blocks of ${blockRows}`, runOf(subject, market, { blockRows }));
      if (fault !== null) return fault;
    }
    return null;
  },
};
