import {
  InvariantError,
  parseSats,
  PLAIN_VENUE,
  Queue,
  rateFromBps,
  SimVenue,
  type EpochMs,
  type Fact,
  type FundingCharged,
  type InstrumentId,
  type Lots,
  type OrderExpired,
  type OrderFilled,
  type SubmitOrder,
} from '@orrery/core';
import type { EmulatorOptions } from '../options.ts';
import { Account } from './account.ts';
import { MarketBoard } from './market-board.ts';
import { OrderBook } from './order-book.ts';
import type { AlgoRecord, OrderRecord, TradeRecord } from './order-records.ts';
import { remainderOf } from './remainder.ts';
import {
  algoUpdate,
  fundingAccountUpdate,
  orderUpdate,
  tradeAccountUpdate,
  type ExpiryReason,
  type UserEvent,
  type UserEventBody,
} from './user-events.ts';

/**
 * The venue behind the sockets: the core's simulated venue and ledger, and the records that the venue's clients see of them.
 * A frame goes `enter`, perhaps `matchExits`, then `show`; between a frame's entering and its showing new orders wait for the
 * next candle, but for the exits of a position that was opened in this one.
 */
export class Exchange {
  readonly board: MarketBoard;
  readonly book: OrderBook;
  readonly account: Account;
  /** E of the last event of the user data stream; 0 before the first. */
  lastEventTime = 0;
  readonly #venue: SimVenue;
  readonly #facts: Queue<Fact> = new Queue();
  readonly #emit: (event: UserEvent) => void;
  readonly #accountFirst: boolean;
  /** Orders that arrived while a candle was being matched; null outside of that. */
  #held: SubmitOrder[] | null = null;
  #frame = -1;
  /** Instruments with a fill in the candle, and that fill. */
  readonly #filled: Map<InstrumentId, OrderFilled> = new Map();
  /** Instruments that have new exits to match over the candle once more. */
  readonly #exits: Set<InstrumentId> = new Set();

