import {
  slotOf,
  type AmendReason,
  type EpochMs,
  type Fact,
  type Instrument,
  type InstrumentId,
  type Lots,
  type OrderId,
  type PositionLiquidated,
  type PositionSide,
  type RejectReason,
} from '@orrery/core';
import { afterClosing, afterFill, orphans, type Consequence } from './contingencies.ts';
import type { VenueProblem } from './execution-gateway.ts';
import { limitKey, type LiveOrder } from './live-order.ts';
import { endOf } from './order-end.ts';
import type { EndCause, LimitTerms, OrderReport, TrackedEvent, VenueTrade } from './order-tracker.ts';
import type { ReportedTrade } from './venue-reports.ts';

/** What the book tells. */
export interface BookListener {
  readonly onFact: (fact: Fact) => void;
  readonly onProblem: (problem: VenueProblem) => void;
  /** Something has to be done at the venue. */
  readonly onConsequence: (consequence: Consequence) => void;
  /** Trades are missing. */
  readonly onMissing: (order: LiveOrder) => void;
  /** What the venue did by itself to that symbol at about that time, which the report of an order's end may not say; null: nothing. */
  readonly causeAt: (instrument: Instrument, time: EpochMs) => EndCause | null;
}

/** The session's open orders and positions as the facts that were handed over tell them. It waits for nothing. */
export class OrderBook {
  readonly #listener: BookListener;
  readonly #open: readonly Map<OrderId, LiveOrder>[];
  /** By slot (POS-1). */
  readonly #positions: Float64Array;
  /** Lots that each order filled which has ended here. */
  readonly #ended = new Map<OrderId, number>();
  /** Instrument and id at the venue of those orders. */
  readonly #endedIds = new Set<string>();

  constructor(instruments: readonly Instrument[], listener: BookListener) {
    this.#listener = listener;
    this.#open = instruments.map(() => new Map());
    this.#positions = new Float64Array(2 * instruments.length);
  }

  /** Signed lots. */
  position(id: InstrumentId, side: PositionSide): Lots {
    return (this.#positions[slotOf(id, side, this.#open.length)] ?? 0) as Lots;
  }
  /** What the core holds when the gateway starts, by slot. */
  setPositions(positions: readonly Lots[]): void {
    this.#positions.set(positions);
  }
  /** Open orders of an instrument by their ids. */
  open(id: InstrumentId): readonly LiveOrder[] {
    return [...(this.#open[id]?.values() ?? [])].sort((a, b) => a.command.orderId - b.command.orderId);
  }
  all(): readonly LiveOrder[] {
    return this.#open.flatMap((_, id) => this.open(id as InstrumentId));
  }
  add(order: LiveOrder): void {
    this.#open[order.instrument.id]?.set(order.command.orderId, order);
  }
  find(id: InstrumentId, orderId: OrderId): LiveOrder | undefined {
    return this.#open[id]?.get(orderId);
  }
  /** Lots that an order has filled; null when it is not known of here. */
  filledBy(id: InstrumentId, orderId: OrderId): number | null {
    return this.find(id, orderId)?.tracker.filled ?? this.#ended.get(orderId) ?? null;
  }
  /** Whether an order of the session has, or had, this id at the venue. */
  knowsVenueId(id: InstrumentId, venueId: string): boolean {
    return this.#endedIds.has(`${id}:${venueId}`) || this.findByVenueId(id, venueId) !== undefined;
  }
  findByVenueId(id: InstrumentId, venueId: string): LiveOrder | undefined {
    return this.open(id).find((order) => order.venueId === venueId);
  }

  /** Takes in what is said of an order. */
  observe(order: LiveOrder, report: OrderReport & { readonly trade: VenueTrade | ReportedTrade | null }): void {
    if (report.limit !== null) this.#noticeLimit(order, report.limit, report);
    this.#apply(order, order.tracker.report(report));
    if (order.tracker.missing > 0) this.#listener.onMissing(order);
  }
  /** Takes in all trades of an order. @throws RangeError when they contradict what was handed over */
  observeTrades(order: LiveOrder, trades: readonly VenueTrade[]): void {
    this.#apply(order, order.tracker.trades(trades));
  }

  /** Ends an order that never got to the venue, or was refused by it. */
  reject(order: LiveOrder, reason: RejectReason): void {
    this.#end(order, { type: 'OrderRejected', ...this.#head(order, order.command.ts), reason });
  }
  /** Ends an order that sleeps, or was never sent. */
  drop(order: LiveOrder, reason: NonNullable<LiveOrder['cancelReason']>, time: EpochMs): void {
    this.#end(order, { type: 'OrderCanceled', ...this.#head(order, time), reason });
  }
  /** Ends an order that the venue no longer knows. */
  forget(order: LiveOrder, time: EpochMs): void {
    this.#end(order, { type: 'OrderExpired', ...this.#head(order, time), reason: 'venue' });
  }

  /** The order has other terms from now on. */
  amended(order: LiveOrder, { qty, price }: LimitTerms, time: EpochMs): void {
    order.amending = null;
    order.tracker.isAmending = false;
    order.tracker.amend(qty);
    order.command = { ...order.command, qty, price };
    order.qty = qty;
    order.limits.add(limitKey({ qty, price }));
    this.#listener.onFact({ type: 'OrderAmended', ...this.#head(order, time), qty, price });
  }
  /** It stands as it was. */
  refuseAmendment(order: LiveOrder, reason: AmendReason, time: EpochMs): void {
    order.amending = null;
    order.tracker.isAmending = false;
    this.#listener.onFact({ type: 'AmendRejected', ...this.#head(order, time), reason });
  }

  /** Books what the venue closed by itself; exits of a position that is no more go. */
  liquidated(instrument: Instrument, fact: PositionLiquidated): void {
    const { positionSide, qty, cause, ts } = fact;
    const before = this.position(instrument.id, positionSide);
    const after = (before + qty) as Lots;
    this.#positions[slotOf(instrument.id, positionSide, this.#open.length)] = after;
    this.#listener.onFact(fact);
    const reason = cause === 'margin' ? 'liquidation' : cause === 'delisting' ? 'delisted' : 'position_closed';
    for (const consequence of afterClosing(positionSide, this.open(instrument.id), before, after, reason)) this.#follow(consequence, ts);
  }

  /** Sees whether the order has come to stand otherwise: by the amendment under way, or by somebody else's hand. */
  #noticeLimit(order: LiveOrder, limit: LimitTerms, { status, time, isAmendment }: OrderReport): void {
    const { command, amending } = order;
    if (command.orderType !== 'limit' || order.isEnded || status === 'canceled' || status === 'expired') return;
    if (limitKey(limit) === limitKey({ ...limit, qty: command.qty, price: command.price ?? limit.price })) return;
    if (amending !== null && limitKey(limit) === limitKey(amending)) this.amended(order, limit, time);
    else if (isAmendment && !order.limits.has(limitKey(limit))) {
      const message = `${order.instrument.symbol}: order ${order.clientId} was changed by somebody else`;
      this.#listener.onProblem({ kind: 'foreign_activity', message });
      this.amended(order, limit, time);
    } else order.tracker.isAmending = true;
  }

  #head({ command }: LiveOrder, ts: EpochMs): Pick<Extract<Fact, { orderId: OrderId }>, 'ts' | 'instrument' | 'orderId'> {
    return { ts, instrument: command.instrument, orderId: command.orderId };
  }

  #apply(order: LiveOrder, events: readonly TrackedEvent[]): void {
    for (const event of events) {
      if (order.isEnded) return;
      switch (event.kind) {
        case 'accepted':
          this.#listener.onFact({ type: 'OrderAccepted', ...this.#head(order, event.time) });
          break;
        case 'filled':
          this.#fill(order, event);
          break;
        case 'canceled':
        case 'expired':
          this.#end(order, endOf(order, event, this.#head(order, event.time), this.#listener.causeAt(order.instrument, event.time)));
          break;
        default:
          throw new RangeError(`unknown event ${String(event satisfies never)}`);
      }
    }
  }

