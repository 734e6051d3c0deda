import { applyRate } from '../ledger/exact.ts';
import { hasLimit } from '../order/order-kind.ts';
import type { ExpireReason } from '../messages.ts';
import type { Lots, Sats, Ticks } from '../units.ts';
import type { VenueAssumptions } from './assumptions.ts';
import type { Lane } from './lane.ts';
import { fillLeg } from './leg.ts';
import { againstSide, immediatePrice, isTriggeredAt, takerPrice } from './price-rules.ts';
import type { Purse } from './purse.ts';
import { activatedAt, triggerLevel, workingPrice } from './triggers.ts';
import type { WalkEvent } from './walk-event.ts';
import { isFillOrKill, isImmediate, isPostOnly, kindOf, type WorkingOrder } from './working-order.ts';

const E8 = 100_000_000;

/** Whether the margin carries an order that goes off now; asked of the account as it was when the candle opened (MARG-4). */
export type Affords = (order: WorkingOrder, price: number, mark: number) => boolean;

/** What happens to the orders of one lane at a moment of its path (FILL and ORD rules). */
export class LaneOrders {
  readonly #lane: Lane;
  readonly #purse: Purse;
  readonly #assumptions: VenueAssumptions;
  readonly #affords: Affords;
  readonly #events: WalkEvent[];
  readonly #isTouchEnough: boolean;

  constructor(lane: Lane, purse: Purse, assumptions: VenueAssumptions, affords: Affords, events: WalkEvent[]) {
    this.#lane = lane;
    this.#purse = purse;
    this.#assumptions = assumptions;
    this.#affords = affords;
    this.#events = events;
    this.#isTouchEnough = assumptions.limitFill === 'touch';
  }

  /** Whether the order is still in the book just as it is. */
  has(order: WorkingOrder): boolean {
    return this.#lane.book.includes(order);
  }

