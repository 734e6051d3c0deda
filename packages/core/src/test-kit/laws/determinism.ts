import { difference } from '../compare.ts';
import type { LawCheck } from '../law-check.ts';
import type { Market } from '../market.ts';
import { answerOf, runOf } from '../runs.ts';
import { Session } from '../session.ts';
import type { Subject } from '../subject.ts';

/** Same market, same journal: run again, built anew, and with two runs taking turns. */
export const DETERMINISM: LawCheck = {
  name: 'determinism: runs of the same market leave the same journal and do not feel each other',
  hint: 'something outlives the run: a variable outside of state, a clock, or a random number',
  runs: 5,
  check(subject, market) {
    const first = runOf(subject, market);
    const strategy = subject.build(market);
    const once = runOf(subject, market, { strategy });
    const again = runOf(subject, market, { strategy });
    return (
      difference('first run', first, 'built anew', once) ??
      difference('first run', once, 'same strategy once more', again) ??
      interleaved(subject, market, first)
    );
  },
};

/** Two runs of one strategy object, a frame each by turns. */
function interleaved(subject: Subject, market: Market, expected: Session): string | null {
  const strategy = subject.build(market);
  const pair = [0, 1].map(() => new Session({ market, strategy, answer: answerOf(subject) }));
  const { frameEnd, length } = expected.schedule;
  for (let k = 0; k < length; k++) {
    if (frameEnd[k] === 1) for (const session of pair) session.run(k + 1);
  }
  return (
    difference('alone', expected, 'first of two taking turns', pair[0]) ??
    difference('alone', expected, 'second of two taking turns', pair[1])
  );
}