  #fill(order: LiveOrder, event: Extract<TrackedEvent, { kind: 'filled' }>): void {
    const { id } = order.instrument;
    const { trade, ordinal, isDone } = event;
    const qty = (order.command.side === 'buy' ? trade.qty : -trade.qty) as Lots;
    const before = this.position(id, order.positionSide);
    const after = (before + qty) as Lots;
    this.#positions[slotOf(id, order.positionSide, this.#open.length)] = after;
    if (isDone) this.#remove(order);
    this.#listener.onFact({
      type: 'OrderFilled',
      ...this.#head(order, trade.time),
      fill: ordinal,
      qty,
      price: trade.price,
      reference: trade.price,
      fee: trade.fee,
      isMaker: trade.isMaker,
      isDone,
    });
    const foreignFee = 'foreignFee' in trade ? (trade as ReportedTrade).foreignFee : null;
    if (foreignFee !== null) {
      const message = `order ${order.clientId} paid ${foreignFee} as its fee, which cannot be booked in USDT; switch off paying fees in another asset`;
      this.#listener.onProblem({ kind: 'account', message });
    }
    for (const consequence of afterFill(order, this.open(id), before, after)) this.#follow(consequence, trade.time);
    if (isDone) this.#orphan(order, trade.time);
  }

  #follow(consequence: Consequence, time: EpochMs): void {
    const { order, kind } = consequence;
    if (order.isEnded) return;
    if (kind === 'cancel' && order.isAsleep) {
      this.drop(order, consequence.reason, time);
      return;
    }
    if (kind === 'rouse') order.isAsleep = false;
    else {
      if (order.cancelReason !== null) return;
      order.cancelReason = consequence.reason;
    }
    this.#listener.onConsequence(consequence);
  }

  #end(order: LiveOrder, fact: Fact): void {
    if (order.isEnded) return;
    this.#remove(order);
    this.#listener.onFact(fact);
    this.#orphan(order, fact.ts);
  }
  #remove(order: LiveOrder): void {
    order.isEnded = true;
    this.#ended.set(order.command.orderId, order.tracker.filled);
    if (order.venueId !== null) this.#endedIds.add(`${order.instrument.id}:${order.venueId}`);
    this.#open[order.instrument.id]?.delete(order.command.orderId);
  }
  #orphan(order: LiveOrder, time: EpochMs): void {
    for (const child of orphans(order, this.open(order.instrument.id))) this.drop(child, 'parent_gone', time);
  }
}
