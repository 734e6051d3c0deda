import type { Fact, FundingCharged, JournalEntry, Message } from '../messages.ts';

/** One way in which two runs differ, with how often and the first place. */
export interface ParityDifference {
  readonly kind: string;
  /** True for what only a venue can know: when something happened, at what position it was heard of, which reference it had. */
  readonly isVenueFact: boolean;
  readonly count: number;
  readonly example: string;
}
/** What two journals of the same strategy over the same candles have in common. */
export interface ParityReport {
  /** Nothing but venue facts differs. */
  readonly identical: boolean;
  /** Commands and verdicts in the reference. */
  readonly decisions: number;
  /** Facts in the reference. */
  readonly facts: number;
  readonly differences: readonly ParityDifference[];
}

/** Fields that a venue sets: they may differ between a simulated run and one over a wire. */
const VENUE_FIELDS = new Set(['ts', 'reference', 'mark', 'rate']);

/** A venue tells in one number what a liquidation paid and what was taken over (PositionLiquidated). */
const CLEARANCE = new Set(['fee', 'absorbed']);
function clearance(message: Message): number {
  return message.type === 'PositionLiquidated' ? message.fee - message.absorbed : NaN;
}

/**
 * Holds a live run's journal against a backtest's. Decisions are compared in their order by instrument, facts by the order
 * or the funding time that they are about, because a wire may deliver two orders' reports in any order.
 */
export function compareRuns(reference: readonly JournalEntry[], other: readonly JournalEntry[]): ParityReport {
  const tally = new Tally();
  compareGroups(grouped(reference, 'out', decisionKey), grouped(other, 'out', decisionKey), 'decision', tally);
  compareGroups(grouped(reference, 'in', factKey), grouped(other, 'in', factKey), 'fact', tally);
  const differences = tally.list();
  return {
    identical: differences.every(({ isVenueFact }) => isVenueFact),
    decisions: reference.filter(({ lane }) => lane === 'out').length,
    facts: reference.filter(({ lane }) => lane === 'in').length,
    differences,
  };
}

class Tally {
  readonly #found = new Map<string, { isVenueFact: boolean; count: number; example: string }>();

  add(kind: string, isVenueFact: boolean, example: () => string): void {
    const known = this.#found.get(kind);
    if (known === undefined) this.#found.set(kind, { isVenueFact, count: 1, example: example() });
    else known.count += 1;
  }
  list(): readonly ParityDifference[] {
    return [...this.#found].map(([kind, rest]) => ({ kind, ...rest }));
  }
}

type Groups = ReadonlyMap<string, readonly JournalEntry[]>;

function grouped(entries: readonly JournalEntry[], lane: 'in' | 'out', key: (message: Message) => string): Groups {
  const groups = new Map<string, JournalEntry[]>();
  for (const entry of entries) {
    if (entry.lane !== lane) continue;
    const name = key(entry.message);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [entry]);
    else group.push(entry);
  }
  return groups;
}

function decisionKey(message: Message): string {
  return 'instrument' in message ? `instrument ${message.instrument}` : 'the account';
}
function factKey(message: Message): string {
  const fact = message as Fact;
  switch (fact.type) {
    case 'FundingCharged':
      return `funding of instrument ${fact.instrument} at ${fundingHour(fact)}`;
    case 'PredictionReady':
    case 'PredictionFailed':
      return `request ${fact.requestId} of instrument ${fact.instrument}`;
    case 'TimerFired':
      return `timer ${fact.timerId} of instrument ${fact.instrument}`;
    case 'PositionLiquidated':
      return `liquidation of instrument ${fact.instrument}`;
    case 'LeverageChanged':
    case 'LeverageRejected':
      return `leverage of instrument ${fact.instrument}`;
    default:
      return `order ${fact.orderId} of instrument ${fact.instrument}`;
  }
}
/** Archives hold funding times with some milliseconds of jitter (BINANCE USDⓈ-M funding history). */
function fundingHour({ time }: FundingCharged): number {
  return Math.round(time / 3_600_000) * 3_600_000;
}

function compareGroups(reference: Groups, other: Groups, lane: string, tally: Tally): void {
  for (const [name, entries] of reference) compareLists(entries, other.get(name) ?? [], name, lane, tally);
  for (const [name, entries] of other) if (!reference.has(name)) compareLists([], entries, name, lane, tally);
}

function compareLists(left: readonly JournalEntry[], right: readonly JournalEntry[], name: string, lane: string, tally: Tally): void {
  for (let k = 0; k < Math.max(left.length, right.length); k++) {
    const [a, b] = [left[k], right[k]];
    const where = (): string => `${name}: ${text(a)} against ${text(b)}`;
    if (a === undefined || b === undefined || a.message.type !== b.message.type) {
      tally.add(`${lane} ${a === undefined ? 'too many' : b === undefined ? 'missing' : 'of another type'}`, false, where);
      // What follows in this group is shifted; one line says enough.
      return;
    }
    if (a.pos !== b.pos) {
      // A simulated fill is heard of with its candle's frame, a venue's before it; so is what a strategy answers to it.
      const isReaction = lane === 'decision' && b.pos === a.pos - 1;
      tally.add(isReaction ? 'reaction before its frame' : `${lane} at another position`, lane === 'fact' || isReaction, where);
    }
    for (const field of differingFields(a.message, b.message)) {
      const isVenueFact =
        VENUE_FIELDS.has(field) || field === 'time' || (CLEARANCE.has(field) && clearance(a.message) === clearance(b.message));
      tally.add(`${a.message.type}.${field}`, isVenueFact, where);
    }
  }
}

function differingFields(left: Message, right: Message): readonly string[] {
  const other = new Map(Object.entries(right));
  return Object.entries(left)
    .filter(([field, value]) => JSON.stringify(value) !== JSON.stringify(other.get(field)))
    .map(([field]) => field);
}

function text(entry: JournalEntry | undefined): string {
  return entry === undefined ? 'nothing' : `${JSON.stringify(entry.message)} at position ${entry.pos}`;
}
