import type {
  AmendOrder,
  CancelOrder,
  EpochMs,
  Fact,
  Instrument,
  InstrumentId,
  Lots,
  OrderId,
  OutboundCommand,
  SubmitOrder,
} from '@orrery/core';
import { wait, type Backoff } from '../exchange/backoff.ts';
import type { BinanceRest } from '../exchange/binance-rest.ts';
import type { CcxtClient, CcxtExchange } from '../exchange/load-ccxt.ts';
import type { UserEvent } from '../exchange/user-events.ts';
import { VenueError } from '../exchange/venue-error.ts';
import { compareAccount, compareHoldings, glanceAtAccount, type Discrepancies, type Sides } from './account-check.ts';
import { prepareAccount } from './account-setup.ts';
import { Activity } from './activity.ts';
import { checkSessionTag, clientOrderId } from './client-order-id.ts';
import type { Consequence } from './contingencies.ts';
import type { ExecutionGateway, GatewayOptions, KnownAccount, KnownOrder, ProblemKind, VenueProblem } from './execution-gateway.ts';
import { ForcedClosures } from './forced-closures.ts';
import { ForeignActivity } from './foreign-activity.ts';
import { FundingBooker } from './funding-booker.ts';
import { LeverageDesk } from './leverage-desk.ts';
import { knownOrder, newOrder, type LiveOrder } from './live-order.ts';
import { OrderBook } from './order-book.ts';
import { acceptableUntil, OrderDesk } from './order-desk.ts';
import { UserEvents } from './user-events.ts';
import { UserStream } from './user-stream.ts';
import { VenueOrders } from './venue-orders.ts';

/** What the connection lends to a gateway. */
export interface GatewayParts {
  readonly exchange: CcxtExchange;
  readonly rest: BinanceRest;
  readonly streamUrl: string;
  readonly backoff: Backoff;
  readonly recvWindow: number;
  readonly listenKeyRefreshMs: number;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** How long requests under way are waited for at the end, ms. */
const STOP_GRACE_MS = 2000;

/** A session's orders at Binance USDⓈ-M. */
export class BinanceGateway implements ExecutionGateway {
  readonly #options: GatewayOptions;
  readonly #parts: GatewayParts;
  readonly #stop = new AbortController();
  readonly #activity: Activity;
  readonly #book: OrderBook;
  readonly #desk: OrderDesk;
  readonly #venue: VenueOrders;
  readonly #stream: UserStream;
  readonly #funding: FundingBooker;
  readonly #events: UserEvents;
  readonly #closures: ForcedClosures;
  readonly #leverage: LeverageDesk;
  readonly #sides: Sides;
  /** Children that were woken go to the venue one after the other, by instrument. */
  readonly #roused: Promise<void>[];
  readonly #startedUntil: number;
  /** Whose turn it is to have its orders asked for, whatever is known of them. */
  #checks = 0;
  /** Orders that `send` was given. */
  readonly #submitted = new Set<OrderId>();
  #received = 0;
  #handled = 0;
  #isStarted = false;
  #isStopped = false;

