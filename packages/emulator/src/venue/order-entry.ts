import { isBehind, notionalSats, type Instrument, type InstrumentId, type Lots, type SubmitOrder, type Ticks } from '@orrery/core';
import type { Exchange } from './exchange.ts';
import { checkClientId, checkPriceBand, parsePrice, parseQuantity } from './order-request.ts';
import type { AlgoRecord, OrderRecord, VenueSide } from './order-records.ts';
import { algoUpdate, orderUpdate } from './user-events.ts';
import { refusal, VenueError, type VenueCode } from './venue-error.ts';

/** MAX_NUM_ORDERS of every symbol, and the account's limit of conditional orders. */
export const MAX_OPEN_ORDERS = 200;
const MAX_OPEN_ALGOS = 200;

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
}
/** Parameters of POST /fapi/v1/algoOrder, parsed but unchecked. */
export interface NewAlgoOrder {
  readonly symbol: string;
  readonly side: VenueSide;
  readonly type: string;
  readonly quantity?: string | undefined;
  readonly triggerPrice?: string | undefined;
  readonly reduceOnly?: boolean | undefined;
  readonly closePosition?: boolean | undefined;
  readonly workingType?: 'CONTRACT_PRICE' | 'MARK_PRICE' | undefined;
  readonly priceProtect?: boolean | undefined;
  readonly clientAlgoId?: string | undefined;
  readonly positionSide?: string | undefined;
}

const CONDITIONAL = ['STOP', 'STOP_MARKET', 'TAKE_PROFIT', 'TAKE_PROFIT_MARKET', 'TRAILING_STOP_MARKET'];
const NO_PRICE = { price: null, trigger: null, parent: null, terms: null } as const;

