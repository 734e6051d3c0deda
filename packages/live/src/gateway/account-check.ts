import { formatQuantity, type Instrument, type Lots } from '@orrery/core';
import type { BinanceRest } from '../exchange/binance-rest.ts';
import { ENDPOINTS } from '../exchange/endpoints.ts';
import { algoOrdersSchema, ordersSchema, positionsSchema } from '../exchange/rest-schemas.ts';
import type { LiveOrder } from './live-order.ts';
import type { OrderBook } from './order-book.ts';
import { lotsOf } from './venue-values.ts';

/** What differs between the venue and the book; empty when nothing does. */
export type Discrepancies = readonly string[];

/**
 * Holds the venue's positions and open orders of the run's instruments against the book's. Orders whose fate is just being
 * settled count as there and as not there.
 */
export async function compareAccount(rest: BinanceRest, book: OrderBook, instruments: readonly Instrument[]): Promise<Discrepancies> {
  const [positions, ...orders] = await Promise.all([
    comparePositions(rest, book, instruments),
    ...instruments.map((instrument) => compareOrders(rest, book, instrument)),
  ]);
  return [...positions, ...orders.flat()];
}

async function comparePositions(rest: BinanceRest, book: OrderBook, instruments: readonly Instrument[]): Promise<Discrepancies> {
  const rows = await rest.read(ENDPOINTS.positions, {}, positionsSchema);
  return instruments.flatMap((instrument) => {
    const there = rows
      .filter(({ symbol }) => symbol === instrument.symbol)
      .reduce((sum, { positionAmt }) => sum + lotsOf(instrument, positionAmt), 0) as Lots;
    const here = book.position(instrument.id);
    if (there === here) return [];
    const say = (lots: Lots): string => formatQuantity(instrument, lots);
    return [`${instrument.symbol}: the venue holds a position of ${say(there)}, ${say(here)} is known of`];
  });
}

async function compareOrders(rest: BinanceRest, book: OrderBook, instrument: Instrument): Promise<Discrepancies> {
  const { symbol, id } = instrument;
  const [orders, algos] = await Promise.all([
    rest.read(ENDPOINTS.openOrders, { symbol }, ordersSchema),
    rest.read(ENDPOINTS.openAlgoOrders, { symbol }, algoOrdersSchema),
  ]);
  const known = book.open(id);
  const isOurs = (clientId: string, venueId: string): boolean =>
    known.some((order) => order.clientId === clientId || order.venueId === venueId);
  const there = new Set([...orders.map(({ clientOrderId }) => clientOrderId), ...algos.map(({ clientAlgoId }) => clientAlgoId)]);
  const venueIds = new Set(orders.map(({ orderId }) => orderId));
  return [
    ...orders
      .filter((row) => !isOurs(row.clientOrderId, row.orderId))
      .map((row) => `${symbol}: order ${row.clientOrderId} is not known of`),
    ...algos.filter((row) => !isOurs(row.clientAlgoId, '')).map((row) => `${symbol}: order ${row.clientAlgoId} is not known of`),
    ...known
      .filter((order) => isCertain(order) && !there.has(order.clientId) && !(order.venueId !== null && venueIds.has(order.venueId)))
      .map((order) => `${symbol}: order ${order.clientId} is not open at the venue`),
  ];
}

function isCertain(order: LiveOrder): boolean {
  return order.tracker.isAccepted && !order.mayExist && order.cancelReason === null;
}
