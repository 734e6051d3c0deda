import type { EpochMs, Instrument } from '@orrery/core';
import type { UserEvent } from '../exchange/user-events.ts';
import { parseClientOrderId } from './client-order-id.ts';
import type { VenueProblem } from './execution-gateway.ts';
import type { ForcedClosures } from './forced-closures.ts';
import type { ForeignActivity } from './foreign-activity.ts';
import type { FundingBooker } from './funding-booker.ts';
import type { LeverageDesk } from './leverage-desk.ts';
import type { OrderBook } from './order-book.ts';
import type { OrderDesk } from './order-desk.ts';
import { reportOfAlgoUpdate, reportOfUpdate } from './venue-reports.ts';

/** Whom an event can be for. */
export interface EventParts {
  readonly instruments: readonly Instrument[];
  readonly sessionTag: string;
  readonly book: OrderBook;
  readonly desk: OrderDesk;
  readonly foreign: ForeignActivity;
  readonly closures: ForcedClosures;
  readonly leverage: LeverageDesk;
  readonly funding: FundingBooker;
  /** Starts work that nobody waits for but `idle`. */
  readonly background: (work: () => Promise<void>) => void;
  /** Newest time that the venue has told, or that of the order: ms UTC. */
  readonly time: (ts: EpochMs) => EpochMs;
  readonly onProblem: (problem: VenueProblem) => void;
}

/** Hands each event of the user stream to whom it concerns. Waits for nothing. */
export class UserEvents {
  readonly #parts: EventParts;
  readonly #bySymbol: ReadonlyMap<string, Instrument>;

  constructor(parts: EventParts) {
    this.#parts = parts;
    this.#bySymbol = new Map(parts.instruments.map((instrument) => [instrument.symbol, instrument]));
  }

  /** @throws RangeError for values that contradict the instrument's filters or what was told before */
  handle(event: UserEvent): void {
    switch (event.kind) {
      case 'order':
        this.#onOrder(event);
        return;
      case 'algo':
        this.#onAlgo(event);
        return;
      case 'account':
        if (event.reason === 'FUNDING_FEE') this.#parts.background(() => this.#parts.funding.announced());
        return;
      case 'margin_call':
        this.#onMarginCall(event);
        return;
      case 'leverage':
        this.#onLeverage(event);
        return;
      case 'assets_mode':
        if (event.isMultiAssets)
          this.#parts.onProblem({ kind: 'account', message: 'somebody else has switched the account to multi-assets mode' });
        return;
      case 'listen_key_expired':
      case 'other':
        return;
      default:
        throw new RangeError(`unknown event ${String(event satisfies never)}`);
    }
  }

  #onOrder({ order: update }: Extract<UserEvent, { kind: 'order' }>): void {
    const instrument = this.#bySymbol.get(update.symbol);
    if (instrument === undefined) return;
    const { id } = instrument;
    const taken = this.#parts.closures.take(instrument, update);
    if (taken === 'ask') this.#parts.background(() => this.#parts.closures.reconcile([instrument]));
    if (taken !== false) return;
    const orderId = parseClientOrderId(this.#parts.sessionTag, update.clientOrderId);
    const order = (orderId === null ? undefined : this.#parts.book.find(id, orderId)) ?? this.#parts.book.findByVenueId(id, update.orderId);
    if (order !== undefined) {
      order.venueId = update.orderId;
      order.mayExist = false;
      this.#parts.book.observe(order, reportOfUpdate(instrument, update));
    } else if (orderId === null) {
      this.#parts.background(async () => {
        const owner = await this.#parts.foreign.report(instrument, update);
        if (owner !== null) this.#parts.book.observe(owner, reportOfUpdate(instrument, update));
      });
    }
  }

  #onAlgo({ order: update, time }: Extract<UserEvent, { kind: 'algo' }>): void {
    const instrument = this.#bySymbol.get(update.symbol);
    if (instrument === undefined) return;
    const orderId = parseClientOrderId(this.#parts.sessionTag, update.clientAlgoId);
    if (orderId === null) {
      if (update.status === 'NEW') this.#parts.foreign.say(`${update.symbol}: order ${update.clientAlgoId} was placed by somebody else`);
      return;
    }
    const order = this.#parts.book.find(instrument.id, orderId);
    if (order === undefined || order.route !== 'algo') return;
    order.mayExist = false;
    if (update.actualOrderId !== '' && update.actualOrderId !== '0') order.venueId = update.actualOrderId;
    const report = reportOfAlgoUpdate(instrument, update, time);
    if (report === null) this.#parts.background(() => this.#parts.desk.refresh(order, this.#parts.time(order.command.ts)));
    else this.#parts.book.observe(order, report);
  }

  #onMarginCall({ positions, eventTime }: Extract<UserEvent, { kind: 'margin_call' }>): void {
    for (const { symbol, markPrice } of positions) if (markPrice !== null) this.#parts.closures.noteMark(symbol, markPrice, eventTime);
    const symbols = positions.map(({ symbol }) => symbol).join(', ');
    this.#parts.onProblem({ kind: 'margin_call', message: `the venue warns of a liquidation: ${symbols}` });
  }
  #onLeverage({ symbol, leverage }: Extract<UserEvent, { kind: 'leverage' }>): void {
    const instrument = this.#bySymbol.get(symbol);
    if (instrument !== undefined) this.#parts.background(() => this.#parts.leverage.noticed(instrument, leverage));
  }
}
