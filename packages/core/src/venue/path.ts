import type { Instrument } from '../market/instrument.ts';
import { applyRate } from '../ledger/exact.ts';
import type { CancelReason, ExpireReason, RejectReason } from '../messages.ts';
import type { Lots, Sats, Ticks } from '../units.ts';
import type { CandleTicks } from './candle-ticks.ts';
import { hitPrice, openPrice, slipped } from './price-rules.ts';
import { isImmediateOrCancel, isPostOnly, type WorkingOrder } from './working-order.ts';

/** The order in which a candle is taken to have visited its extremes. */
export type Path = 'low-first' | 'high-first';

/** What happened to one order inside a candle. */
export type PathEvent =
  | { readonly kind: 'accepted'; readonly order: WorkingOrder }
  | { readonly kind: 'rejected'; readonly order: WorkingOrder; readonly reason: RejectReason }
  | { readonly kind: 'expired'; readonly order: WorkingOrder; readonly reason: ExpireReason }
  | { readonly kind: 'canceled'; readonly order: WorkingOrder; readonly reason: CancelReason }
  | {
      readonly kind: 'filled';
      readonly order: WorkingOrder;
      readonly qty: Lots;
      readonly price: Ticks;
      readonly reference: Ticks;
      readonly fee: Sats;
      readonly isMaker: boolean;
    };

/** Where one path through the candle ends. */
export interface Outcome {
  readonly events: readonly PathEvent[];
  readonly book: readonly WorkingOrder[];
  readonly position: number;
  /** Cash moved plus the end position at the close, in sats: what one path is better or worse by. */
  readonly value: number;
}

/** Walks the book through one candle along one path (FILL-1 to FILL-6). Pure: the book is not changed. */
export class PathWalk {
  readonly #instrument: Instrument;
  readonly #candle: CandleTicks;
  readonly #slippage: number;
  readonly #events: PathEvent[] = [];
  #book: WorkingOrder[];
  #position: number;
  #cash = 0;
  /** Children whose parent has just filled. */
  readonly #woken: WorkingOrder[] = [];

  constructor(instrument: Instrument, book: readonly WorkingOrder[], position: number, candle: CandleTicks, slippage: number) {
    this.#instrument = instrument;
    this.#book = book.slice();
    this.#position = position;
    this.#candle = candle;
    this.#slippage = slippage;
  }

  run(path: Path): Outcome {
    const { open, high, low, close } = this.#candle;
    this.#atOpen(open);
    const turns = path === 'low-first' ? [low, high, close] : [high, low, close];
    let from = open;
    for (const to of turns) {
      this.#leg(from, to);
      from = to;
    }
    const unit = this.#instrument.tickLotSats;
    return {
      events: this.#events,
      book: this.#book.map((order) => (order.isDormant || order.isResting ? order : { ...order, isResting: true })),
      position: this.#position,
      value: this.#cash + this.#position * close * unit,
    };
  }

  /** Newcomers arrive at the open; resting orders may find it beyond their level. In the order of their ids. */
  #atOpen(open: number): void {
    for (const order of this.#book.slice()) {
      if (order.isDormant || !this.#book.includes(order)) continue;
      if (!order.isResting && !this.#arrives(order, open)) continue;
      const reference = openPrice(order, open);
      if (reference !== null) this.#fill(order, reference, order.isResting && order.command.orderType === 'limit');
      else if (isImmediateOrCancel(order.command)) this.#end({ kind: 'expired', order, reason: 'not_filled' });
      if (reference !== null) this.#wake(open);
    }
  }

  /** What the venue checks on arrival. False when it refuses. */
  #arrives(order: WorkingOrder, open: number): boolean {
    if (!isPostOnly(order.command)) return true;
    if (openPrice(order, open) !== null) {
      this.#end({ kind: 'rejected', order, reason: 'post_only_would_take' });
      return false;
    }
    this.#events.push({ kind: 'accepted', order });
    return true;
  }

