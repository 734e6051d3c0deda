import { formatQuantity, type Instrument, type Lots, type PositionSide } from '@orrery/core';
import type { BinanceRest, Params } from '../exchange/binance-rest.ts';
import { ENDPOINTS } from '../exchange/endpoints.ts';
import {
  algoOrdersSchema,
  ordersSchema,
  positionsSchema,
  type AlgoOrderRow,
  type OrderRow,
  type PositionRow,
} from '../exchange/rest-schemas.ts';
import type { LiveOrder } from './live-order.ts';
import type { OrderBook } from './order-book.ts';
import { lotsOf } from './venue-values.ts';

/** What differs between the venue and the book. */
export interface Discrepancies {
  /** One line each; empty when nothing differs. */
  readonly messages: readonly string[];
  /** Whose positions do. */
  readonly apart: readonly Instrument[];
}

/** Positions of a symbol: one, or two in hedge mode. */
export type Sides = readonly PositionSide[];

/**
 * A question about one symbol's open orders weighs 1 and one about all of them 40 (weights of GET openOrders and openAlgoOrders):
 * beyond so many symbols all are asked for at once.
 */
const MOST_BY_SYMBOL = 40;

/** Open orders as the venue tells them. */
interface OpenOrders {
  readonly orders: readonly OrderRow[];
  readonly algos: readonly AlgoOrderRow[];
}

/**
 * Holds the venue's positions and open orders of the run's instruments against the book's. Orders whose fate is just being
 * settled count as there and as not there.
 */
export async function compareAccount(
  rest: BinanceRest,
  book: OrderBook,
  instruments: readonly Instrument[],
  sides: Sides,
): Promise<Discrepancies> {
  const [rows, orders] = await Promise.all([askPositions(rest), compareOrders(rest, book, instruments)]);
  const { messages, apart } = comparePositions(rows, book, instruments, sides);
  return { messages: [...messages, ...orders], apart };
}

/** The positions alone. */
export async function compareHoldings(
  rest: BinanceRest,
  book: OrderBook,
  instruments: readonly Instrument[],
  sides: Sides,
): Promise<Discrepancies> {
  return comparePositions(await askPositions(rest), book, instruments, sides);
}

/**
 * The same at the price of what there is to see: orders are asked for where some are known, where the list of positions shows that
 * there are others, and of one more symbol, `turn`, which is to go round. Only an order that takes no margin, on a symbol without known
 * orders, and of which the user stream has said nothing, waits for its symbol's turn.
 */
export async function glanceAtAccount(
  rest: BinanceRest,
  book: OrderBook,
  instruments: readonly Instrument[],
  sides: Sides,
  turn: number,
): Promise<Discrepancies> {
  const isAsked = (instrument: Instrument): boolean =>
    instrument.id === turn % instruments.length || book.open(instrument.id).some((order) => !order.isAsleep);
  const first = instruments.filter(isAsked);
  const [rows, orders] = await Promise.all([askPositions(rest), compareOrders(rest, book, first)]);
  const more = instruments.filter((instrument) => !first.includes(instrument) && showsOrders(rows, instrument));
  const { messages, apart } = comparePositions(rows, book, instruments, sides);
  return { messages: [...messages, ...orders, ...(await compareOrders(rest, book, more))], apart };
}

function askPositions(rest: BinanceRest): Promise<readonly PositionRow[]> {
  return rest.read(ENDPOINTS.positions, {}, positionsSchema);
}

/** A symbol is listed for its position or for its open orders. */
function showsOrders(rows: readonly PositionRow[], { symbol }: Instrument): boolean {
  const own = rows.filter((row) => row.symbol === symbol);
  return own.some(({ positionAmt, openOrderInitialMargin }) => Number(positionAmt) === 0 || Number(openOrderInitialMargin ?? 0) !== 0);
}

function comparePositions(rows: readonly PositionRow[], book: OrderBook, instruments: readonly Instrument[], sides: Sides): Discrepancies {
  const messages: string[] = [];
  const apart = instruments.filter((instrument) => {
    const before = messages.length;
    for (const side of sides) {
      const there = heldAt(rows, instrument, side);
      const here = book.position(instrument.id, side);
      const name = side === 'both' ? 'position' : `${side} position`;
      const say = (lots: Lots): string => formatQuantity(instrument, lots);
      if (there !== here) messages.push(`${instrument.symbol}: the venue holds a ${name} of ${say(there)}, ${say(here)} is known of`);
    }
    return messages.length > before;
  });
  return { messages, apart };
}

function heldAt(rows: readonly PositionRow[], instrument: Instrument, side: PositionSide): Lots {
  const own = rows.filter((row) => row.symbol === instrument.symbol && (side === 'both' || row.positionSide === side.toUpperCase()));
  return own.reduce((sum, { positionAmt }) => sum + lotsOf(instrument, positionAmt), 0) as Lots;
}

async function compareOrders(rest: BinanceRest, book: OrderBook, instruments: readonly Instrument[]): Promise<readonly string[]> {
  if (instruments.length <= MOST_BY_SYMBOL) {
    const compared = instruments.map(async (instrument) =>
      compareOrdersOf(instrument, book, await askOrders(rest, { symbol: instrument.symbol })),
    );
    return (await Promise.all(compared)).flat();
  }
  const all = await askOrders(rest, {});
  return instruments.flatMap((instrument) => {
    const isOwn = (row: { readonly symbol: string }): boolean => row.symbol === instrument.symbol;
    return compareOrdersOf(instrument, book, { orders: all.orders.filter(isOwn), algos: all.algos.filter(isOwn) });
  });
}

async function askOrders(rest: BinanceRest, params: Params): Promise<OpenOrders> {
  const [orders, algos] = await Promise.all([
    rest.read(ENDPOINTS.openOrders, params, ordersSchema),
    rest.read(ENDPOINTS.openAlgoOrders, params, algoOrdersSchema),
  ]);
  return { orders, algos };
}

function compareOrdersOf({ symbol, id }: Instrument, book: OrderBook, { orders, algos }: OpenOrders): readonly string[] {
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
