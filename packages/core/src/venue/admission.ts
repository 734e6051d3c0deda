import { satsPerPrice, type Instrument } from '../market/instrument.ts';
import type { AmendOrder, AmendReason, LeverageReason, RejectReason } from '../messages.ts';
import { filterProblem } from '../order/filters.ts';
import { MAX_CONDITIONAL_ORDERS } from '../order/gate.ts';
import { isBehind, isConditional } from '../order/order-kind.ts';
import type { InstrumentId } from '../units.ts';
import type { VenueAccount } from './account.ts';
import { maxLeverageOf, maxNotional } from './brackets.ts';
import { looksAtMark, type WorkingOrder } from './working-order.ts';

/** What the venue knows of an instrument when something arrives. */
export interface Counter {
  readonly instrument: Instrument;
  readonly account: VenueAccount;
  readonly book: readonly WorkingOrder[];
  /** Conditional orders of the whole account. */
  readonly conditional: number;
  readonly isHedged: boolean;
  /** Mark price in quote units, and in ticks (a fraction, mostly). */
  readonly mark: number;
  readonly markTicks: number;
}

/** Why the venue refuses a new order, or null (GATE and MARG rules; BINANCE USDⓈ-M error codes stand with the reasons). */
export function orderProblem(order: WorkingOrder, counter: Counter): RejectReason | null {
  const { instrument, account, book, conditional, isHedged, markTicks } = counter;
  const { command, sign, leg, isReducing } = order;
  const { orderType, terms, side, qty, trigger, price } = command;
  const positionSide = terms?.positionSide ?? 'both';
  if (isHedged === (positionSide === 'both')) return 'position_side';
  if (isHedged && command.reduceOnly && command.parent === null) return 'reduce_only';
  const isWhole = terms !== null && terms.closePosition;
  const problem = filterProblem(instrument, { side, orderType, qty, price, trigger, isReducing, isWhole }, markTicks);
  if (problem !== null) return problem === 'price_band' ? 'price_band' : 'filter';
  if (book.length >= instrument.maxNumOrders) return 'max_orders';
  if (isConditional(orderType) && conditional >= MAX_CONDITIONAL_ORDERS) return 'max_conditional_orders';
  const { id } = instrument;
  if (isConditional(orderType)) {
    const looks = looksAtMark(command) && trigger !== null && orderType !== 'trailing_stop_market';
    return looks && command.parent === null && isBehind(orderType, side, trigger, markTicks) ? 'would_trigger' : null;
  }
  if (isReducing || command.parent !== null) return null;
  if (!account.allowsSize(id, leg, sign, qty)) return 'max_position';
  return account.affords(id, leg, sign, qty, price ?? markTicks) ? null : 'insufficient_margin';
}

/** Why the venue refuses an amendment, or null (FILL-19). */
export function amendProblem({ qty, price }: AmendOrder, order: WorkingOrder, counter: Counter): AmendReason | null {
  const { instrument, account, markTicks } = counter;
  const { command, sign, leg, isReducing } = order;
  if (command.orderType !== 'limit' || order.isDormant) return 'not_a_limit_order';
  if (qty === order.filled + order.left && price === order.price) return 'unchanged';
  const problem = filterProblem(
    instrument,
    { side: command.side, orderType: 'limit', qty, price, trigger: null, isReducing, isWhole: false },
    markTicks,
  );
  if (problem !== null) return problem === 'price_band' ? 'price_band' : 'filter';
  const added = qty - order.filled - order.left;
  const dearer = Math.max(0, price - order.price);
  if (isReducing || (added <= 0 && dearer === 0)) return null;
  const lots = Math.max(0, added) + (order.price > 0 ? Math.ceil((order.left * dearer) / price) : 0);
  return account.affords(instrument.id, leg, sign, lots, price) ? null : 'insufficient_margin';
}

/** Why the venue refuses a leverage, or null (MARG-7). */
export function leverageProblem(id: InstrumentId, leverage: number, { instrument, account, mark }: Counter): LeverageReason | null {
  if (!Number.isSafeInteger(leverage) || leverage < 1 || leverage > maxLeverageOf(instrument.brackets)) return 'out_of_range';
  const perPrice = satsPerPrice(instrument);
  for (const { qty } of account.legs[id]) {
    if (Math.abs(qty) * mark * perPrice > maxNotional(instrument.brackets, leverage)) return 'position_too_large';
    if (qty !== 0 && account.isIsolated && leverage < account.leverage[id]) return 'position_too_large';
  }
  return null;
}
