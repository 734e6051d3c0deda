import type { Ledger } from '../ledger/ledger.ts';
import { notionalSats, type Instrument } from '../market/instrument.ts';
import type { DenyReason, OrderType, Side } from '../messages.ts';
import type { Ticks } from '../units.ts';
import type { OrderRequest } from './request.ts';

/** Binance's MAX_NUM_ORDERS filter. */
const MAX_OPEN_ORDERS = 200;

/** What the gate must know of the account; sats. One object serves all orders of a run, brought up to date for each. */
export interface GateState {
  readonly ledger: Ledger;
  readonly maxLeverage: number;
  /** Last close, in ticks. */
  last: Ticks;
  openOrders: number;
  /** Signed lots of market orders under way. */
  inFlight: number;
  equity: number;
  /** Value of all positions without sign, market orders under way taken as done. */
  gross: number;
}

/**
 * The venue's filters and the account's own limit, before anything is sent (GATE rules). Returns why not, or null.
 * Filters: BINANCE USDⓈ-M exchangeInfo LOT_SIZE, MARKET_LOT_SIZE, MIN_NOTIONAL (reduce-only orders are exempt), MAX_NUM_ORDERS.
 */
export function denial(instrument: Instrument, request: OrderRequest, state: GateState): DenyReason | null {
  const { qty, orderType } = request;
  if (!Number.isSafeInteger(qty) || qty <= 0) return 'bad_quantity';
  const level = orderType === 'market' ? state.last : orderType === 'limit' ? request.price : request.trigger;
  if (level === undefined || !Number.isSafeInteger(level) || level <= 0) return 'bad_price';
  const isTriggered = orderType === 'stop_market' || orderType === 'take_profit_market';
  // A price that the type has no use for is a misunderstanding, not something to drop in silence (GATE-5).
  if ((request.price !== undefined && orderType !== 'limit') || (request.trigger !== undefined && !isTriggered)) return 'bad_price';
  if (isTriggered && request.parent === undefined && isBehind(orderType, request.side, level, state.last)) return 'would_trigger';
  if (qty < instrument.minLots) return 'below_min_quantity';
  if (qty > (orderType === 'limit' ? instrument.maxLots : instrument.marketMaxLots)) return 'above_max_quantity';
  if (state.openOrders >= MAX_OPEN_ORDERS) return 'too_many_orders';
  if (request.reduceOnly === true) return null;
  if (notionalSats(instrument, qty, level) < instrument.minNotional) return 'below_min_notional';
  return exceedsLeverage(instrument, request, state, level) ? 'above_max_leverage' : null;
}

function exceedsLeverage(instrument: Instrument, request: OrderRequest, state: GateState, level: Ticks): boolean {
  const held = state.ledger.qty[instrument.id] + state.inFlight;
  const after = held + (request.side === 'buy' ? request.qty : -request.qty);
  const added = Math.abs(after) - Math.abs(held);
  if (added <= 0) return false;
  return state.gross + added * level * instrument.tickLotSats > state.maxLeverage * state.equity;
}

/** Whether a trigger is already met at `price`: the venue answers −2021, so nothing is sent (GATE-4). */
export function isBehind(orderType: OrderType, side: Side, trigger: number, price: number): boolean {
  const isRising = orderType === 'stop_market' ? side === 'buy' : side === 'sell';
  return isRising ? price >= trigger : price <= trigger;
}
