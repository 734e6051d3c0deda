import type { EpochMs, Fact, Instrument, InstrumentId, Lots, OrderId, RejectReason } from '@orrery/core';
import { afterFill, orphans, type Consequence } from './contingencies.ts';
import type { VenueProblem } from './execution-gateway.ts';
import type { LiveOrder } from './live-order.ts';
import type { OrderReport, TrackedEvent, VenueTrade } from './order-tracker.ts';
import type { ReportedTrade } from './venue-reports.ts';

/** What the book tells. */
export interface BookListener {
  readonly onFact: (fact: Fact) => void;
  readonly onProblem: (problem: VenueProblem) => void;
  /** Something has to be done at the venue. */
  readonly onConsequence: (consequence: Consequence) => void;
  /** Trades are missing. */
  readonly onMissing: (order: LiveOrder) => void;
}

/** The session's open orders and positions as the facts that were handed over tell them. It waits for nothing. */
export class OrderBook {
  readonly #listener: BookListener;
  readonly #open: readonly Map<OrderId, LiveOrder>[];
  readonly #positions: number[];
  /** Lots that each order filled which has ended here. */
  readonly #ended = new Map<OrderId, number>();

  constructor(instruments: readonly Instrument[], listener: BookListener) {
    this.#listener = listener;
    this.#open = instruments.map(() => new Map());
    this.#positions = instruments.map(() => 0);
  }

  /** Signed lots. */
  position(id: InstrumentId): Lots {
    return (this.#positions[id] ?? 0) as Lots;
  }
  /** What the core holds when the gateway starts. */
  setPositions(positions: readonly Lots[]): void {
    for (const [id, lots] of positions.entries()) this.#positions[id] = lots;
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
  findByVenueId(id: InstrumentId, venueId: string): LiveOrder | undefined {
    return this.open(id).find((order) => order.venueId === venueId);
  }

  /** Takes in what is said of an order. */
  observe(order: LiveOrder, report: OrderReport & { readonly trade: VenueTrade | ReportedTrade | null }): void {
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
          this.drop(order, order.cancelReason ?? 'venue', event.time);
          break;
        case 'expired':
          this.#end(order, { type: 'OrderExpired', ...this.#head(order, event.time), reason: expiry(order, event) });
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
    const before = this.position(id);
    const after = (before + qty) as Lots;
    this.#positions[id] = after;
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
    this.#open[order.instrument.id]?.delete(order.command.orderId);
  }
  #orphan(order: LiveOrder, time: EpochMs): void {
    for (const child of orphans(order, this.open(order.instrument.id))) this.drop(child, 'parent_gone', time);
  }
}

/** A market or immediate order ends when nothing was on offer; a reduce-only one when there is nothing to reduce. */
function expiry({ command }: LiveOrder, event: Extract<TrackedEvent, { kind: 'expired' }>): 'not_filled' | 'reduce_only' | 'venue' {
  if (event.isReduceOnly) return 'reduce_only';
  return command.orderType === 'market' || command.timeInForce !== 'gtc' ? 'not_filled' : 'venue';
}
