import {
  OutcomeFold,
  VIRTUAL_EVENT_KINDS,
  type BreakerChanged,
  type BreakerRow,
  type ByDirection,
  type Instrument,
  type Message,
  type Recorder,
  type SignalDirection,
  type SignalRaised,
  type SignalRejectReason,
  type SignalSummary,
  type VirtualEventKind,
  type VirtualPositionEvent,
} from '@orrery/core';
import { SampleList } from '@orrery/data';
import { sampleOf } from './signal-sample.ts';

type Tally = { -readonly [K in keyof ByDirection]: number };

/** Breaker changes that a result lists; it counts the others. */
const LISTED_BREAKERS = 500;

/**
 * Folds the journal into what became of a run's signals, and into one training sample for each virtual position that entered and was
 * closed.
 */
export class SignalBook implements Recorder {
  /** In the order in which the positions were closed. */
  readonly samples: SampleList = new SampleList();
  readonly #instruments: readonly Instrument[];
  readonly #outcomes: OutcomeFold = new OutcomeFold();
  readonly #raised: Tally = none();
  readonly #accepted: Tally = none();
  readonly #rejected: Map<SignalRejectReason, Tally> = new Map();
  readonly #sources: Map<string, Tally> = new Map();
  readonly #closed: Tally = none();
  readonly #won: Tally = none();
  #netReturns = 0;
  readonly #events: Record<VirtualEventKind, number> = noEvents();
  readonly #breakers: BreakerRow[] = [];
  #breakerChanges = 0;
  /** Signals that are neither accepted nor rejected yet. */
  readonly #undecided: Map<number, SignalDirection> = new Map();
  /** Signals whose virtual position is open. */
  readonly #open: Map<number, SignalRaised> = new Map();
  /** The signals of the last close at which one was raised. */
  readonly #latest: Map<number, SignalRaised> = new Map();
  #latestTs = -Infinity;

  constructor(instruments: readonly Instrument[]) {
    this.#instruments = instruments;
  }

  /** @throws InvariantError for events of a virtual position in an order that VIRT-2 does not allow */
  record(_seq: number, _pos: number, _lane: 'in' | 'out', message: Message): void {
    switch (message.type) {
      case 'SignalRaised':
        this.#raise(message);
        return;
      case 'SignalAccepted':
        this.#decide(message.signalId, this.#accepted);
        return;
      case 'SignalRejected':
        this.#decide(message.signalId, tallyOf(this.#rejected, message.reason));
        return;
      case 'BreakerChanged':
        this.#note(message);
        return;
      case 'VirtualPositionEvent':
        this.#follow(message);
        return;
      default:
        return;
    }
  }

  /**
   * Null when the strategy raised no signal and concluded nothing.
   * @param counters what the strategy counted itself
   */
  summary(counters: Readonly<Record<string, number>>): SignalSummary | null {
    const raised = { ...this.#raised };
    if (raised.long + raised.short + this.#breakerChanges === 0) return null;
    const { samples } = this;
    return {
      raised,
      accepted: { ...this.#accepted },
      rejected: sorted(this.#rejected).map(([reason, tally]) => ({ reason, ...tally })),
      sources: sorted(this.#sources).map(([source, tally]) => ({ source, ...tally })),
      virtual: {
        events: { ...this.#events },
        closed: { ...this.#closed },
        won: { ...this.#won },
        meanReturnPercent: samples.length === 0 ? null : (100 * this.#netReturns) / samples.length,
        open: this.#outcomes.open,
      },
      breakers: this.#breakers,
      breakerChanges: this.#breakerChanges,
      counters,
    };
  }

  #raise(signal: SignalRaised): void {
    this.#outcomes.add(signal);
    const { signalId, direction, source, ts } = signal;
    this.#raised[direction] += 1;
    tallyOf(this.#sources, source)[direction] += 1;
    this.#undecided.set(signalId, direction);
    if (ts > this.#latestTs) this.#latest.clear();
    this.#latestTs = ts;
    this.#latest.set(signalId, signal);
  }
  #decide(signalId: number, tally: Tally): void {
    const direction = this.#undecided.get(signalId);
    if (direction === undefined) return;
    this.#undecided.delete(signalId);
    tally[direction] += 1;
  }
  #follow(event: VirtualPositionEvent): void {
    const outcome = this.#outcomes.add(event);
    const { kind, positionId, direction, instrument } = event;
    this.#events[kind] += 1;
    if (kind === 'CREATED') {
      const signal = this.#latest.get(positionId);
      if (signal !== undefined) this.#open.set(positionId, signal);
    }
    if (kind !== 'CLOSED') return;
    this.#closed[direction] += 1;
    const signal = this.#open.get(positionId);
    this.#open.delete(positionId);
    if (outcome === null || signal === undefined) return;
    const sample = sampleOf(outcome, signal, this.#of(instrument));
    this.samples.push(sample);
    this.#netReturns += sample.netReturn;
    if (sample.win) this.#won[direction] += 1;
  }
  #note({ ts, instrument, breaker, from, to, cause, value }: BreakerChanged): void {
    this.#breakerChanges += 1;
    if (this.#breakers.length === LISTED_BREAKERS) return;
    const symbol = instrument === null ? null : this.#of(instrument).symbol;
    this.#breakers.push({ time: ts, symbol, breaker, from, to, cause, valuePercent: value / 1e6 });
  }
  #of(id: number): Instrument {
    const instrument = this.#instruments[id];
    if (instrument === undefined) throw new RangeError(`no instrument ${id}`);
    return instrument;
  }
}

function none(): Tally {
  return { long: 0, short: 0 };
}
function noEvents(): Record<VirtualEventKind, number> {
  // One key a kind: the list is the type.
  return Object.fromEntries(VIRTUAL_EVENT_KINDS.map((kind) => [kind, 0])) as Record<VirtualEventKind, number>;
}
function tallyOf<K>(tallies: Map<K, Tally>, key: K): Tally {
  let tally = tallies.get(key);
  if (tally === undefined) {
    tally = none();
    tallies.set(key, tally);
  }
  return tally;
}
/** By key, so that equal runs list the same. */
function sorted<K extends string>(tallies: ReadonlyMap<K, Tally>): readonly (readonly [K, Tally])[] {
  return [...tallies].toSorted(([a], [b]) => (a < b ? -1 : 1));
}
