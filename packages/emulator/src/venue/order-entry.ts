import {
  refusalOfAmendment,
  refusalOfLeverage,
  type AmendOrder,
  type Instrument,
  type InstrumentId,
  type Lots,
  type OrderId,
  type OrderType,
  type Sats,
  type SubmitOrder,
} from '@orrery/core';
import type { Exchange } from './exchange.ts';
import { checkArrival, checkCommand, checkReducible, checkTrigger, dateOf, isReducing, termsOfRequest } from './order-checks.ts';
import {
  checkClientId,
  checkGoodTillDate,
  checkPositionSide,
  checkTimeInForce,
  mandatory,
  parseCallbackRate,
  parsePrice,
  parseQuantity,
} from './order-request.ts';
import type { AlgoRecord, AlgoType, OrderRecord, VenueSide, VenueTimeInForce } from './order-records.ts';
import { algoUpdate, orderUpdate } from './user-events.ts';
import { refusal, VenueError } from './venue-error.ts';

/** Parameters of POST /fapi/v1/order, parsed but unchecked. */
export interface NewOrder {
  readonly symbol: string;
  readonly side: VenueSide;
  readonly type: string;
  readonly timeInForce?: string | undefined;
  readonly quantity?: string | undefined;
  readonly price?: string | undefined;
  readonly reduceOnly?: boolean | undefined;
  readonly newClientOrderId?: string | undefined;
  readonly positionSide?: string | undefined;
  readonly goodTillDate?: number | undefined;
}
/** Parameters of POST /fapi/v1/algoOrder, parsed but unchecked. */
export interface NewAlgoOrder {
  readonly symbol: string;
  readonly side: VenueSide;
  readonly type: string;
  readonly timeInForce?: string | undefined;
  readonly quantity?: string | undefined;
  readonly price?: string | undefined;
  readonly triggerPrice?: string | undefined;
  readonly activatePrice?: string | undefined;
  readonly callbackRate?: string | undefined;
  readonly reduceOnly?: boolean | undefined;
  readonly closePosition?: boolean | undefined;
  readonly workingType?: 'CONTRACT_PRICE' | 'MARK_PRICE' | undefined;
  readonly priceProtect?: boolean | undefined;
  readonly clientAlgoId?: string | undefined;
  readonly positionSide?: string | undefined;
  readonly goodTillDate?: number | undefined;
}
/** An order that passed its checks: what it is to clients, and to the simulated venue. */
interface CheckedOrder {
  readonly order: OrderRecord;
  readonly command: SubmitOrder;
}

const ALGO_TYPES: Readonly<Record<AlgoType, OrderType>> = {
  STOP: 'stop',
  STOP_MARKET: 'stop_market',
  TAKE_PROFIT: 'take_profit',
  TAKE_PROFIT_MARKET: 'take_profit_market',
  TRAILING_STOP_MARKET: 'trailing_stop_market',
};
const TIMES_IN_FORCE = { GTC: 'gtc', IOC: 'ioc', FOK: 'fok', GTX: 'gtx', GTD: 'gtd' } as const;

/** Places, changes and cancels orders after the venue's checks, in the venue's order of them. */
export class OrderEntry {
  readonly #exchange: Exchange;
  /** Orders refused because their client id was already open. */
  duplicates = 0;

  constructor(exchange: Exchange) {
    this.#exchange = exchange;
  }

  /** @throws VenueError -1121 */
  instrument(symbol: string): Instrument {
    const id = this.#exchange.board.idOf(symbol);
    if (id === undefined) throw refusal(-1121);
    return this.#exchange.board.instruments[id];
  }

