import { formatPrice, formatQuantity, type EpochMs, type Instrument } from '@orrery/core';
import type { BinanceRest, Params } from '../exchange/binance-rest.ts';
import { ENDPOINTS } from '../exchange/endpoints.ts';
import { algoOrderSchema, anySchema, orderSchema, tradesSchema, type TradeRow } from '../exchange/rest-schemas.ts';
import { TradingDisabledError, VenueError } from '../exchange/venue-error.ts';
import type { LiveOrder } from './live-order.ts';
import type { OrderReport } from './order-tracker.ts';
import { reportOfAlgo, reportOfRow, tradeOfRow, type ReportedTrade } from './venue-reports.ts';

/** Most rows of userTrades in one answer. */
const TRADES_A_CALL = 1000;

const TYPES = {
  market: 'MARKET',
  limit: 'LIMIT',
  stop_market: 'STOP_MARKET',
  take_profit_market: 'TAKE_PROFIT_MARKET',
  stop: 'STOP',
  take_profit: 'TAKE_PROFIT',
  trailing_stop_market: 'TRAILING_STOP_MARKET',
} as const;
const TIMES_IN_FORCE = { gtc: 'GTC', ioc: 'IOC', gtx: 'GTX', fok: 'FOK', gtd: 'GTD' } as const;

/** One order at the venue: placed, asked about, taken back. Market and limit orders and conditional ones go different ways. */
export class VenueOrders {
  readonly #rest: BinanceRest;
  readonly #env: Readonly<Record<string, string | undefined>>;

  constructor(rest: BinanceRest, env: Readonly<Record<string, string | undefined>>) {
    this.#rest = rest;
    this.#env = env;
  }

  /**
   * Places it: the only place from which an order leaves.
   * @throws TradingDisabledError, VenueError
   */
  async place(order: LiveOrder): Promise<OrderReport> {
    if (this.#env['TRADING_ENABLED'] !== 'true') {
      throw new TradingDisabledError(`order ${order.clientId} was not sent: TRADING_ENABLED is not "true"; set it to trade`);
    }
    if (order.route === 'algo') {
      return reportOfAlgo(await this.#rest.call(ENDPOINTS.placeAlgoOrder, algoParams(order), algoOrderSchema));
    }
    const row = await this.#rest.call(ENDPOINTS.placeOrder, orderParams(order), orderSchema);
    order.venueId = row.orderId;
    return reportOfRow(order.instrument, row);
  }

  /** Where it stands, by client id. @throws VenueError, of kind `not_found` when the venue knows no such order */
  async query(order: LiveOrder): Promise<OrderReport> {
    if (order.route === 'order') return await this.#queryOrder(order, { origClientOrderId: order.clientId });
    const row = await this.#rest.read(
      ENDPOINTS.queryAlgoOrder,
      { symbol: order.instrument.symbol, clientAlgoId: order.clientId },
      algoOrderSchema,
    );
    if (isId(row.actualOrderId)) order.venueId = row.actualOrderId;
    if (order.venueId === null) return reportOfAlgo(row);
    return await this.#queryOrder(order, { orderId: order.venueId });
  }

