import type { Strategy } from '../strategy/strategy.ts';
import { FaultyModel } from './faulty-model.ts';
import type { Market } from './market.ts';
import type { ModelFault } from './model-faults.ts';
import type { Oddity } from './odd-facts.ts';
import { OddVenue } from './odd-venue.ts';
import { answerOf, sessionOf } from './runs.ts';
import { simVenueOf, type Session } from './session.ts';
import type { Subject } from './subject.ts';

/** What goes wrong around a run. */
export interface Trouble {
  readonly facts?: readonly Oddity[];
  readonly models?: readonly ModelFault[];
}
export interface Driven {
  readonly session: Session;
  readonly venue: OddVenue;
  /** What `look` found, with the position of the schedule; null when it found nothing. */
  readonly broken: { readonly fault: string; readonly pos: number } | null;
}

/**
 * Runs frame by frame, with trouble, until `look` finds a fault or something is thrown. Whatever was held back comes after the end.
 * @param look called after each frame, and once more after the end
 */
export function drive(
  subject: Subject,
  market: Market,
  trouble: Trouble,
  look: (session: Session, isOver: boolean) => string | null,
  strategy: Strategy<unknown> = subject.build(market),
): Driven {
  const venue = new OddVenue(simVenueOf(market), market.symbols.length, trouble.facts ?? []);
  const model = new FaultyModel(answerOf(subject), trouble.models ?? []);
  const session = sessionOf(subject, market, {
    strategy,
    venue,
    answer: (requests) => model.answer(requests),
    column: (close, n, row) => model.column(close, n, row),
  });
  const { frameEnd, length } = session.schedule;
  for (let k = 0; k < length; k++) {
    if (frameEnd[k] === 0) continue;
    session.run(k + 1);
    session.deliver(model.due(session.engine.desk.now));
    const fault = look(session, false);
    if (fault !== null) return { session, venue, broken: { fault, pos: k + 1 } };
    if (session.error !== null) return { session, venue, broken: null };
  }
  session.deliver(venue.flush());
  const fault = look(session, true);
  return { session, venue, broken: fault === null ? null : { fault, pos: length } };
}
