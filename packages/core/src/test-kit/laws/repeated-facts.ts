import { Queue, type Sink } from '../../engine/queue.ts';
import type { Venue } from '../../engine/venue.ts';
import { entryToLine } from '../../journal/text-codec.ts';
import type { Tape } from '../../market/tape.ts';
import type { Command, Fact, JournalEntry } from '../../messages.ts';
import type { Strategy } from '../../strategy/strategy.ts';
import { difference } from '../compare.ts';
import type { LawCheck } from '../law-check.ts';
import { runOf, type Said } from '../runs.ts';
import { simVenueOf } from '../session.ts';

/** A venue reports again after a reconnect. Neither the account nor the strategy may take a repetition for a second event. */
export const REPEATED_FACTS: LawCheck = {
  name: 'repeated facts: an execution report that comes twice changes nothing',
  hint: 'onFact acts on a report each time it comes; remember the order ids that were dealt with instead',
  runs: 3,
  check(subject, market) {
    const plain = runOf(subject, market);
    const repeated = runOf(subject, market, { venue: new RepeatingVenue(simVenueOf(market)) });
    const fault = difference('reported once', plain, 'reported twice', withoutRepetitions(repeated));
    if (fault !== null || !subject.repeatsFacts) return fault;
    const told = runOf(subject, market, { strategy: toldTwice(subject.build(market)) });
    return difference('onFact called once', plain, 'onFact called twice', told);
  },
  retell(subject, market) {
    const session = runOf(subject, market, subject.repeatsFacts ? { strategy: toldTwice(subject.build(market)) } : {});
    return { fault: this.check(subject, market) ?? '', session };
  },
};

/** Says every execution report twice. */
class RepeatingVenue implements Venue {
  readonly wake: Float64Array;
  readonly #inner: Venue;

  constructor(inner: Venue) {
    this.#inner = inner;
    this.wake = inner.wake;
  }
  get timerDue(): number {
    return this.#inner.timerDue;
  }
  match(tape: Tape, row: number, out: Sink<Fact>): void {
    this.#twice(out, (sink) => this.#inner.match(tape, row, sink));
  }
  endFrame(ts: number, out: Sink<Fact>): void {
    this.#twice(out, (sink) => this.#inner.endFrame(ts, sink));
  }
  fireTimers(ts: number, pos: number, out: Sink<Fact>): void {
    this.#inner.fireTimers(ts, pos, out);
  }
  handle(command: Command, out: Sink<Fact>): void {
    this.#twice(out, (sink) => this.#inner.handle(command, sink));
  }
  #twice(out: Sink<Fact>, act: (sink: Sink<Fact>) => void): void {
    const facts: Queue<Fact> = new Queue();
    act(facts);
    while (facts.size > 0) {
      const fact = facts.shift();
      out.push(fact);
      if (isReport(fact)) out.push(fact);
    }
  }
}

function isReport(fact: Fact): boolean {
  return 'orderId' in fact;
}

/** The engine journals a repetition, as it did come in; apart from that nothing may differ. */
function withoutRepetitions(said: Said): Said {
  const entries: JournalEntry[] = [];
  const seen = new Set<string>();
  for (const entry of said.entries) {
    if (entry.lane === 'in' && 'orderId' in entry.message) {
      const text = entryToLine({ ...entry, seq: 0, pos: 0 });
      if (seen.has(text)) continue;
      seen.add(text);
    }
    entries.push({ ...entry, seq: entries.length + 1 });
  }
  return { entries, error: said.error };
}

function toldTwice(inner: Strategy<unknown>): Strategy<unknown> {
  const { onFact } = inner;
  if (onFact === undefined) return inner;
  return {
    ...inner,
    onFact: (state, fact, desk) => {
      onFact(state, fact, desk);
      if (isReport(fact)) onFact(state, fact, desk);
    },
  };
}