  /** Moves the price from one extreme to the next, filling what it meets, nearest first, ties by id. */
  #leg(from: number, to: number): void {
    let at = from;
    for (;;) {
      let next: WorkingOrder | null = null;
      let level = 0;
      for (const order of this.#book) {
        if (order.isDormant) continue;
        const hit = hitPrice(order, at, to);
        if (hit === null) continue;
        if (next === null || (to < from ? hit > level : hit < level)) {
          next = order;
          level = hit;
        }
      }
      if (next === null) return;
      at = level;
      this.#fill(next, level, next.command.orderType === 'limit');
      this.#wake(at);
    }
  }

  #fill(order: WorkingOrder, reference: number, isMaker: boolean): void {
    const room = order.sign > 0 ? -this.#position : this.#position;
    const qty = order.command.reduceOnly ? Math.min(order.command.qty, room) : order.command.qty;
    if (qty <= 0) {
      // Accepted before, so it can no longer be rejected.
      this.#end({ kind: 'expired', order, reason: 'reduce_only' });
      return;
    }
    const price = order.command.orderType === 'limit' ? reference : slipped(order.sign, reference, this.#slippage, this.#candle);
    const { fees, tickLotSats } = this.#instrument;
    const fee = applyRate((qty * price * tickLotSats) as Sats, isMaker ? fees.maker : fees.taker);
    const signed = order.sign * qty;
    const before = this.#position;
    this.#position += signed;
    this.#cash -= signed * price * tickLotSats + fee;
    this.#remove(order);
    this.#events.push({ kind: 'filled', order, qty: signed as Lots, price: price as Ticks, reference: reference as Ticks, fee, isMaker });
    this.#release(order, before);
  }

  /** After a fill: its children wake, its siblings go, and exits of a position that is no more go too (ORD-7, ORD-8). */
  #release(filled: WorkingOrder, before: number): void {
    const { orderId, parent } = filled.command;
    const isClosed = before !== 0 && (this.#position === 0 || this.#position > 0 !== before > 0);
    for (const order of this.#book.slice()) {
      const its = order.command.parent;
      if (its === null) continue;
      if (its === orderId) {
        // An entry that only closed another position leaves its exits nothing to guard.
        if (this.#position === 0) this.#end({ kind: 'canceled', order, reason: 'position_closed' });
        else this.#rouse(order);
      } else if (its === parent) this.#end({ kind: 'canceled', order, reason: 'other_filled' });
      else if (isClosed && !order.isDormant) this.#end({ kind: 'canceled', order, reason: 'position_closed' });
    }
  }

  /** Orders that have just woken and can be filled there and then go off at the price of the moment. */
  #wake(at: number): void {
    for (let order = this.#woken.shift(); order !== undefined; order = this.#woken.shift()) {
      if (this.#book.includes(order) && openPrice(order, at) !== null) this.#fill(order, at, false);
    }
  }

  #end(event: PathEvent): void {
    this.#remove(event.order);
    this.#events.push(event);
    if (event.kind === 'filled') return;
    for (const child of this.#book.slice()) {
      if (child.command.parent === event.order.command.orderId) this.#end({ kind: 'canceled', order: child, reason: 'parent_gone' });
    }
  }
  #remove(order: WorkingOrder): void {
    this.#book = this.#book.filter((other) => other !== order);
  }
  #rouse(child: WorkingOrder): void {
    const awake = { ...child, isDormant: false, isResting: true };
    this.#book = this.#book.map((other) => (other === child ? awake : other));
    this.#events.push({ kind: 'accepted', order: awake });
    this.#woken.push(awake);
  }
}

/** The extreme nearer to the open is taken to come first; at equal distance a rising candle dips first (FILL-7, heuristic). */
export function likelierPath(candle: CandleTicks): Path {
  const toHigh = candle.high - candle.open;
  const toLow = candle.open - candle.low;
  if (toHigh === toLow) return candle.close >= candle.open ? 'low-first' : 'high-first';
  return toLow < toHigh ? 'low-first' : 'high-first';
}

/** Whether two paths leave the same money, position and book: then the candle is not ambiguous. */
export function isSameOutcome(a: Outcome, b: Outcome): boolean {
  if (a.value !== b.value || a.position !== b.position || a.book.length !== b.book.length) return false;
  return a.book.every((order, k) => order.command.orderId === b.book[k]?.command.orderId && order.isDormant === b.book[k].isDormant);
}
