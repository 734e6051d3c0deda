import {
  filterProblem,
  isBehind,
  isClosingSide,
  isConditional,
  refusalOfOrder,
  type EpochMs,
  type Instrument,
  type OrderTerms,
  type PositionSide,
  type SubmitOrder,
  type Ticks,
} from '@orrery/core';
import type { Exchange } from './exchange.ts';
import { filterCode } from './order-request.ts';
import type { VenuePositionSide, VenueSide } from './order-records.ts';
import { refusal, VenueError } from './venue-error.ts';

const CORE_SIDES: Readonly<Record<VenuePositionSide, PositionSide>> = { BOTH: 'both', LONG: 'long', SHORT: 'short' };

/** Terms as the core has them; null where nothing about them is special. */
export function termsOfRequest(positionSide: VenuePositionSide, terms: Partial<Omit<OrderTerms, 'positionSide'>> = {}): OrderTerms | null {
  const whole: OrderTerms = {
    positionSide: CORE_SIDES[positionSide],
    workingType: terms.workingType ?? 'contract_price',
    priceProtect: terms.priceProtect ?? false,
    closePosition: terms.closePosition ?? false,
    callbackRate: terms.callbackRate ?? null,
    goodTillDate: terms.goodTillDate ?? null,
  };
  const isPlain =
    positionSide === 'BOTH' &&
    whole.workingType === 'contract_price' &&
    !whole.priceProtect &&
    !whole.closePosition &&
    whole.callbackRate === null &&
    whole.goodTillDate === null;
  return isPlain ? null : whole;
}

/** Whether an order can only make its position smaller. */
export function isReducing({ reduceOnly, terms, side }: Pick<SubmitOrder, 'reduceOnly' | 'terms' | 'side'>): boolean {
  return reduceOnly || (terms !== null && (terms.closePosition || isClosingSide(terms.positionSide, side)));
}

/**
 * Holds an order against the symbol's filters and the account, in the core's own rules.
 * @throws VenueError
 */
export function checkCommand(exchange: Exchange, instrument: Instrument, command: SubmitOrder): void {
  const { account, venue } = exchange;
  checkPositionMode(account.isHedged, command);
  const markTicks = (account.markOf(instrument.id) * instrument.priceScale) / instrument.tick.units;
  const { side, orderType, qty, price, trigger } = command;
  const isWhole = command.terms?.closePosition === true;
  const filtered = { side, orderType, qty, price, trigger, isReducing: isReducing(command), isWhole };
  const problem = filterProblem(instrument, filtered, markTicks);
  if (problem !== null) throw refusal(filterCode(problem, instrument, filtered));
  const reason = venue.admission(command);
  if (reason === null) return;
  const row = refusalOfOrder(reason);
  throw row === null ? refusal(-1000) : new VenueError(row.code, row.text);
}

function checkPositionMode(isHedged: boolean, { terms, reduceOnly }: SubmitOrder): void {
  const isNamed = (terms?.positionSide ?? 'both') !== 'both';
  if (isHedged !== isNamed) throw refusal(-4061);
  if (isHedged && reduceOnly) throw new VenueError(-1106, "Parameter 'reduceonly' sent when not required.");
}

/** A reduce-only order needs something to reduce. @throws VenueError -2022 */
export function checkReducible({ account }: Exchange, command: SubmitOrder, positionSide: VenuePositionSide): void {
  if (!isReducing(command) || isConditional(command.orderType)) return;
  const held = account.held(command.instrument, positionSide);
  if (held === 0 || held > 0 === (command.side === 'buy')) throw refusal(-2022);
}

/** A trigger must not be met already, nor an activation price be passed. @throws VenueError -2021 */
export function checkTrigger({ board, account }: Exchange, instrument: Instrument, { orderType, side, trigger, terms }: SubmitOrder): void {
  if (trigger === null) return;
  const isMark = terms?.workingType === 'mark_price';
  const now = isMark ? (account.markOf(instrument.id) * instrument.priceScale) / instrument.tick.units : board.last(instrument.id);
  // A trailing stop becomes active where a take-profit would go off.
  const likeType = orderType === 'trailing_stop_market' ? 'take_profit_market' : orderType;
  if (isBehind(likeType, side, trigger, now)) throw refusal(-2021);
}

/** What post-only and fill-or-kill orders find on arrival, which is at the open of the next candle. @throws VenueError -5021, -5022 */
export function checkArrival({ board, assumptions }: Exchange, side: VenueSide, command: SubmitOrder): void {
  const { price, instrument, timeInForce, qty } = command;
  if (price === null || assumptions.latencyMax > 0 || (timeInForce !== 'gtx' && timeInForce !== 'fok')) return;
  const arrival = board.arrival(instrument);
  const takes = arrival !== null && isBetter(side, price, arrival.open, assumptions.limitFill === 'touch');
  if (timeInForce === 'gtx' && takes) throw refusal(-5022);
  const room =
    arrival === null || assumptions.maxVolumeShare === 0 ? Infinity : Math.floor((arrival.lots * assumptions.maxVolumeShare) / 1e8);
  if (timeInForce === 'fok' && (!takes || room < qty)) throw refusal(-5021);
}
function isBetter(side: VenueSide, price: Ticks, open: Ticks, isTouchEnough: boolean): boolean {
  const better = side === 'BUY' ? price - open : open - price;
  return better > 0 || (isTouchEnough && better === 0);
}

/** A date that the core knows. */
export function dateOf(goodTillDate: number): EpochMs | null {
  return goodTillDate === 0 ? null : (goodTillDate as EpochMs);
}