/** Places and cancels orders after the venue's checks, in the venue's order of them. */
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
  check(request: NewOrder): Omit<OrderRecord, 'simId' | 'orderId'> {
    const instrument = this.instrument(request.symbol);
    if (CONDITIONAL.includes(request.type)) throw refusal(-4120);
    if (request.type !== 'LIMIT' && request.type !== 'MARKET') throw refusal(-1116);
    if ((request.positionSide ?? 'BOTH') !== 'BOTH') throw refusal(-4061);
    const isMarket = request.type === 'MARKET';
    const timeInForce = isMarket ? 'GTC' : checkTimeInForce(request.timeInForce);
    const clientOrderId = checkClientId(request.newClientOrderId ?? `web_${this.#exchange.book.nextOrderId()}`);
    const quantity = parseQuantity(instrument, mandatory('quantity', request.quantity), isMarket);
    const price = isMarket ? null : parsePrice(instrument, 'price', mandatory('price', request.price));
    const { now } = this.#exchange.board;
    const order = { kind: 'order', clientOrderId, instrument: instrument.id, side: request.side, type: request.type, timeInForce } as const;
    const fresh = { status: 'NEW', executed: 0 as Lots, fillPrice: null, time: now, updateTime: now } as const;
    const checked = { ...order, ...fresh, price, quantity, reduceOnly: request.reduceOnly === true };
    this.#checkAgainstAccount(instrument, checked);
    return checked;
  }
  /** @throws VenueError */
  place(request: NewOrder): OrderRecord {
    const { book, board } = this.#exchange;
    const order: OrderRecord = { ...this.check(request), simId: book.nextSimId(), orderId: book.nextOrderId() };
    book.addOrder(order);
    this.#exchange.announce(orderUpdate(board.instruments[order.instrument], order, 'NEW', board.now));
    const { timeInForce } = order;
    this.#exchange.submit({
      ...this.#command(order),
      ...NO_PRICE,
      orderType: order.type === 'MARKET' ? 'market' : 'limit',
      price: order.price,
      // Whether it can be filled at once was settled by the checks.
      timeInForce: timeInForce === 'GTX' ? 'gtx' : timeInForce === 'GTC' ? 'gtc' : 'ioc',
    });
    return order;
  }

  /** @throws VenueError */
  placeAlgo(request: NewAlgoOrder): AlgoRecord {
    const { book, board } = this.#exchange;
    const instrument = this.instrument(request.symbol);
    const { type, side, closePosition = false } = request;
    // The simulated venue knows no limit order behind a trigger and no trailing stop.
    if (type !== 'STOP_MARKET' && type !== 'TAKE_PROFIT_MARKET') throw refusal(-1116);
    if ((request.positionSide ?? 'BOTH') !== 'BOTH') throw refusal(-4061);
    const clientAlgoId = checkClientId(request.clientAlgoId ?? `web_${book.nextAlgoId()}`);
    if (closePosition && request.quantity !== undefined) throw refusal(-4137);
    if (closePosition && request.reduceOnly === true) throw refusal(-4138);
    const quantity = closePosition ? (0 as Lots) : parseQuantity(instrument, mandatory('quantity', request.quantity), true);
    const trigger = parsePrice(instrument, 'triggerPrice', mandatory('triggerPrice', request.triggerPrice));
    const reduceOnly = closePosition || request.reduceOnly === true;
    this.#refuseDuplicate([...book.openAlgos].some((algo) => algo.clientAlgoId === clientAlgoId));
    if (book.openAlgos.size >= MAX_OPEN_ALGOS) throw refusal(-4045);
    const orderType = type === 'STOP_MARKET' ? 'stop_market' : 'take_profit_market';
    if (isBehind(orderType, side === 'BUY' ? 'buy' : 'sell', trigger, board.last(instrument.id))) throw refusal(-2021);
    if (!reduceOnly && notionalSats(instrument, quantity, trigger) < instrument.minNotional) throw refusal(-4164);
    const { now } = board;
    const given = { clientAlgoId, instrument: instrument.id, side, type, trigger, quantity, reduceOnly, closePosition } as const;
    const algo: AlgoRecord = {
      kind: 'algo',
      simId: book.nextSimId(),
      algoId: book.nextAlgoId(),
      ...given,
      workingType: request.workingType ?? 'CONTRACT_PRICE',
      priceProtect: request.priceProtect ?? false,
      createTime: now,
      status: 'NEW',
      child: null,
      rejectReason: '',
      triggerTime: 0,
      updateTime: now,
    };
    book.addAlgo(algo);
    this.#exchange.announce(algoUpdate(instrument, algo, now));
    // Closing everything is a reduce-only order without bound: it is cut to the position when it fills.
    const bounded = closePosition ? { ...algo, quantity: instrument.maxLots } : algo;
    this.#exchange.submit({ ...this.#command(bounded), ...NO_PRICE, orderType, trigger, timeInForce: 'gtc' });
    return algo;
  }

  /** Cancels one regular order. A market order cannot be called back. @throws VenueError -2011 */
  cancel(instrument: InstrumentId, orderId: number | undefined, clientOrderId: string | undefined): OrderRecord {
    const open = this.#exchange.book.openOrdersOf(instrument);
    const order = open.find((o) => (orderId === undefined ? o.clientOrderId === clientOrderId : o.orderId === orderId));
    if (order === undefined || order.type === 'MARKET') throw refusal(-2011);
    this.#cancelOrder(order);
    return order;
  }
  /** Cancels one conditional order. @throws VenueError -2011 */
  cancelAlgo(algoId: number | undefined, clientAlgoId: string | undefined): AlgoRecord {
    const open = [...this.#exchange.book.openAlgos];
    const algo = open.find((a) => (algoId === undefined ? a.clientAlgoId === clientAlgoId : a.algoId === algoId));
    if (algo === undefined) throw refusal(-2011);
    this.#cancelAlgo(algo);
    return algo;
  }
  cancelAll(instrument: InstrumentId): void {
    for (const order of this.#exchange.book.openOrdersOf(instrument)) if (order.type !== 'MARKET') this.#cancelOrder(order);
  }
  cancelAllAlgos(instrument: InstrumentId): void {
    for (const algo of this.#exchange.book.openAlgosOf(instrument)) this.#cancelAlgo(algo);
  }

  #cancelOrder(order: OrderRecord): void {
    const { book, board } = this.#exchange;
    this.#exchange.withdraw(order);
    book.openOrders.delete(order);
    order.status = 'CANCELED';
    order.updateTime = board.now;
    this.#exchange.announce(orderUpdate(board.instruments[order.instrument], order, 'CANCELED', board.now));
  }
  #cancelAlgo(algo: AlgoRecord): void {
    const { book, board } = this.#exchange;
    this.#exchange.withdraw(algo);
    book.openAlgos.delete(algo);
    algo.status = 'CANCELED';
    algo.updateTime = board.now;
    this.#exchange.announce(algoUpdate(board.instruments[algo.instrument], algo, board.now));
  }

  #command(
    record: Pick<OrderRecord | AlgoRecord, 'instrument' | 'simId' | 'side' | 'quantity' | 'reduceOnly'>,
  ): Pick<SubmitOrder, 'type' | 'ts' | 'instrument' | 'orderId' | 'side' | 'qty' | 'reduceOnly'> {
    const { instrument, simId, side, quantity, reduceOnly } = record;
    const ts = this.#exchange.board.now;
    return { type: 'SubmitOrder', ts, instrument, orderId: simId, side: side === 'BUY' ? 'buy' : 'sell', qty: quantity, reduceOnly };
  }

  #checkAgainstAccount(instrument: Instrument, order: Omit<OrderRecord, 'simId' | 'orderId'>): void {
    const { board, book, account } = this.#exchange;
    const { id } = instrument;
    const open = book.openOrdersOf(id);
    this.#refuseDuplicate([...book.openOrders].some(({ clientOrderId }) => clientOrderId === order.clientOrderId));
    if (open.length >= MAX_OPEN_ORDERS) throw refusal(-2025);
    const isBuy = order.side === 'BUY';
    const last = board.last(id);
    if (order.price !== null) checkPriceBand(isBuy, order.price, last);
    const held = account.position(id);
    if (order.reduceOnly && (held === 0 || held > 0 === isBuy)) throw refusal(-2022);
    if (!order.reduceOnly && notionalSats(instrument, order.quantity, order.price ?? last) < instrument.minNotional) throw refusal(-4164);
    const arrival = arrivalRefusal(order.timeInForce, isBuy, order.price, board.arrival(id));
    if (arrival !== null) throw refusal(arrival);
    if (!order.reduceOnly && !account.affords(id, order.side, order.quantity, order.price ?? last)) throw refusal(-2019);
  }
  #refuseDuplicate(isDuplicate: boolean): void {
    if (!isDuplicate) return;
    this.duplicates += 1;
    throw refusal(-4116);
  }
}

/** What post-only and fill-or-kill orders find on arrival, which is at the open of the next candle. */
function arrivalRefusal(timeInForce: string, isBuy: boolean, price: Ticks | null, open: Ticks | null): VenueCode | null {
  if (price === null) return null;
  const takes = open !== null && (isBuy ? open < price : open > price);
  if (timeInForce === 'GTX' && takes) return -5022;
  return timeInForce === 'FOK' && !takes ? -5021 : null;
}

function checkTimeInForce(text: string | undefined): OrderRecord['timeInForce'] {
  const value = mandatory('timeInForce', text);
  if (value === 'GTC' || value === 'IOC' || value === 'FOK' || value === 'GTX') return value;
  throw refusal(-1115);
}

function mandatory(name: string, value: string | undefined): string {
  if (value === undefined || value === '') {
    throw new VenueError(-1102, `Mandatory parameter '${name}' was not sent, was empty/null, or malformed.`);
  }
  return value;
}
