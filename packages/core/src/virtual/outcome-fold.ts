import { InvariantError } from '../engine/invariant.ts';
import type { Message, SignalRaised, VirtualPositionEvent } from '../messages.ts';
import type { EpochMs, RateE8, Ticks } from '../units.ts';
import { nextLifeState, type LifeState } from './lifecycle.ts';
import type { OutcomeCause, SignalOutcome } from './signal-outcome.ts';

interface Course {
  readonly signal: SignalRaised;
  state: LifeState;
  /** Null until it has entered. */
  entry: { readonly ts: EpochMs; readonly price: Ticks } | null;
  maxPnl: RateE8;
  minPnl: RateE8;
  cause: OutcomeCause;
}

/**
 * Folds a journal's signals and the events of their virtual positions into what became of them (VIRT-12). The entry price is that of
 * the event with the cause 'entered'. It holds what is open and nothing else, so a long run costs no memory.
 */
export class OutcomeFold {
  /** Signals of the last close at which one was raised: a position begins at its signal's close or never. */
  readonly #raised: Map<number, SignalRaised> = new Map();
  readonly #courses: Map<number, Course> = new Map();
  #raisedTs = -Infinity;
  #neverEntered = 0;

  /** Positions that are open, those that have not entered yet among them. */
  get open(): number {
    return this.#courses.size;
  }
  /** Positions that were closed by force before their first candle: nothing is known of those signals. */
  get neverEntered(): number {
    return this.#neverEntered;
  }

  /**
   * The next message of a journal, of any type.
   * @returns the outcome when the message closes a position that had entered, else null
   * @throws InvariantError for a position without its signal, or events in an order that VIRT-2 does not allow
   */
  add(message: Message): SignalOutcome | null {
    switch (message.type) {
      case 'SignalRaised':
        if (message.ts > this.#raisedTs) this.#raised.clear();
        this.#raisedTs = message.ts;
        this.#raised.set(message.signalId, message);
        return null;
      case 'VirtualPositionEvent':
        return this.#follow(message);
      default:
        return null;
    }
  }

  #follow(event: VirtualPositionEvent): SignalOutcome | null {
    const { kind, positionId } = event;
    const course = kind === 'CREATED' ? this.#begin(event) : this.#courses.get(positionId);
    const state = course === undefined ? null : nextLifeState(course.state, kind);
    if (course === undefined || state === null) {
      throw new InvariantError(`virtual position ${positionId}: ${kind} at ${event.ts} may not come here`);
    }
    course.state = state;
    switch (kind) {
      case 'CREATED':
      case 'NEAR_TAKE_PROFIT':
      case 'NEAR_STOP_LOSS':
        return null;
      case 'PRICE_UPDATED':
        if (event.cause === 'entered') course.entry = { ts: event.ts, price: event.price };
        return null;
      case 'MAX_PNL_UPDATED':
        course.maxPnl = event.pnl;
        return null;
      case 'MIN_PNL_UPDATED':
        course.minPnl = event.pnl;
        return null;
      case 'TAKE_PROFIT_HIT':
      case 'STOP_LOSS_HIT':
      case 'EXPIRED':
      case 'FORCED_CLOSE':
        course.cause = CAUSES[kind];
        return null;
      case 'CLOSED':
        this.#courses.delete(positionId);
        if (course.entry === null) this.#neverEntered += 1;
        return course.entry === null ? null : outcomeOf(course, course.entry, event);
      default:
        return kind satisfies never;
    }
  }

  #begin({ positionId, ts }: VirtualPositionEvent): Course {
    const signal = this.#raised.get(positionId);
    if (signal === undefined || this.#courses.has(positionId)) {
      throw new InvariantError(`virtual position ${positionId}: CREATED at ${ts} without a signal of that number before it`);
    }
    this.#raised.delete(positionId);
    const zero = 0 as RateE8;
    const course: Course = { signal, state: 'unborn', entry: null, maxPnl: zero, minPnl: zero, cause: 'forced' };
    this.#courses.set(positionId, course);
    return course;
  }
}

const CAUSES = {
  TAKE_PROFIT_HIT: 'take_profit',
  STOP_LOSS_HIT: 'stop_loss',
  EXPIRED: 'expired',
  FORCED_CLOSE: 'forced',
} as const satisfies Readonly<Record<string, OutcomeCause>>;

function outcomeOf(course: Course, entry: NonNullable<Course['entry']>, closed: VirtualPositionEvent): SignalOutcome {
  const { signal, cause, maxPnl, minPnl } = course;
  const { quality } = signal;
  return {
    signalId: signal.signalId,
    source: signal.source,
    instrument: signal.instrument,
    direction: signal.direction,
    raisedTs: signal.ts,
    entryTs: entry.ts,
    entryPrice: entry.price,
    exitTs: closed.ts,
    exitPrice: closed.price,
    grossReturn: closed.pnl,
    cause,
    forcedBy: closed.cause,
    maxPnl,
    minPnl,
    qualityMean: quality.length === 0 ? null : quality.reduce((sum, part) => sum + part, 0) / quality.length,
    confidence: signal.confidence,
  };
}