  constructor(options: GatewayOptions, parts: GatewayParts) {
    checkSessionTag(options.sessionTag);
    this.#options = options;
    this.#parts = parts;
    const { instruments } = options;
    // What is said after the end would find nobody who could write it down; it is asked for at the next start.
    const onFact = (fact: Fact): void => {
      if (!this.#isStopped) options.onFact(fact);
    };
    const { signal } = this.#stop;
    const { rest, backoff, recvWindow } = parts;
    // What an earlier process sent can be accepted until its receive window has passed.
    this.#startedUntil = acceptableUntil(recvWindow);
    this.#roused = instruments.map(() => Promise.resolve());
    this.#activity = new Activity(() => this.#quiet());
    const onProblem = (problem: VenueProblem): void => options.onProblem(problem);
    const venue = new VenueOrders(rest, parts.env);
    this.#venue = venue;
    this.#book = new OrderBook(instruments, {
      onFact,
      onProblem,
      onConsequence: (consequence) => this.#follow(consequence),
      onMissing: (order) => this.#background(() => this.#desk.catchUp(order)),
      causeAt: (instrument, time) => this.#closures.causeAt(instrument, time),
    });
    this.#closures = new ForcedClosures({ rest, book: this.#book, isIsolated: options.marginType === 'isolated', onProblem });
    this.#leverage = new LeverageDesk({ rest, instruments, backoff, signal, onFact, onProblem });
    this.#sides = options.hedgeMode === true ? ['long', 'short'] : ['both'];
    this.#desk = new OrderDesk({
      book: this.#book,
      venue,
      activity: this.#activity,
      backoff,
      recvWindow,
      signal,
      now: () => rest.now(),
      isTooLate: options.isTooLate ?? (() => false),
      onProblem,
    });
    this.#funding = new FundingBooker({ rest, instruments, backoff, signal, onFact, onProblem });
    this.#events = new UserEvents({
      instruments,
      sessionTag: options.sessionTag,
      book: this.#book,
      desk: this.#desk,
      foreign: new ForeignActivity(this.#book, venue, onProblem),
      closures: this.#closures,
      leverage: this.#leverage,
      funding: this.#funding,
      background: (work) => this.#background(work),
      time: (ts) => this.#time(ts),
      onProblem,
    });
    this.#stream = new UserStream({
      exchange: parts.exchange,
      rest,
      streamUrl: parts.streamUrl,
      backoff,
      refreshMs: parts.listenKeyRefreshMs,
      signal,
      onEvent: (event) => this.#receive(event),
      onState: (state) => this.#connection(state),
      onRefused: (error) => this.#problem(error),
      onDamage: (message) => onProblem({ kind: 'disagreement', message }),
    });
  }

  get lastEventTime(): number {
    return this.#handled;
  }

  /** Whether a message came over the user stream; then it is taken in. */
  takes(client: CcxtClient, message: unknown): boolean {
    if (!this.#stream.owns(client)) return false;
    this.#stream.receive(message);
    return true;
  }

  start(known: KnownAccount): Promise<void> {
    return this.#loudly(async () => {
      await this.#parts.rest.syncTime();
      this.#leverage.know(await prepareAccount(this.#parts.rest, this.#options, known.leverage));
      this.#book.setPositions(known.positions);
      this.#closures.know(known);
      this.#funding.know(known);
      for (const order of known.orders) {
        const instrument = this.#instrument(order.command.instrument);
        this.#book.add(knownOrder(this.#options.sessionTag, instrument, order, this.#startedUntil));
      }
      await this.#stream.start();
      this.#isStarted = true;
      await this.#settleKnown(known.orders);
      await this.#reconcile();
    });
  }

  send(command: OutboundCommand): Promise<void> {
    return this.#loudly(async () => {
      switch (command.type) {
        case 'SubmitOrder':
          return await this.#submit(command);
        case 'CancelOrder':
          return await this.#cancel(command);
        case 'AmendOrder':
          return await this.#amend(command);
        case 'SetLeverage':
          return await this.#leverage.set(this.#instrument(command.instrument), command, this.#time(command.ts));
        default:
          throw new TypeError(`unknown command ${String(command satisfies never)}`);
      }
    });
  }

  reconcile(): Promise<void> {
    return this.#loudly(() => this.#reconcile());
  }

  check(): Promise<boolean> {
    return this.#loudly(async () => {
      const { instruments } = this.#options;
      this.#checks += 1;
      const seen = await glanceAtAccount(this.#parts.rest, this.#book, instruments, this.#sides, this.#checks);
      if (this.#agrees(seen)) return true;
      await this.#closures.reconcile(seen.apart);
      await this.#refreshAll();
      return this.#agrees(await this.#compare());
    });
  }

  idle(): Promise<void> {
    return this.#activity.idle();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#stream.stop();
    const quiet = new AbortController();
    await Promise.race([this.#activity.idle(), wait(STOP_GRACE_MS, quiet.signal)]);
    quiet.abort();
    this.#isStopped = true;
  }

  async #submit(command: SubmitOrder): Promise<void> {
    // A market order that has filled leaves its client id free, so the venue would take it twice.
    if (this.#submitted.has(command.orderId)) {
      throw new VenueError('halt', `order ${command.orderId} was to be sent a second time`, { problem: 'disagreement' });
    }
    this.#submitted.add(command.orderId);
    const order = newOrder(this.#options.sessionTag, this.#instrument(command.instrument), command);
    this.#book.add(order);
    const { instrument, parent } = command;
    // A parent that the venue fills at once has filled before its children come.
    const mayWake = parent !== null && (this.#book.find(instrument, parent)?.tracker.filled ?? 1) > 0;
    if (mayWake) await this.#wakeLate(order, parent);
    else if (!order.isAsleep) await this.#desk.submit(order);
  }

  async #cancel({ instrument, orderId, ts }: CancelOrder): Promise<void> {
    const order = this.#book.find(instrument, orderId);
    if (order === undefined) return;
    if (order.isAsleep) this.#book.drop(order, 'requested', ts);
    else await this.#desk.cancel(order, 'requested', this.#time(ts));
  }

  async #amend(command: AmendOrder): Promise<void> {
    const order = this.#book.find(command.instrument, command.orderId);
    if (order !== undefined) await this.#desk.amend(order, command, this.#time(command.ts));
  }

  /** Parents before children, because what became of a parent decides about its children. */
  async #settleKnown(known: readonly KnownOrder[]): Promise<void> {
    for (const { command, isAccepted } of known) {
      const order = this.#book.find(command.instrument, command.orderId);
      if (order === undefined || order.isAsleep) continue;
      await (isAccepted ? this.#desk.refresh(order, this.#time(command.ts)) : this.#desk.submit(order));
    }
    for (const { command } of known) {
      const order = this.#book.find(command.instrument, command.orderId);
      if (order?.isAsleep !== true || command.parent === null) continue;
      if (this.#book.find(command.instrument, command.parent) === undefined) await this.#wakeLate(order, command.parent);
    }
    await Promise.all(this.#roused);
  }

  /** A child whose parent has filled or ended before: it works if there is something left to guard. */
  async #wakeLate(order: LiveOrder, parent: OrderId): Promise<void> {
    const { instrument, command } = order;
    const isParentOpen = this.#book.find(instrument.id, parent) !== undefined;
    const filled =
      this.#book.filledBy(instrument.id, parent) ??
      (await this.#venue.filledBy(instrument, clientOrderId(this.#options.sessionTag, parent)));
    if (order.isEnded || !order.isAsleep) return;
    order.isAsleep = false;
    if (filled === 0) order.cancelReason = 'parent_gone';
    else if (this.#book.position(instrument.id, order.positionSide) === 0) order.cancelReason = 'position_closed';
    if (filled > 0 && !isParentOpen) order.qty = Math.min(command.qty, filled) as Lots;
    await this.#desk.submit(order);
    if (!order.isEnded && order.cancelReason !== null) await this.#desk.cancel(order, order.cancelReason, this.#time(command.ts));
  }

  /** Where all orders at the venue stand. */
  async #refreshAll(): Promise<void> {
    const working = this.#book.all().filter((order) => !order.isAsleep && order.tracker.isAccepted);
    await Promise.all(working.map((order) => this.#desk.refresh(order, this.#time(order.command.ts))));
    await Promise.all(this.#roused);
  }

  #compare(): Promise<Discrepancies> {
    return compareAccount(this.#parts.rest, this.#book, this.#options.instruments, this.#sides);
  }
  #agrees({ messages }: Discrepancies): boolean {
    if (messages.length > 0) return false;
    this.#closures.agreed(this.#parts.rest.now());
    return true;
  }

  /** What differs although the orders were asked about in between: an answer may have crossed a message under way. */
  async #discrepancies(): Promise<readonly string[]> {
    const first = await this.#compare();
    if (this.#agrees(first)) return [];
    await this.#closures.reconcile(first.apart);
    await this.#refreshAll();
    const { messages } = await this.#compare();
    return messages;
  }

  /** What the venue closed by itself comes before the orders that it took back with it. */
  async #reconcile(): Promise<void> {
    const { apart } = await compareHoldings(this.#parts.rest, this.#book, this.#options.instruments, this.#sides);
    await this.#closures.reconcile(apart);
    await this.#refreshAll();
    await this.#funding.reconcile();
    for (const message of await this.#discrepancies()) this.#options.onProblem({ kind: 'foreign_activity', message });
  }

  #receive(event: UserEvent): void {
    this.#received = Math.max(this.#received, event.eventTime);
    try {
      this.#events.handle(event);
    } catch (error) {
      this.#problem(error);
    }
    if (this.#activity.isQuiet) this.#quiet();
  }

  #quiet(): void {
    if (this.#received === this.#handled) return;
    this.#handled = this.#received;
    if (!this.#isStopped) this.#options.onHandled?.(this.#handled);
  }

  #follow(consequence: Consequence): void {
    const { order } = consequence;
    if (consequence.kind === 'cancel') {
      this.#background(() => this.#desk.cancel(order, consequence.reason, this.#time(order.command.ts)));
      return;
    }
    const { tracker } = consequence.parent;
    if (tracker.isEnded) order.qty = Math.min(order.command.qty, tracker.filled) as Lots;
    const { id } = order.instrument;
    const turn = this.#roused[id] ?? Promise.resolve();
    const next = turn.then(() => this.#desk.submit(order));
    this.#roused[id] = next.catch(() => {});
    this.#background(() => next);
  }

  #connection(state: 'up' | 'down'): void {
    this.#options.onConnection?.(state);
    // What was said meanwhile is not said again.
    if (state === 'up' && this.#isStarted) this.#background(() => this.#reconcile());
  }

  /** Newest time that the venue has told, or that of the order: ms UTC. */
  #time(ts: EpochMs): EpochMs {
    return Math.max(this.#received, ts) as EpochMs;
  }
  #instrument(id: InstrumentId): Instrument {
    const instrument = this.#options.instruments[id];
    if (instrument === undefined) throw new RangeError(`instrument ${id} is not one of the run's`);
    return instrument;
  }

  /** Work that nobody waits for but `idle`. */
  #background(work: () => Promise<void>): void {
    void this.#activity.run(work).catch((error: unknown) => this.#problem(error));
  }
  /** Work that somebody waits for: a problem is said and thrown. */
  async #loudly<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await this.#activity.run(work);
    } catch (error) {
      if (error instanceof VenueError && error.kind === 'halt') this.#problem(error);
      throw error;
    }
  }
  #problem(error: unknown): void {
    if (this.#stop.signal.aborted) return;
    this.#options.onProblem({ kind: kindOf(error), message: error instanceof Error ? error.message : String(error) });
  }
}

function kindOf(error: unknown): ProblemKind {
  if (!(error instanceof VenueError)) return 'disagreement';
  return error.problem ?? 'unreachable';
}