  /**
   * Takes it back. The answer for a conditional order has no time, so it gets `time`.
   * @throws VenueError, of kind `not_found` when there is nothing to take back any more
   */
  async cancel(order: LiveOrder, time: EpochMs): Promise<OrderReport> {
    const { symbol } = order.instrument;
    if (order.route === 'algo' && order.venueId === null) {
      await this.#rest.call(ENDPOINTS.cancelAlgoOrder, { symbol, clientAlgoId: order.clientId }, anySchema);
      return reportOfAlgo({ algoStatus: 'CANCELED', updateTime: time });
    }
    const id: Params =
      order.route === 'order' || order.venueId === null ? { origClientOrderId: order.clientId } : { orderId: order.venueId };
    return reportOfRow(order.instrument, await this.#rest.call(ENDPOINTS.cancelOrder, { symbol, ...id }, orderSchema));
  }

  /** All its trades, in the order in which they happened. */
  async trades(order: LiveOrder): Promise<readonly ReportedTrade[]> {
    if (order.venueId === null) return [];
    const rows = new Map<string, TradeRow>();
    let from: Params = {};
    for (;;) {
      const params: Params = { symbol: order.instrument.symbol, orderId: order.venueId, limit: TRADES_A_CALL, ...from };
      const page: readonly TradeRow[] = await this.#rest.read(ENDPOINTS.userTrades, params, tradesSchema);
      for (const row of page) if (row.orderId === order.venueId) rows.set(row.id, row);
      const last = [...rows.keys()].reduce((most, id) => (BigInt(id) > most ? BigInt(id) : most), -1n);
      if (page.length < TRADES_A_CALL) break;
      from = { fromId: String(last + 1n) };
    }
    return [...rows.values()].sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1)).map((row) => tradeOfRow(order.instrument, row));
  }

  /** Whether a conditional order has placed the order with this id in the matching engine. */
  async hasPlaced(order: LiveOrder, venueId: string): Promise<boolean> {
    if (order.route !== 'algo') return false;
    if (order.venueId === null) {
      await this.query(order).catch((error: unknown) => {
        if (!(error instanceof VenueError) || error.kind === 'halt') throw error;
      });
    }
    return order.venueId === venueId;
  }

  /** Lots that an order of the session filled, by its client id; 0 when the venue does not know it. */
  async filledBy(instrument: Instrument, clientId: string): Promise<number> {
    const { symbol } = instrument;
    const row = await found(this.#rest.read(ENDPOINTS.queryOrder, { symbol, origClientOrderId: clientId }, orderSchema));
    if (row !== null) return reportOfRow(instrument, row).filled;
    const algo = await found(this.#rest.read(ENDPOINTS.queryAlgoOrder, { symbol, clientAlgoId: clientId }, algoOrderSchema));
    if (!isId(algo?.actualOrderId)) return 0;
    const placed = await found(this.#rest.read(ENDPOINTS.queryOrder, { symbol, orderId: algo.actualOrderId }, orderSchema));
    return placed === null ? 0 : reportOfRow(instrument, placed).filled;
  }

  async #queryOrder(order: LiveOrder, id: Params): Promise<OrderReport> {
    const row = await this.#rest.read(ENDPOINTS.queryOrder, { symbol: order.instrument.symbol, ...id }, orderSchema);
    order.venueId = row.orderId;
    return reportOfRow(order.instrument, row);
  }
}

/** What was asked for, or null when there is no such thing. */
async function found<T>(asked: Promise<T>): Promise<T | null> {
  return await asked.catch((error: unknown) => {
    if (error instanceof VenueError && error.kind === 'not_found') return null;
    throw error;
  });
}

function isId(text: string | undefined): text is string {
  return text !== undefined && text !== '' && text !== '0';
}

function commonParams({ command, instrument, qty }: LiveOrder): Params {
  return {
    symbol: instrument.symbol,
    side: command.side === 'buy' ? 'BUY' : 'SELL',
    quantity: formatQuantity(instrument, qty),
    ...(command.reduceOnly ? { reduceOnly: 'true' } : {}),
  };
}

function orderParams(order: LiveOrder): Params {
  const { command, instrument, clientId } = order;
  const common = { ...commonParams(order), newClientOrderId: clientId, newOrderRespType: 'RESULT' };
  if (command.orderType !== 'limit' || command.price === null) return { ...common, type: 'MARKET' };
  // A child works as good-till-cancelled, whatever it was asked for as (FILL-6).
  const timeInForce = TIMES_IN_FORCE[command.parent === null ? command.timeInForce : 'gtc'];
  return { ...common, type: 'LIMIT', price: formatPrice(instrument, command.price), timeInForce };
}

function algoParams(order: LiveOrder): Params {
  const { command, instrument, clientId } = order;
  return {
    ...commonParams(order),
    algoType: 'CONDITIONAL',
    type: TYPES[command.orderType],
    ...(command.trigger === null ? {} : { triggerPrice: formatPrice(instrument, command.trigger) }),
    workingType: 'CONTRACT_PRICE',
    clientAlgoId: clientId,
  };
}