  /**
   * Checks an order without placing it.
   * @throws VenueError
   */
  check(request: NewOrder): void {
    this.#checked(request, 0 as OrderId);
  }
  /** @throws VenueError */
  place(request: NewOrder): OrderRecord {
    const { book } = this.#exchange;
    const { order, command } = this.#checked(request, book.peekSimId());
    book.nextSimId();
    book.addOrder(order);
    this.#exchange.announce(orderUpdate(this.#exchange.board.instruments[order.instrument], order, 'NEW', order.time));
    this.#submit(command);
    return order;
  }
  /** @throws VenueError */
  placeAlgo(request: NewAlgoOrder): AlgoRecord {
    const { book, board } = this.#exchange;
    const instrument = this.instrument(request.symbol);
    const algo = this.#algoOf(instrument, request);
    const command = this.#exitOf(algo, this.#algoCommand(algo));
    this.#refuseDuplicate([...book.openAlgos].some(({ clientAlgoId }) => clientAlgoId === algo.clientAlgoId));
    checkCommand(this.#exchange, instrument, command);
    try {
      checkTrigger(this.#exchange, instrument, command);
    } catch (error) {
      if (command.parent !== null) this.#exchange.answers?.refuse(algo.clientAlgoId, command);
      throw error;
    }
    book.nextSimId();
    book.addAlgo(algo);
    this.#exchange.announce(algoUpdate(instrument, algo, board.now));
    this.#submit(command);
    return algo;
  }

  /**
   * Changes quantity and price of an open limit order.
   * @throws VenueError
   */
  amend(symbol: string, reference: OrderReference, quantity: string | undefined, price: string | undefined): OrderRecord {
    const instrument = this.instrument(symbol);
    const { venue, board } = this.#exchange;
    const order = this.#openOrder(instrument.id, reference) ?? null;
    if (order === null) throw refusal(-2013);
    const command: AmendOrder = {
      type: 'AmendOrder',
      ts: board.now,
      instrument: instrument.id,
      orderId: order.simId,
      qty: parseQuantity(instrument, mandatory('quantity', quantity)),
      price: parsePrice(instrument, 'price', mandatory('price', price)),
    };
    const reason = command.qty <= order.executed ? null : venue.amendment(command);
    if (reason !== null) {
      const { code, text } = refusalOfAmendment(reason);
      throw new VenueError(code, text);
    }
    this.#exchange.dispatch(command);
    return order;
  }

  /** Cancels one regular order. A market order cannot be called back. @throws VenueError -2011 */
  cancel(instrument: InstrumentId, reference: OrderReference): OrderRecord {
    const order = this.#openOrder(instrument, reference);
    if (order === undefined || !this.#isRecallable(order)) throw refusal(-2011);
    this.#withdraw(order);
    return order;
  }
  /** Cancels one conditional order. @throws VenueError -2011, also for one that was triggered */
  cancelAlgo(algoId: number | undefined, clientAlgoId: string | undefined): AlgoRecord {
    const open = [...this.#exchange.book.openAlgos];
    const algo = open.find((a) => (algoId === undefined ? a.clientAlgoId === clientAlgoId : a.algoId === algoId));
    if (algo === undefined || algo.child !== null || !this.#isRecallable(algo)) throw refusal(-2011);
    this.#exchange.withdraw(algo);
    return algo;
  }
  cancelAll(instrument: InstrumentId): void {
    for (const order of this.#exchange.book.openOrdersOf(instrument)) if (this.#isRecallable(order)) this.#withdraw(order);
  }
  cancelAllAlgos(instrument: InstrumentId): void {
    for (const algo of this.#exchange.book.openAlgosOf(instrument))
      if (algo.child === null && this.#isRecallable(algo)) this.#exchange.withdraw(algo);
  }

  /** @throws VenueError -4028, -2027, -4161 */
  setLeverage({ id }: Instrument, leverage: number): void {
    const { venue, board, account } = this.#exchange;
    const reason = venue.leverageProblem(id, leverage);
    if (reason === null) this.#exchange.dispatch({ type: 'SetLeverage', ts: board.now, instrument: id, leverage });
    else if (reason === 'position_too_large' && account.isIsolated && leverage < account.leverageOf(id)) throw refusal(-4161);
    else {
      const { code, text } = refusalOfLeverage(reason);
      throw new VenueError(code, text);
    }
  }

  /** A market order is under way, and what has ended inside the candle at hand cannot be called back though it is not told yet. */
  #isRecallable(record: OrderRecord | AlgoRecord): boolean {
    if (this.#exchange.answers?.isUndecided(record.simId) === true) return false;
    // What is left of a market order waits in no book; that of a triggered one is taken back with its conditional order.
    const isPlain = this.#exchange.book.bySimId(record.simId) === record;
    return record.kind === 'algo' || record.type !== 'MARKET' || !isPlain || !this.#exchange.isWorking(record);
  }
  #submit(command: SubmitOrder): void {
    this.#exchange.book.noteCommand(command);
    this.#exchange.submit(command);
  }
  /** The child of a conditional order is that order to the simulated venue. */
  #withdraw(order: OrderRecord): void {
    this.#exchange.withdraw(this.#exchange.book.bySimId(order.simId) ?? order);
  }
  #openOrder(instrument: InstrumentId, { orderId, clientOrderId }: OrderReference): OrderRecord | undefined {
    const open = this.#exchange.book.openOrdersOf(instrument);
    return open.find((order) => (orderId === undefined ? order.clientOrderId === clientOrderId : order.orderId === orderId));
  }

  #checked(request: NewOrder, simId: OrderId): CheckedOrder {
    const instrument = this.instrument(request.symbol);
    if (request.type in ALGO_TYPES) throw refusal(-4120);
    const order = this.#orderOf(instrument, request, simId);
    const plain = this.#command(order, order.type === 'MARKET' ? 'market' : 'limit', {
      price: order.price,
      terms: termsOfRequest(order.positionSide, { goodTillDate: dateOf(order.goodTillDate) }),
    });
    // What an exit whose trigger was met already would have placed is that exit.
    const refused = isReducing(plain) ? (this.#exchange.answers?.refused(order.clientOrderId) ?? null) : null;
    const { book } = this.#exchange;
    this.#refuseDuplicate([...book.openOrders].some(({ clientOrderId }) => clientOrderId === order.clientOrderId));
    checkCommand(this.#exchange, instrument, plain);
    checkReducible(this.#exchange, plain, order.positionSide);
    if (refused !== null) return { order, command: { ...refused, orderId: simId } };
    checkArrival(this.#exchange, order.side, plain);
    return { order, command: plain };
  }

  #orderOf(instrument: Instrument, request: NewOrder, simId: OrderId): OrderRecord {
    if (request.type !== 'LIMIT' && request.type !== 'MARKET') throw refusal(-1116);
    const { book, board } = this.#exchange;
    const isMarket = request.type === 'MARKET';
    const timeInForce: VenueTimeInForce = isMarket ? 'GTC' : checkTimeInForce(mandatory('timeInForce', request.timeInForce));
    return {
      kind: 'order',
      simId,
      orderId: book.nextOrderId(),
      clientOrderId: checkClientId(request.newClientOrderId ?? `web_${book.nextOrderId()}`),
      instrument: instrument.id,
      side: request.side,
      positionSide: checkPositionSide(request.positionSide),
      type: request.type,
      timeInForce,
      goodTillDate: checkGoodTillDate(timeInForce, request.goodTillDate, board.now),
      reduceOnly: request.reduceOnly === true,
      forced: null,
      time: board.now,
      quantity: parseQuantity(instrument, mandatory('quantity', request.quantity)),
      price: isMarket ? null : parsePrice(instrument, 'price', mandatory('price', request.price)),
      status: 'NEW',
      executed: 0 as Lots,
      executedValue: 0 as Sats,
      updateTime: board.now,
    };
  }

  #algoOf(instrument: Instrument, request: NewAlgoOrder): AlgoRecord {
    const { book, board } = this.#exchange;
    const { type, side, closePosition = false } = request;
    if (!isAlgoType(type)) throw refusal(-1116);
    const hasLimit = type === 'STOP' || type === 'TAKE_PROFIT';
    const isTrailing = type === 'TRAILING_STOP_MARKET';
    if (closePosition && (hasLimit || isTrailing)) throw refusal(-4136);
    if (closePosition && request.quantity !== undefined) throw refusal(-4137);
    if (closePosition && request.reduceOnly === true) throw refusal(-4138);
    const timeInForce = hasLimit ? checkTimeInForce(request.timeInForce ?? 'GTC') : 'GTC';
    const { activatePrice, triggerPrice } = request;
    return {
      kind: 'algo',
      simId: book.peekSimId(),
      algoId: book.nextAlgoId(),
      clientAlgoId: checkClientId(request.clientAlgoId ?? `web_${book.nextAlgoId()}`),
      instrument: instrument.id,
      side,
      positionSide: checkPositionSide(request.positionSide),
      type,
      trigger: isTrailing
        ? activatePrice === undefined
          ? null
          : parsePrice(instrument, 'activatePrice', activatePrice)
        : parsePrice(instrument, 'triggerPrice', mandatory('triggerPrice', triggerPrice)),
      price: hasLimit ? parsePrice(instrument, 'price', mandatory('price', request.price)) : null,
      timeInForce,
      goodTillDate: checkGoodTillDate(timeInForce, request.goodTillDate, board.now),
      callbackRate: isTrailing ? parseCallbackRate(mandatory('callbackRate', request.callbackRate)) : null,
      quantity: closePosition ? (0 as Lots) : parseQuantity(instrument, mandatory('quantity', request.quantity)),
      reduceOnly: request.reduceOnly === true,
      closePosition,
      workingType: request.workingType ?? 'CONTRACT_PRICE',
      priceProtect: request.priceProtect ?? false,
      createTime: board.now,
      status: 'NEW',
      isActivated: false,
      child: null,
      rejectReason: '',
      triggerTime: 0,
      updateTime: board.now,
    };
  }

  #algoCommand(algo: AlgoRecord): SubmitOrder {
    const { workingType, priceProtect, closePosition, callbackRate, goodTillDate, trigger, price } = algo;
    return this.#command(algo, ALGO_TYPES[algo.type], {
      trigger,
      price,
      terms: termsOfRequest(algo.positionSide, {
        workingType: workingType === 'MARK_PRICE' ? 'mark_price' : 'contract_price',
        priceProtect,
        closePosition,
        callbackRate,
        goodTillDate: dateOf(goodTillDate),
      }),
    });
  }
  /** An exit that answers the fill of its entry in the candle at hand belongs to it. */
  #exitOf(algo: AlgoRecord, command: SubmitOrder): SubmitOrder {
    const { answers } = this.#exchange;
    if (answers === null || !isReducing(command)) return command;
    const parent = answers.parentOf(algo.instrument, algo.side, algo.positionSide);
    return parent === null ? command : { ...command, parent: parent.simId, ts: parent.time };
  }

