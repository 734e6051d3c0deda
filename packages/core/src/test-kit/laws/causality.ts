import { difference } from '../compare.ts';
import type { LawCheck } from '../law-check.ts';
import { cutAt, poisonedFrom, type Market } from '../market.ts';
import { runOf, sessionOf, type Said } from '../runs.ts';
import type { Session } from '../session.ts';
import type { Subject } from '../subject.ts';

const CUTS = 12;

/** The future is taken away in two ways: the candles are not there, or they are there and all of them NaN. */
export const CAUSALITY: LawCheck = {
  name: 'causality: taking the future away changes nothing that was said before',
  hint: 'the strategy knows candles that had not closed when it decided',
  runs: 1 + 2 * CUTS,
  check(subject, market) {
    const whole = runOf(subject, market);
    for (const until of cutsOf(whole)) {
      const fault = faultAt(subject, market, whole, until);
      if (fault !== null) return fault;
    }
    return null;
  },
};

function faultAt(subject: Subject, market: Market, whole: Session, until: number): string | null {
  const { schedule, tapes } = whole;
  const future = tapes[schedule.instrument[until]].closeTs[schedule.row[until]];
  const expected = saidUntil(whole, until);
  const cut = runOf(subject, cutAt(market, future));
  const poisoned = sessionOf(subject, poisonedFrom(market, future));
  poisoned.run(until);
  const name = `candles from ${future} ms on`;
  return (
    difference('whole market', expected, `${name} cut off`, saidUntil(cut, until)) ??
    difference('whole market', expected, `${name} NaN`, saidUntil(poisoned, until))
  );
}

/** Decisions that led to something are where knowing the future shows; a few other places make sure of the rest. */
function cutsOf(whole: Session): readonly number[] {
  const { frameEnd, length } = whole.schedule;
  const ends: number[] = [];
  for (let k = 0; k < length - 1; k++) if (frameEnd[k] === 1) ends.push(k + 1);
  const spoken = new Set(whole.entries.filter((entry) => entry.lane === 'out').map((entry) => entry.pos));
  let from = 0;
  const busy = ends.filter((end) => {
    let isBusy = false;
    for (let pos = from + 1; pos <= end; pos++) isBusy ||= spoken.has(pos);
    from = end;
    return isBusy;
  });
  return [...new Set([...spread(busy, CUTS - 3), ...spread(ends, 3)])];
}

function spread(list: readonly number[], count: number): readonly number[] {
  if (list.length <= count) return list;
  return Array.from({ length: count }, (_, k) => list[Math.floor(((k + 1) * (list.length - 1)) / count)]);
}

/** An error belongs to the past only when the run did not get as far as the cut. */
function saidUntil(session: Session, until: number): Said {
  const reached = session.engine.pos;
  return {
    entries: session.entries.filter((entry) => entry.pos <= until),
    error: reached < until ? session.error : null,
  };
}