  /** A newcomer meets the price of the moment. */
  arrive(order: WorkingOrder): void {
    const { command } = order;
    const at = this.#lane.at;
    const kind = kindOf(order);
    if (kind === 'trigger' || kind === 'trailing') {
      this.#settleIn(order);
      return;
    }
    const price = immediatePrice(order, at, this.#isTouchEnough);
    if (isPostOnly(command) && price !== null) {
      // An amended order has been accepted long ago, so it can only be canceled (FILL-19).
      if (order.isAccepted) this.end({ kind: 'canceled', order, reason: 'amended_away' });
      else this.end({ kind: 'rejected', order, reason: 'post_only_would_take' });
      return;
    }
    if (isFillOrKill(command) && (price === null || this.#lane.room < order.left)) {
      this.end({ kind: 'rejected', order, reason: 'fok_not_filled' });
      return;
    }
    const settled = this.#settleIn(order);
    if (price !== null) this.execute(settled, price, false);
    else if (isImmediate(command)) this.end({ kind: 'expired', order: settled, reason: 'not_filled' });
    if (price !== null) this.wake();
  }

  /** A resting order finds the price of a new candle beyond its level, or goes on filling. */
  reopen(order: WorkingOrder): void {
    const price = immediatePrice(order, this.#lane.at, this.#isTouchEnough);
    if (price === null) return;
    this.execute(order, price, kindOf(order) === 'limit');
    this.wake();
  }

  /** Its trigger is met at the price of the moment; `reference` in ticks. */
  trigger(order: WorkingOrder, reference: number): void {
    const lane = this.#lane;
    const { command } = order;
    if (command.terms?.priceProtect === true && this.#isTornApart(lane.instrument.triggerProtect)) {
      lane.blocked.add(command.orderId);
      return;
    }
    if (!order.isReducing && !this.#affords(order, command.price ?? reference, lane.markAt(lane.progress))) {
      this.end({ kind: 'expired', order, reason: 'insufficient_margin' });
      return;
    }
    const triggered: WorkingOrder = { ...order, isTriggered: true, isResting: true };
    lane.replace(order, triggered);
    if (!hasLimit(command.orderType)) {
      this.execute(triggered, reference, false);
      this.wake();
      return;
    }
    const price = immediatePrice(triggered, reference, this.#isTouchEnough);
    if (price !== null && command.timeInForce === 'gtx') this.end({ kind: 'expired', order: triggered, reason: 'not_filled' });
    else if (command.timeInForce === 'fok' && (price === null || lane.room < triggered.left))
      this.end({ kind: 'expired', order: triggered, reason: 'not_filled' });
    else if (price !== null) this.execute(triggered, price, false);
    else if (isImmediate(command)) this.end({ kind: 'expired', order: triggered, reason: 'not_filled' });
    if (price !== null) this.wake();
  }

  /** Fills as much as the order, its position and the volume cap allow. */
  execute(order: WorkingOrder, reference: number, isMaker: boolean): void {
    const lane = this.#lane;
    const { command, sign } = order;
    const leg = lane.legs[order.leg];
    const isWhole = command.terms !== null && command.terms.closePosition;
    const reducible = Math.max(0, -sign * leg.qty);
    const wanted = isWhole ? reducible : order.isReducing ? Math.min(order.left, reducible) : order.left;
    if (wanted === 0) {
      // Accepted before, so it can no longer be rejected.
      this.end({ kind: 'expired', order, reason: isWhole ? 'position_gone' : 'reduce_only' });
      return;
    }
    const rests = kindOf(order) === 'limit';
    if (!rests && this.#isTornApart(lane.instrument.marketTakeBound)) {
      this.end({ kind: 'expired', order, reason: 'take_bound' });
      return;
    }
    const qty = Math.min(wanted, lane.room);
    if (qty === 0) return;
    lane.room -= qty;
    const share = lane.start.volume > 0 ? qty / lane.start.volume : 1;
    const price = rests ? reference : takerPrice(sign, reference, share, this.#assumptions, lane.start.candle);
    const before = leg.qty;
    const fee = this.#book(order, sign * qty, price, isMaker);
    const isDone = qty === wanted;
    const after: WorkingOrder = { ...order, left: order.left - qty, filled: order.filled + qty, fills: order.fills + 1, isResting: true };
    if (isDone) lane.remove(order);
    else lane.replace(order, after);
    this.#events.push({
      kind: 'filled',
      order,
      fill: after.fills,
      qty: (sign * qty) as Lots,
      price: price as Ticks,
      reference: reference as Ticks,
      fee,
      isMaker,
      isDone,
    });
    if (!isDone && isImmediate(command)) this.end({ kind: 'expired', order: after, reason: 'not_filled' });
    this.#release(order, before);
  }

  /** Ends an order; those that sleep behind it end with it (ORD-2). */
  end(event: Extract<WalkEvent, { readonly order: WorkingOrder }>): void {
    this.#lane.remove(event.order);
    this.#events.push(event);
    const { orderId } = event.order.command;
    for (const child of this.#lane.book) {
      if (this.has(child) && child.isDormant && child.command.parent === orderId)
        this.end({ kind: 'canceled', order: child, reason: 'parent_gone' });
    }
  }

  /** Orders that have just woken and can be filled there and then go off at the price of the moment (ORD-7). */
  wake(): void {
    const { woken } = this.#lane;
    for (let order = woken.shift(); order !== undefined; order = woken.shift()) {
      if (!this.has(order)) continue;
      const kind = kindOf(order);
      if (kind === 'trailing') continue;
      const at = this.#lane.at;
      if (kind === 'trigger') this.meet(order);
      else if (immediatePrice(order, at, this.#isTouchEnough) !== null) this.execute(order, this.#wholeTick(order), false);
    }
  }

  /** Goes off if its trigger is met at the price of the moment. */
  meet(order: WorkingOrder): void {
    if (isTriggeredAt(order, triggerLevel(order, this.#lane), workingPrice(order, this.#lane))) this.trigger(order, this.#wholeTick(order));
  }

  #wholeTick({ sign }: WorkingOrder): number {
    return againstSide(sign, this.#lane.at);
  }

  /** It is at the venue from now on; told once. */
  #settleIn(order: WorkingOrder): WorkingOrder {
    if (order.isResting && order.isAccepted) return order;
    const settled: WorkingOrder = { ...order, isResting: true, isAccepted: true, best: activatedAt(order, this.#lane) };
    this.#lane.replace(order, settled);
    if (!order.isAccepted) this.#events.push({ kind: 'accepted', order: settled });
    return settled;
  }

  /** Moves the money of a fill. */
  #book(order: WorkingOrder, qty: number, price: number, isMaker: boolean): Sats {
    const lane = this.#lane;
    const { fees, tickLotSats } = lane.instrument;
    const fee = applyRate((Math.abs(qty) * price * tickLotSats) as Sats, isMaker ? fees.maker : fees.taker);
    const isolatedLeverage = lane.start.isIsolated ? lane.start.leverage : 0;
    const leg = lane.legs[order.leg];
    const setAside = leg.isolated;
    const realized = fillLeg(leg, { qty, unit: price * tickLotSats, isolatedLeverage });
    this.#purse.wallet += realized - fee;
    this.#purse.isolated += leg.isolated - setAside;
    return fee;
  }

  /** After a fill: its children wake, its siblings go, and exits of a position that is no more go too (ORD-7, ORD-8). */
  #release(filled: WorkingOrder, before: number): void {
    const lane = this.#lane;
    const { orderId, parent } = filled.command;
    const now = lane.legs[filled.leg].qty;
    const isClosed = before !== 0 && (now === 0 || now > 0 !== before > 0);
    for (const order of lane.book) {
      if (!this.has(order)) continue;
      const { command } = order;
      const isCloser = command.terms !== null && command.terms.closePosition && command.parent === null;
      if (isCloser) {
        // A sell closes a long, whatever came in its place; it goes with that alone (FILL-16).
        if (isClosed && order.leg === filled.leg && before * order.sign < 0) this.#expireGone(order);
      } else if (command.parent === null) {
        // What is left of an entry goes once one of its exits has filled.
        if (command.orderId === parent) this.end({ kind: 'canceled', order, reason: 'other_filled' });
      } else if (command.parent === orderId) {
        // An entry that only closed another position leaves its exits nothing to guard.
        if (!order.isDormant) continue;
        if (now === 0) this.end({ kind: 'canceled', order, reason: 'position_closed' });
        else this.#rouse(order);
      } else if (command.parent === parent && command.orderId !== orderId) this.end({ kind: 'canceled', order, reason: 'other_filled' });
      else if (isClosed && !order.isDormant && order.leg === filled.leg && command.orderId !== orderId)
        this.end({ kind: 'canceled', order, reason: 'position_closed' });
    }
  }
  #expireGone(order: WorkingOrder, reason: ExpireReason = 'position_gone'): void {
    this.end({ kind: 'expired', order, reason });
  }
  #rouse(child: WorkingOrder): void {
    const awake: WorkingOrder = { ...child, isDormant: false, isResting: true, isAccepted: true, best: activatedAt(child, this.#lane) };
    this.#lane.replace(child, awake);
    this.#events.push({ kind: 'accepted', order: awake });
    this.#lane.woken.push(awake);
  }

  /** Whether mark and traded price are further apart than a part of the mark. */
  #isTornApart(rateE8: number): boolean {
    if (rateE8 === Infinity) return false;
    const lane = this.#lane;
    const mark = (lane.markAt(lane.progress) * lane.instrument.priceScale) / lane.instrument.tick.units;
    return Math.abs(mark - lane.at) * E8 > mark * rateE8;
  }
}