  #command(
    record: Pick<OrderRecord | AlgoRecord, 'instrument' | 'simId' | 'side' | 'quantity' | 'reduceOnly' | 'timeInForce'>,
    orderType: OrderType,
    rest: Partial<Pick<SubmitOrder, 'price' | 'trigger' | 'terms'>>,
  ): SubmitOrder {
    const { instrument, simId, side, quantity, reduceOnly, timeInForce } = record;
    return {
      type: 'SubmitOrder',
      ts: this.#exchange.board.now,
      instrument,
      orderId: simId,
      side: side === 'BUY' ? 'buy' : 'sell',
      orderType,
      qty: quantity,
      timeInForce: TIMES_IN_FORCE[timeInForce],
      reduceOnly,
      parent: null,
      price: rest.price ?? null,
      trigger: rest.trigger ?? null,
      terms: rest.terms ?? null,
    };
  }

  #refuseDuplicate(isDuplicate: boolean): void {
    if (!isDuplicate) return;
    this.duplicates += 1;
    throw refusal(-4116);
  }
}

/** How a request names an order. */
export interface OrderReference {
  readonly orderId: number | undefined;
  readonly clientOrderId: string | undefined;
}

function isAlgoType(type: string): type is AlgoType {
  return type in ALGO_TYPES;
}