  constructor(options: EmulatorOptions, emit: (event: UserEvent) => void) {
    const { market, fills, slippageBps } = options;
    this.board = new MarketBoard(market, options.interval, options.makerFeeBps, options.takerFeeBps);
    this.book = new OrderBook();
    this.account = new Account(this.board, this.book, options.startEquity);
    this.#venue = new SimVenue(
      { instruments: this.board.instruments, tapes: market.tapes, funding: market.funding },
      { ...PLAIN_VENUE, fills, slippage: rateFromBps(slippageBps), startWallet: parseSats(options.startEquity) },
    );
    this.#emit = emit;
    this.#accountFirst = options.settings?.accountBeforeOrder === true;
  }

  /** Takes an order that has passed every check. Returns when it is on the book or waits for the next candle. */
  submit(command: SubmitOrder): void {
    const { instrument } = command;
    const isExit = command.reduceOnly && command.trigger !== null && this.#filled.has(instrument);
    if (this.#held !== null && !isExit) {
      this.#held.push(command);
      return;
    }
    if (this.#held !== null) this.#exits.add(instrument);
    this.#venue.handle(command, this.#facts);
    this.#settle();
  }
  /** Takes an open order off the book. */
  withdraw(record: OrderRecord | AlgoRecord): void {
    const { simId, instrument } = record;
    if (this.#held !== null) this.#held = this.#held.filter(({ orderId }) => orderId !== simId);
    this.#venue.handle({ type: 'CancelOrder', ts: this.board.now, instrument, orderId: simId }, this.#facts);
    this.#settle();
  }
  /** Stamps an event and sends it. */
  announce(body: UserEventBody): void {
    this.lastEventTime = Math.max(this.lastEventTime + 1, body.T);
    const { e, ...rest } = body;
    this.#emit({ e, E: this.lastEventTime, ...rest });
  }

  /** What happens inside the candles of a frame. Returns whether anything was told. */
  enter(frame: number): boolean {
    const before = this.lastEventTime;
    this.#frame = frame;
    this.#held = [];
    this.board.enter(frame);
    for (const { instrument, row } of this.board.rowsOf(frame)) {
      const tape = this.board.tape(instrument);
      if (this.#venue.wake[instrument] <= tape.closeTs[row]) this.#venue.match(tape, row, this.#facts);
      this.#settle();
    }
    return this.lastEventTime !== before;
  }
  /** Walks the candle once more for exits that answered a fill in it; afterwards everything new waits for the next one. */
  matchExits(): boolean {
    const before = this.lastEventTime;
    for (const { instrument, row } of this.board.rowsOf(this.#frame)) {
      const fill = this.#filled.get(instrument);
      if (fill === undefined || !this.#exits.has(instrument)) continue;
      const rest = remainderOf(this.board.instruments[instrument], this.board.tape(instrument), row, fill);
      this.#venue.match(rest.tape, rest.row, this.#facts);
      this.#settle();
    }
    this.#exits.clear();
    this.#filled.clear();
    return this.lastEventTime !== before;
  }
  /** The frame closes for everybody, and what waited goes on the book. */
  show(frame: number): void {
    this.#filled.clear();
    this.#exits.clear();
    this.board.show(frame);
    for (const command of this.#held ?? []) this.#venue.handle(command, this.#facts);
    this.#held = null;
    this.#settle();
  }
  /** Lets history pass before anybody has come. */
  skip(frames: number): void {
    for (let frame = 0; frame < Math.min(frames, this.board.framesTotal); frame++) {
      this.enter(frame);
      this.show(frame);
    }
  }

  #settle(): void {
    while (this.#facts.size !== 0) this.#apply(this.#facts.shift());
    for (const algo of this.book.openAlgos) {
      if (algo.closePosition && this.#filled.has(algo.instrument) && this.account.position(algo.instrument) === 0) this.#endCloser(algo);
    }
  }
  #apply(fact: Fact): void {
    switch (fact.type) {
      case 'OrderFilled':
        this.#fill(fact);
        return;
      case 'OrderExpired':
        this.#expire(fact);
        return;
      case 'FundingCharged':
        this.#fund(fact);
        return;
      case 'OrderRejected': {
        // Its arrival was looked at when it was placed, so this is an order whose candle came late.
        const record = this.book.bySimId(fact.orderId);
        if (record?.kind === 'order') this.#expireOrder(record, fact.ts, 0);
        return;
      }
      // Told when the order was placed or cancelled.
      case 'OrderAccepted':
      case 'OrderCanceled':
      case 'PositionLiquidated':
      case 'OrderAmended':
      case 'AmendRejected':
      case 'LeverageChanged':
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
    const record = this.book.bySimId(fact.orderId);
    if (record === undefined) throw new InvariantError(`a fill of the unknown order ${fact.orderId}`);
    const instrument = this.board.instruments[fact.instrument];
    const lots = Math.abs(fact.qty) as Lots;
    this.#filled.set(fact.instrument, fact);
    this.board.noteFill(fact.instrument, fact.reference);
    const order = record.kind === 'algo' ? this.#trigger(record, lots, fact.ts) : record;
    const realized = this.account.fill(instrument, fact.qty, fact.price, fact.reference, fact.fee);
    order.executed = lots;
    // The venue cuts a reduce-only order to what there is to reduce.
    order.quantity = lots;
    order.status = 'FILLED';
    order.fillPrice = fact.price;
    order.updateTime = fact.ts;
    this.account.updateTime = fact.ts;
    const id = this.book.nextTradeId();
    const trade: TradeRecord = {
      id,
      order,
      quantity: lots,
      price: fact.price,
      fee: fact.fee,
      realized,
      isMaker: fact.isMaker,
      time: fact.ts,
    };
    this.book.trades.push(trade);
    this.#noteIncome('REALIZED_PNL', trade, realized);
    this.#noteIncome('COMMISSION', trade, -fact.fee);
    this.book.openOrders.delete(order);
    const events = [orderUpdate(instrument, order, 'TRADE', fact.ts, trade), tradeAccountUpdate(this.account, instrument, fact.ts)];
    if (this.#accountFirst) events.reverse();
    for (const event of events) this.announce(event);
    if (record.kind === 'algo') this.#endAlgo(record, 'FINISHED', fact.ts);
  }
  #noteIncome(type: 'REALIZED_PNL' | 'COMMISSION', trade: TradeRecord, amount: number): void {
    if (amount === 0) return;
    const { instrument } = trade.order;
    const income = { id: this.book.nextIncomeId(), type, instrument, amount: amount as TradeRecord['fee'], time: trade.time };
    this.book.incomes.push({ ...income, tradeId: String(trade.id) });
  }

  /** A conditional order becomes a market order of its own, which fills there and then. */
  #trigger(algo: AlgoRecord, lots: Lots, at: EpochMs): OrderRecord {
    const instrument = this.board.instruments[algo.instrument];
    algo.triggerTime = at;
    algo.updateTime = at;
    algo.status = 'TRIGGERING';
    this.announce(algoUpdate(instrument, algo, at));
    const child: OrderRecord = {
      kind: 'order',
      simId: algo.simId,
      orderId: this.book.nextOrderId(),
      clientOrderId: algo.clientAlgoId,
      instrument: algo.instrument,
      side: algo.side,
      type: 'MARKET',
      timeInForce: 'GTC',
      price: null,
      reduceOnly: algo.reduceOnly,
      time: at,
      quantity: lots,
      status: 'NEW',
      executed: 0 as Lots,
      fillPrice: null,
      updateTime: at,
    };
    this.book.addChild(child);
    algo.child = child;
    algo.status = 'TRIGGERED';
    this.announce(algoUpdate(instrument, algo, at));
    this.announce(orderUpdate(instrument, child, 'NEW', at));
    return child;
  }
  #endAlgo(algo: AlgoRecord, status: 'FINISHED' | 'REJECTED' | 'EXPIRED', at: EpochMs): void {
    algo.status = status;
    algo.updateTime = at;
    this.book.openAlgos.delete(algo);
    this.announce(algoUpdate(this.board.instruments[algo.instrument], algo, at));
  }
  /** An order that was to close the whole position goes with it. */
  #endCloser(algo: AlgoRecord): void {
    const { instrument, simId } = algo;
    const ts = this.board.now;
    this.#venue.handle({ type: 'CancelOrder', ts, instrument, orderId: simId }, this.#facts);
    this.#endAlgo(algo, 'EXPIRED', ts);
  }

  #expire(fact: OrderExpired): void {
    const record = this.book.bySimId(fact.orderId);
    if (record === undefined) throw new InvariantError(`the unknown order ${fact.orderId} expired`);
    if (record.kind === 'order') {
      this.#expireOrder(record, fact.ts, fact.reason === 'not_filled' ? 2 : 4);
      return;
    }
    record.triggerTime = fact.ts;
    record.rejectReason = 'ReduceOnly Order is rejected.';
    this.#endAlgo(record, 'REJECTED', fact.ts);
  }
  #expireOrder(order: OrderRecord, at: EpochMs, expiry: ExpiryReason): void {
    order.status = 'EXPIRED';
    order.updateTime = at;
    this.book.openOrders.delete(order);
    this.announce(orderUpdate(this.board.instruments[order.instrument], order, 'EXPIRED', at, undefined, expiry));
  }

  #fund(fact: FundingCharged): void {
    const { instrument, amount, time } = fact;
    const { symbol } = this.board.instruments[instrument];
    this.account.fund(instrument, amount);
    this.account.updateTime = time;
    this.book.incomes.push({ id: this.book.nextIncomeId(), type: 'FUNDING_FEE', instrument, amount, time, tradeId: '' });
    this.announce(fundingAccountUpdate(this.account, symbol, amount, time));
  }
}
