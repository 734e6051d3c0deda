import {
  InvariantError,
  type Fact,
  type FundingCharged,
  type Instrument,
  type Lots,
  type OrderCanceled,
  type OrderExpired,
  type OrderFilled,
  type OrderId,
  type OrderRejected,
  type Sats,
} from '@orrery/core';
import type { Account } from './account.ts';
import { AlgoLife } from './algo-life.ts';
import { ForcedOrders } from './forced-orders.ts';
import type { MarketBoard } from './market-board.ts';
import type { OrderBook } from './order-book.ts';
import { hasEnded, type AlgoRecord, type OrderRecord, type TradeRecord } from './order-records.ts';
import {
  clearanceAccountUpdate,
  fundingAccountUpdate,
  leverageUpdate,
  orderUpdate,
  tradeAccountUpdate,
  type ExpiryReason,
  type UserEventBody,
} from './user-events.ts';

/** What the teller works on. */
export interface TellerParts {
  readonly board: MarketBoard;
  readonly book: OrderBook;
  readonly account: Account;
  /** ACCOUNT_UPDATE leaves before the ORDER_TRADE_UPDATE of the same fill. */
  readonly isAccountFirst: boolean;
  readonly announce: (body: UserEventBody) => void;
}

/** Applies what the simulated venue says to the venue's records, and tells the user stream of it. */
export class FactTeller {
  readonly #parts: TellerParts;
  readonly #algos: AlgoLife;
  readonly #forced: ForcedOrders;
  /** Orders that the simulated venue took back as siblings or exits of others, which the venue does not: they stay open here. */
  readonly orphaned: Map<OrderId, OrderRecord | AlgoRecord> = new Map();

  constructor(parts: TellerParts) {
    this.#parts = parts;
    this.#algos = new AlgoLife(parts);
    this.#forced = new ForcedOrders(parts);
  }

  get algos(): AlgoLife {
    return this.#algos;
  }

  /** Tells what happened, in its order. */
  tell(facts: readonly Fact[]): void {
    for (const [k, fact] of facts.entries()) this.#apply(fact, facts.slice(k));
  }

