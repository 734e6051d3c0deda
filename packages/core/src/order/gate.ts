import type { Ledger } from '../ledger/ledger.ts';
import { isClosingSide, slotOf } from '../ledger/slots.ts';
import type { Instrument } from '../market/instrument.ts';
import type { DenyReason, OrderTerms } from '../messages.ts';
import type { EpochMs, Lots, Ticks } from '../units.ts';
import { filterProblem, type FilteredOrder } from './filters.ts';
import { hasLimit, isBehind, isConditional } from './order-kind.ts';
import { PLAIN_TERMS, type OrderRequest } from './request.ts';

/** Conditional orders of an account, all symbols together (BINANCE USDⓈ-M, −4045). */
export const MAX_CONDITIONAL_ORDERS = 200;
/** Callback rates of a trailing stop (BINANCE USDⓈ-M, POST /fapi/v1/algoOrder, callbackRate): 0.1 % to 10 %. */
const CALLBACK_RATES = { min: 100_000, max: 10_000_000 } as const;
/** A gtd order must stand for at least ten minutes (BINANCE USDⓈ-M, POST /fapi/v1/order, goodTillDate). */
const LEAST_GOOD_TILL_MS = 600_000;

/** What the gate must know of the account; sats. One object serves all orders of a run, brought up to date for each. */
export interface GateState {
  readonly ledger: Ledger;
  readonly maxLeverage: number;
  readonly isHedged: boolean;
  readonly instruments: number;
  /** Time of the decision. */
  now: EpochMs;
  /** Last close, in ticks. */
  last: Ticks;
  openOrders: number;
  /** Conditional orders of all instruments. */
  conditional: number;
  /** Signed lots of market orders under way. */
  inFlight: number;
  equity: number;
  /** Value of all positions without sign, market orders under way taken as done. */
  gross: number;
}

/** The venue's filters and the account's own limit, before anything is sent (GATE rules). Returns why not, or null. */
export function denial(instrument: Instrument, request: OrderRequest, state: GateState): DenyReason | null {
  const { qty, orderType } = request;
  const terms = request.terms === undefined ? PLAIN_TERMS : { ...PLAIN_TERMS, ...request.terms };
  if (!Number.isSafeInteger(qty) || qty < 0 || (qty === 0) !== terms.closePosition) return 'bad_quantity';
  if (!hasRightPrices(request, state)) return 'bad_price';
  if (!hasRightTerms(request, terms, state)) return 'bad_terms';
  const isTriggered = isConditional(orderType) && orderType !== 'trailing_stop_market';
  // A trigger at the mark price is looked at by the venue: the core knows traded prices alone.
  const looksHere = terms.workingType === 'contract_price' && request.parent === undefined;
  if (isTriggered && looksHere && isBehind(orderType, request.side, request.trigger ?? 0, state.last)) return 'would_trigger';
  if (orderType === 'trailing_stop_market' && request.trigger !== undefined && looksHere) {
    // A trailing stop is activated where its order would take a profit.
    if (isBehind('take_profit_market', request.side, request.trigger, state.last)) return 'would_trigger';
  }
  const isReducing = request.reduceOnly === true || isClosingSide(terms.positionSide, request.side);
  const order: FilteredOrder = {
    side: request.side,
    orderType,
    qty,
    price: request.price ?? null,
    trigger: request.trigger ?? null,
    isReducing,
    isWhole: terms.closePosition,
  };
  const problem = filterProblem(instrument, order, state.last);
  if (problem !== null) return problem;
  if (state.openOrders >= instrument.maxNumOrders) return 'too_many_orders';
  if (isConditional(orderType) && state.conditional >= MAX_CONDITIONAL_ORDERS) return 'too_many_conditional_orders';
  if (isReducing || terms.closePosition) return null;
  const level = request.price ?? request.trigger ?? state.last;
  return exceedsLeverage(instrument, request, terms, state, level) ? 'above_max_leverage' : null;
}

/** Every level that the type needs is there, a whole tick above 0, and no other: a price without use is a misunderstanding (GATE-5). */
function hasRightPrices({ orderType, price, trigger }: OrderRequest, state: GateState): boolean {
  if (orderType === 'market') return isLevel(state.last) && price === undefined && trigger === undefined;
  if (hasLimit(orderType) ? !isLevel(price) : price !== undefined) return false;
  if (orderType === 'limit') return trigger === undefined;
  if (orderType === 'trailing_stop_market') return (trigger === undefined || isLevel(trigger)) && isLevel(state.last);
  return isLevel(trigger);
}

function isLevel(level: number | undefined): boolean {
  return level !== undefined && Number.isSafeInteger(level) && level > 0;
}

/** Source of the combinations: BINANCE USDⓈ-M, POST /fapi/v1/order and /fapi/v1/algoOrder (GATE-9). */
function hasRightTerms(request: OrderRequest, terms: OrderTerms, state: GateState): boolean {
  if (request.terms === undefined && request.orderType === 'market') return !state.isHedged;
  const { orderType, timeInForce = 'gtc', reduceOnly = false } = request;
  const isCloser = orderType === 'stop_market' || orderType === 'take_profit_market';
  if (terms.closePosition && (!isCloser || reduceOnly)) return false;
  if (!isConditional(orderType) && (terms.workingType !== 'contract_price' || terms.priceProtect)) return false;
  if ((orderType === 'trailing_stop_market') !== (terms.callbackRate !== null)) return false;
  if (terms.callbackRate !== null && !isWithin(terms.callbackRate, CALLBACK_RATES)) return false;
  if ((timeInForce === 'gtd') !== (terms.goodTillDate !== null)) return false;
  if (timeInForce === 'gtd' && (!hasLimit(orderType) || request.parent !== undefined)) return false;
  if (terms.goodTillDate !== null && !(terms.goodTillDate > state.now + LEAST_GOOD_TILL_MS)) return false;
  if (timeInForce === 'fok' && !hasLimit(orderType)) return false;
  // In hedge mode the side says whether an order closes, so nothing else may (−4061, −1106).
  return state.isHedged ? terms.positionSide !== 'both' && !reduceOnly : terms.positionSide === 'both';
}

function isWithin(value: number, { min, max }: { readonly min: number; readonly max: number }): boolean {
  return Number.isSafeInteger(value) && value >= min && value <= max;
}

function exceedsLeverage(instrument: Instrument, request: OrderRequest, terms: OrderTerms, state: GateState, level: Ticks): boolean {
  const slot = slotOf(instrument.id, terms.positionSide, state.instruments);
  const held = state.ledger.qty[slot] + state.inFlight;
  const after = held + (request.side === 'buy' ? request.qty : -request.qty);
  const added = (Math.abs(after) - Math.abs(held)) as Lots;
  if (added <= 0) return false;
  return state.gross + added * level * instrument.tickLotSats > state.maxLeverage * state.equity;
}
