import type { AmendOrder, EpochMs, Instrument, Lots } from '@orrery/core';
import type { BinanceRest, Params } from '../exchange/binance-rest.ts';
import { ENDPOINTS } from '../exchange/endpoints.ts';
import { algoOrderSchema, anySchema, orderSchema, tradesSchema, type TradeRow } from '../exchange/rest-schemas.ts';
import { TradingDisabledError, VenueError } from '../exchange/venue-error.ts';
import type { LiveOrder } from './live-order.ts';
import { algoParams, amendParams, orderParams } from './order-params.ts';
import type { OrderReport } from './order-tracker.ts';
import { reportOfAlgo, reportOfRow, tradeOfRow, type ReportedTrade } from './venue-reports.ts';

/** Most rows of userTrades in one answer. */
const TRADES_A_CALL = 1000;

/** One order at the venue: placed, asked about, taken back. Market and limit orders and conditional ones go different ways. */
export class VenueOrders {
  readonly #rest: BinanceRest;
  readonly #env: Readonly<Record<string, string | undefined>>;

  constructor(rest: BinanceRest, env: Readonly<Record<string, string | undefined>>) {
    this.#rest = rest;
    this.#env = env;
  }

  /**
   * Places it: with `amend` the only place from which an order leaves.
   * @param held position that it works on, signed lots: what a closing order closes where it has to be sent as a market order
   * @throws TradingDisabledError, VenueError
   */
  async place(order: LiveOrder, held: Lots): Promise<OrderReport> {
    this.#mustBeEnabled(order);
    if (order.route === 'algo') {
      return reportOfAlgo(await this.#rest.call(ENDPOINTS.placeAlgoOrder, algoParams(order), algoOrderSchema));
    }
    const row = await this.#rest.call(ENDPOINTS.placeOrder, orderParams(order, held), orderSchema);
    order.venueId = row.orderId;
    return reportOfRow(order.instrument, row);
  }

  /**
   * Changes its quantity and price; where the answer does not say that it has them, the request does.
   * @throws TradingDisabledError, VenueError
   */
  async amend(order: LiveOrder, wanted: AmendOrder): Promise<OrderReport> {
    this.#mustBeEnabled(order);
    const row = await this.#rest.call(ENDPOINTS.amendOrder, amendParams(order, wanted), orderSchema);
    const report = reportOfRow(order.instrument, row);
    return { ...report, limit: report.limit ?? wanted };
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

  #mustBeEnabled({ clientId }: LiveOrder): void {
    if (this.#env['TRADING_ENABLED'] === 'true') return;
    throw new TradingDisabledError(`order ${clientId} was not sent: TRADING_ENABLED is not "true"; set it to trade`);
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