  #apply(fact: Fact, rest: readonly Fact[]): void {
    switch (fact.type) {
      case 'OrderFilled':
        this.#fill(fact);
        return;
      case 'OrderExpired':
        this.#expire(fact);
        return;
      case 'OrderCanceled':
        if (fact.reason === 'liquidation' || fact.reason === 'delisted') this.#forced.foresee(rest);
        this.#cancel(fact);
        return;
      case 'FundingCharged':
        this.#fund(fact);
        return;
      case 'PositionLiquidated': {
        this.#forced.foresee(rest);
        const order = this.#forced.next(fact);
        const realized = this.#parts.account.liquidate(this.#instrument(fact), fact);
        const { instrument: id, fee, absorbed } = fact;
        // One number for both: what the insurance fund took over is a fee that is received.
        this.#trade(order, 'CALCULATED', fact, { fee: (fee - absorbed) as Sats, realized, isMaker: false });
        for (const amount of [-fee, absorbed]) if (amount !== 0) this.#note('INSURANCE_CLEAR', id, amount, fact.ts);
        if (fee !== absorbed) this.#parts.announce(clearanceAccountUpdate(this.#parts.account, absorbed - fee, fact.ts));
        return;
      }
      case 'OrderRejected':
        this.#reject(fact);
        return;
      case 'OrderAmended': {
        const order = this.#orderOf(fact.orderId);
        order.quantity = fact.qty;
        order.price = fact.price;
        order.updateTime = fact.ts;
        this.#parts.announce(orderUpdate(this.#instrument(fact), order, 'AMENDMENT', fact.ts));
        return;
      }
      case 'LeverageChanged':
        this.#parts.announce(leverageUpdate(this.#instrument(fact), fact.leverage, fact.ts));
        return;
      // Told when the order was placed, or in the answer to the request.
      case 'OrderAccepted':
      case 'AmendRejected':
      case 'LeverageRejected':
      case 'TimerFired':
      case 'PredictionReady':
      case 'PredictionFailed':
        return;
      default:
        throw new InvariantError(`unknown fact ${String(fact satisfies never)}`);
    }
  }

  #fill(fact: OrderFilled): void {
    const { account, board } = this.#parts;
    const record = this.#record(fact.orderId);
    const instrument = this.#instrument(fact);
    board.noteFill(fact.instrument, fact.reference);
    const order = record.kind === 'algo' ? this.#algos.trigger(record, fact) : record;
    const realized = account.fill(instrument, order.positionSide, fact);
    this.#trade(order, 'TRADE', fact, { fee: fact.fee, realized, isMaker: fact.isMaker });
    if (record.kind === 'algo' && fact.isDone) this.#algos.end(record, 'FINISHED', fact.ts);
  }

  /** Books an execution on its order, and tells of it. */
  #trade(
    order: OrderRecord,
    execution: 'TRADE' | 'CALCULATED',
    { ts, qty, price, isDone = true }: Pick<OrderFilled, 'ts' | 'qty' | 'price'> & { readonly isDone?: boolean },
    { fee, realized, isMaker }: Pick<TradeRecord, 'fee' | 'realized' | 'isMaker'>,
  ): void {
    const { book, account, board, announce, isAccountFirst } = this.#parts;
    const instrument = board.instruments[order.instrument];
    const lots = Math.abs(qty) as Lots;
    order.executed = (order.executed + lots) as Lots;
    order.executedValue = (order.executedValue + lots * price * instrument.tickLotSats) as Sats;
    // The venue cuts a reduce-only order to what there is to reduce.
    if (isDone) order.quantity = order.executed;
    order.status = isDone ? 'FILLED' : 'PARTIALLY_FILLED';
    order.updateTime = ts;
    account.updateTime = ts;
    const trade: TradeRecord = { id: book.nextTradeId(), order, quantity: lots, price, fee, realized, isMaker, time: ts };
    book.trades.push(trade);
    if (realized !== 0) this.#note('REALIZED_PNL', order.instrument, realized, ts, trade);
    if (fee !== 0 && execution === 'TRADE') this.#note('COMMISSION', order.instrument, -fee, ts, trade);
    if (isDone) book.openOrders.delete(order);
    const events = [orderUpdate(instrument, order, execution, ts, trade), tradeAccountUpdate(account, instrument, order.positionSide, ts)];
    if (isAccountFirst) events.reverse();
    for (const event of events) announce(event);
  }
  #note(
    type: 'REALIZED_PNL' | 'COMMISSION' | 'INSURANCE_CLEAR',
    instrument: TradeRecord['order']['instrument'],
    amount: number,
    time: TradeRecord['time'],
    trade?: TradeRecord,
  ): void {
    const { book } = this.#parts;
    const tradeId = trade === undefined ? '' : String(trade.id);
    book.incomes.push({ id: book.nextIncomeId(), type, instrument, amount: amount as Sats, time, tradeId });
  }

  #expire({ orderId, ts, reason }: OrderExpired): void {
    const record = this.#record(orderId);
    if (record.kind === 'order') {
      const expiry = EXPIRIES[reason];
      this.#end(record, 'EXPIRED', ts, record.type === 'MARKET' && reason === 'not_filled' ? 9 : expiry);
      return;
    }
    if (reason === 'insufficient_margin' || reason === 'reduce_only') {
      if (record.child !== null) this.#end(record.child, 'EXPIRED', ts, 4);
      record.triggerTime = ts;
      record.rejectReason = reason === 'reduce_only' ? 'ReduceOnly Order is rejected.' : 'Margin is insufficient.';
      this.#algos.end(record, record.child === null ? 'REJECTED' : 'FINISHED', ts);
    } else if (reason === 'not_filled' || reason === 'take_bound' || record.child !== null) {
      // Its trigger was met, and what it placed found nothing.
      const { side, quantity } = record;
      const lots = Math.max(1, quantity);
      const child = record.child ?? this.#algos.place(record, (side === 'BUY' ? lots : -lots) as Lots, ts);
      this.#end(child, 'EXPIRED', ts, EXPIRIES[reason]);
      this.#algos.end(record, 'FINISHED', ts);
    } else this.#algos.end(record, 'EXPIRED', ts);
  }

  /** Its arrival was looked at when it was placed: an order that was under way, or whose candle came late. */
  #reject({ orderId, ts }: OrderRejected): void {
    const record = this.#record(orderId);
    if (hasEnded(record)) return;
    if (record.kind === 'order') this.#end(record, 'EXPIRED', ts, 0);
    else this.#algos.end(record, 'REJECTED', ts);
  }

  #cancel({ orderId, ts, reason }: OrderCanceled): void {
    const record = this.#record(orderId);
    if (hasEnded(record)) return;
    if (reason === 'other_filled' || reason === 'position_closed' || reason === 'parent_gone') {
      this.orphaned.set(orderId, record);
      return;
    }
    const isForced = reason === 'liquidation' || reason === 'delisted';
    this.close(record, isForced ? 'EXPIRED' : 'CANCELED', ts, reason === 'liquidation' ? 5 : reason === 'delisted' ? 7 : 0);
  }
  /** Ends an order that is open, or the conditional order together with what it has placed. */
  close(record: OrderRecord | AlgoRecord, status: 'CANCELED' | 'EXPIRED', ts: OrderCanceled['ts'], expiry: ExpiryReason = 0): void {
    this.orphaned.delete(record.simId);
    if (record.kind === 'order') {
      this.#end(record, status, ts, expiry);
      return;
    }
    if (record.child !== null && !hasEnded(record.child)) this.#end(record.child, status, ts, expiry);
    this.#algos.end(record, record.child === null ? status : 'FINISHED', ts);
  }

  #end(order: OrderRecord, status: 'CANCELED' | 'EXPIRED', at: OrderCanceled['ts'], expiry: ExpiryReason): void {
    const { book, board, announce } = this.#parts;
    order.status = status;
    order.updateTime = at;
    book.openOrders.delete(order);
    announce(orderUpdate(board.instruments[order.instrument], order, status, at, undefined, expiry));
  }

  #fund(fact: FundingCharged): void {
    const { account, book, announce } = this.#parts;
    const { instrument, amount, time } = fact;
    account.fund(fact);
    account.updateTime = time;
    book.incomes.push({ id: book.nextIncomeId(), type: 'FUNDING_FEE', instrument, amount, time, tradeId: '' });
    announce(fundingAccountUpdate(account, this.#instrument(fact), amount, time));
  }

  #record(orderId: OrderId): OrderRecord | AlgoRecord {
    const record = this.#parts.book.bySimId(orderId);
    if (record === undefined) throw new InvariantError(`a fact of the unknown order ${orderId}`);
    return record;
  }
  #orderOf(orderId: OrderId): OrderRecord {
    const record = this.#record(orderId);
    const order = record.kind === 'algo' ? record.child : record;
    if (order === null) throw new InvariantError(`order ${orderId} has not been placed`);
    return order;
  }
  #instrument({ instrument }: Pick<OrderFilled, 'instrument'>): Instrument {
    return this.#parts.board.instruments[instrument];
  }
}

const EXPIRIES: Readonly<Record<OrderExpired['reason'], ExpiryReason>> = {
  not_filled: 2,
  reduce_only: 4,
  venue: 0,
  good_till_date: 0,
  position_gone: 6,
  insufficient_margin: 0,
  take_bound: 9,
};
