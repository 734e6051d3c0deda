import { EntryList } from '../../journal/entry-list.ts';
import { JournalVenue } from '../../journal/journal-venue.ts';
import type { Fact, JournalEntry } from '../../messages.ts';
import type { Strategy } from '../../strategy/strategy.ts';
import { JournalAccount } from '../account.ts';
import { minimise, sample } from '../arbitrary.ts';
import { difference } from '../compare.ts';
import { drive, type Driven } from '../drive.ts';
import type { LawCheck } from '../law-check.ts';
import type { Market } from '../market.ts';
import { describeOddities, oddFacts, type Oddity } from '../odd-facts.ts';
import { OrderStates } from '../order-states.ts';
import { runOf, sessionOf, type Said } from '../runs.ts';
import type { Subject } from '../subject.ts';

/** Networks reorder, repeat and delay. The account must come out right, and the strategy must bear what it sees meanwhile. */
export const ODD_ORDERS: LawCheck = {
  name: 'odd orders: reports that come late, in parts or in another order break nothing, repeated ones change nothing',
  hint: 'live, reports overtake each other and come again after a reconnect; act on the position and on order ids, not on the order of reports',
  runs: 8,
  check(subject, market) {
    for (const plan of plansOf(market)) {
      const fault = faultOf(subject, market, plan);
      if (fault !== null) return fault;
    }
    return null;
  },
  retell(subject, market) {
    const arbitrary = oddFacts();
    const isBroken = (candidate: readonly Oddity[]): boolean => faultOf(subject, market, candidate) !== null;
    const plan = minimise(arbitrary, plansOf(market).find(isBroken) ?? [], isBroken, 300);
    const { session, broken } = legal(subject, market, plan);
    const fault = faultOf(subject, market, plan) ?? '';
    return { fault: `where ${describeOddities(plan)}: ${fault}`, session, ...(broken === null ? {} : { pos: broken.pos }) };
  },
};

/** Every other report late, so that a strategy which trades once in a while meets it too; then all oddities mixed. */
function plansOf(market: Market): readonly (readonly Oddity[])[] {
  const late = Array.from({ length: 60 }, (_, k): Oddity => ({
    kind: 'late',
    report: 2 * k + 1 + (market.seed & 1),
    candles: 1 + (k % 2),
  }));
  return [[...late, { kind: 'twice', report: 'funding' }], sample(oddFacts(), market.seed)];
}

function faultOf(subject: Subject, market: Market, plan: readonly Oddity[]): string | null {
  const real = plan.flatMap(withoutTalk);
  const { session, broken } = legal(subject, market, real);
  if (broken !== null) return broken.fault;
  // A strategy that throws on a quiet stream as well breaks another law.
  if (session.error !== null) return runOf(subject, market).error === null ? session.error.message : null;
  return emptyTalk(subject, market, plan, session) ?? replayed(subject, market, real);
}

/** What is left of an oddity when nothing is said that is not so. */
function withoutTalk(oddity: Oddity): readonly Oddity[] {
  if (oddity.kind === 'twice' || oddity.kind === 'after-end') return [];
  return [oddity.kind === 'split-twice' ? { ...oddity, kind: 'split' } : oddity];
}

/** Runs with reports that are all true, and holds the engine's account and book against the journal after each frame. */
function legal(subject: Subject, market: Market, plan: readonly Oddity[]): Driven {
  const states = new OrderStates();
  let account: JournalAccount | null = null;
  return drive(subject, market, { facts: plan }, (session) => {
    account ??= new JournalAccount(
      market.symbols.map(({ instrument }) => instrument),
      session.engine.ledger.start,
    );
    account.catchUp(session);
    states.catchUp(session);
    return session.error === null ? (account.imbalance(session) ?? states.difference(session)) : null;
  });
}

/** Repetitions and reports of orders that are gone: journalled, and nothing else. */
function emptyTalk(subject: Subject, market: Market, plan: readonly Oddity[], expected: Said): string | null {
  const heard: Fact[] = [];
  const { session, venue } = drive(subject, market, { facts: plan }, () => null, listening(subject.build(market), heard));
  const told = heard.find((fact) => venue.added.has(fact));
  if (told !== undefined) return `onFact was shown a ${told.type} at ${told.ts} ms that changes nothing`;
  const added: ReadonlySet<unknown> = venue.added;
  const entries = renumbered(session.entries.filter(({ message }) => !added.has(message)));
  return difference('each report once', expected, 'with repetitions, left out here', { entries, error: session.error });
}

function renumbered(entries: readonly JournalEntry[]): readonly JournalEntry[] {
  return entries.map((entry, k) => ({ ...entry, seq: k + 1 }));
}

function listening(inner: Strategy<unknown>, heard: Fact[]): Strategy<unknown> {
  const { onFact } = inner;
  if (onFact === undefined) return inner;
  return {
    ...inner,
    onFact: (state, fact, desk) => {
      heard.push(fact);
      onFact(state, fact, desk);
    },
  };
}

/** The odd run's own journal tells it again (JRN-4). */
function replayed(subject: Subject, market: Market, plan: readonly Oddity[]): string | null {
  let within = 0;
  const original = drive(subject, market, { facts: plan }, ({ entries }, isOver) => {
    if (!isOver) within = entries.length;
    return null;
  });
  // What comes after the last frame is at no place of the schedule.
  const before = original.session.entries.slice(0, within);
  const list = new EntryList();
  const venue = new JournalVenue(market.symbols.length, before, list);
  const session = sessionOf(subject, market, {
    venue,
    recorder: venue,
    *answer() {
      const next = (): Fact | null => venue.nextPrediction(session.engine.pos);
      for (let fact = next(); fact !== null; fact = next()) yield fact;
    },
  });
  session.run();
  return difference('original', { entries: before, error: null }, 'replay', { entries: list.entries, error: session.error });
}
