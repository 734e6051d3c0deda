import type { Instrument } from '../market/instrument.ts';
import type { Tape } from '../market/tape.ts';
import type { AmendOrder, AmendReason, CancelOrder, RejectReason } from '../messages.ts';
import { isConditional } from '../order/order-kind.ts';
import type { InstrumentId, OrderId } from '../units.ts';
import type { VenueAccount } from './account.ts';
import { noLevels, setLevels, type Levels } from './levels.ts';
import type { MarginWatch } from './margin-watch.ts';
import type { MarkPrices } from './mark-prices.ts';
import type { PendingChange } from './pending-change.ts';
import { markHigh, markLow } from './price-rows.ts';
import type { WalkEvent } from './walk-event.ts';
import type { WorkingOrder } from './working-order.ts';

const EMPTY: readonly WorkingOrder[] = [];
const NONE: readonly PendingChange[] = [];

/** The venue's books, by instrument in the order of arrival, and the levels between which each stays as it is. */
export class Books {
  /** Conditional orders of all instruments. */
  conditional = 0;
  /** Instruments with orders. */
  readonly occupied: Set<number> = new Set();
  readonly #instruments: readonly Instrument[];
  readonly #isTouchEnough: boolean;
  readonly #books: (readonly WorkingOrder[])[];
  readonly #changes: (readonly PendingChange[])[];
  readonly #levels: readonly Levels[];
  readonly #both: Levels = noLevels();
  /** 1 while the levels are those of the book. */
  readonly #areSet: Uint8Array;
  /** 1 while something in the book has to meet the next candle whatever its prices. */
  readonly #isRestless: Uint8Array;
  readonly #changed: Set<number>;

  /** @param changed is told each instrument whose book changes */
  constructor(instruments: readonly Instrument[], isTouchEnough: boolean, changed: Set<number>) {
    this.#changed = changed;
    this.#instruments = instruments;
    this.#isTouchEnough = isTouchEnough;
    this.#books = instruments.map(() => EMPTY);
    this.#changes = instruments.map(() => NONE);
    this.#levels = instruments.map(noLevels);
    this.#areSet = new Uint8Array(instruments.length);
    this.#isRestless = new Uint8Array(instruments.length);
  }

  of(id: number): readonly WorkingOrder[] {
    return this.#books[id];
  }
  find(id: InstrumentId, orderId: OrderId): WorkingOrder | undefined {
    return this.#books[id].find(({ command }) => command.orderId === orderId);
  }
  /** The only order of an instrument where it is a plain market order that arrived without delay; null otherwise. */
  loneMarket(id: number): WorkingOrder | null {
    const book = this.#books[id];
    if (book.length !== 1 || this.#changes[id].length > 0) return null;
    const [order] = book;
    const { orderType, terms } = order.command;
    return orderType === 'market' && !order.isReducing && !order.isDormant && terms === null && order.fills === 0 ? order : null;
  }
  /** Whether there is neither an order nor a position. */
  isIdle(id: number, account: VenueAccount): boolean {
    return this.#books[id].length === 0 && !account.holding.has(id) && this.#changes[id].length === 0;
  }

  add(id: number, order: WorkingOrder): void {
    if (isConditional(order.command.orderType)) this.conditional += 1;
    this.#set(id, this.#books[id].length === 0 ? [order] : [...this.#books[id], order]);
  }
  drop(id: number, order: WorkingOrder): void {
    if (isConditional(order.command.orderType)) this.conditional -= 1;
    this.#set(
      id,
      this.#books[id].filter((other) => other !== order),
    );
  }
  /** Forgets all; for a lone market order. */
  clear(id: number): void {
    this.#set(id, EMPTY);
  }
  /** Takes over where a walk has ended. */
  adopt(id: number, book: readonly WorkingOrder[], done: readonly PendingChange[]): void {
    this.conditional += count(book) - count(this.#books[id]);
    this.#set(id, book);
    if (done.length > 0) this.#changes[id] = this.#changes[id].filter((change) => !done.includes(change));
  }

  /** Carries out a cancellation or amendment at once, and says what it led to. */
  change(command: CancelOrder | AmendOrder, order: WorkingOrder, problem: AmendReason | null): readonly WalkEvent[] {
    if (command.type === 'CancelOrder') return this.#cancel(order, 'requested');
    if (command.qty <= order.filled) return this.#cancel(order, 'amended_away');
    if (problem !== null) return [{ kind: 'amend-rejected', order, reason: problem }];
    const amended = { ...order, price: command.price, left: command.qty - order.filled, isResting: false };
    const id = command.instrument;
    this.#set(
      id,
      this.#books[id].map((other) => (other === order ? amended : other)),
    );
    return [{ kind: 'amended', order: amended, qty: command.qty, price: command.price }];
  }
  #cancel(order: WorkingOrder, reason: 'requested' | 'amended_away' | 'parent_gone'): readonly WalkEvent[] {
    const { instrument: id, orderId } = order.command;
    this.drop(id, order);
    const events: WalkEvent[] = [{ kind: 'canceled', order, reason }];
    for (const child of this.#books[id]) {
      if (child.isDormant && child.command.parent === orderId) events.push(...this.#cancel(child, 'parent_gone'));
    }
    return events;
  }
  /** Refuses an order that was under way; what sleeps behind it goes with it. */
  reject(order: WorkingOrder, reason: RejectReason): readonly WalkEvent[] {
    const [, ...children] = this.#cancel(order, 'requested');
    return [{ kind: 'rejected', order, reason }, ...children];
  }
  /** Cancels everything of an instrument. */
  cancelAll(id: InstrumentId): readonly WorkingOrder[] {
    const book = this.#books[id];
    this.adopt(id, EMPTY, this.#changes[id]);
    return book;
  }

  copyFrom(other: Books): void {
    this.conditional = other.conditional;
    for (const [id, book] of other.#books.entries()) {
      this.#set(id, book);
      this.#changes[id] = other.#changes[id];
    }
  }

  /** Notes a change that is under way. */
  defer(id: number, change: PendingChange): void {
    this.#changes[id] = [...this.#changes[id], change];
  }
  hasChanges(id: number): boolean {
    return this.#changes[id].length > 0;
  }
  /** Changes that arrive by the end of a candle. */
  dueChanges(id: number, ts: number): readonly PendingChange[] {
    return this.#changes[id].length === 0 ? NONE : this.#changes[id].filter(({ arrival }) => arrival <= ts);
  }

  /** When the first order of a book expires. */
  nextExpiry(id: number): number {
    if (this.#books[id].length === 0) return Infinity;
    return this.#books[id].reduce((first, { expires, isDormant }) => (isDormant ? first : Math.min(first, expires)), Infinity);
  }
  /** Levels of book and margin together, good until asked again, or null where the next candle has to be met whatever its prices. */
  levelsOf(id: number, watch: MarginWatch): Levels | null {
    if (this.#changes[id].length > 0) return null;
    this.#update(id);
    if (this.#isRestless[id] === 1) return null;
    const { up, down, markUp, markDown } = this.#levels[id];
    const both = this.#both;
    both.up = up;
    both.down = down;
    both.markUp = Math.min(markUp, watch.up[id]);
    both.markDown = Math.max(markDown, watch.down[id]);
    return both;
  }
  /** Whether some order may ask for margin when it is triggered. */
  canAddAtTrigger(): boolean {
    if (this.conditional === 0) return false;
    for (const id of this.occupied) {
      if (this.#books[id].some((order) => !order.isReducing && isConditional(order.command.orderType))) return true;
    }
    return false;
  }
  /** Lots that could be added to positions in the next candle. */
  addingLots(id: number): number {
    let lots = 0;
    for (const order of this.#books[id]) if (!order.isReducing) lots += order.left;
    return lots;
  }
  /** Whether a candle leaves book and margin as they are. */
  isInside(id: number, tape: Tape, marks: MarkPrices | null, row: number, watch: MarginWatch): boolean {
    this.#update(id);
    if (this.#isRestless[id] === 1) return false;
    const { up, down, markUp, markDown } = this.#levels[id];
    return (
      tape.high[row] < up &&
      tape.low[row] > down &&
      markHigh(tape, marks, row) < Math.min(markUp, watch.up[id]) &&
      markLow(tape, marks, row) > Math.max(markDown, watch.down[id]) &&
      tape.closeTs[row] < this.nextExpiry(id)
    );
  }

  #update(id: number): void {
    if (this.#areSet[id] === 1) return;
    this.#isRestless[id] = setLevels(this.#levels[id], this.#instruments[id], this.#books[id], this.#isTouchEnough) ? 0 : 1;
    this.#areSet[id] = 1;
  }
  #set(id: number, book: readonly WorkingOrder[]): void {
    this.#books[id] = book;
    this.#areSet[id] = 0;
    this.#changed.add(id);
    if (book.length === 0) this.occupied.delete(id);
    else this.occupied.add(id);
  }
}

function count(book: readonly WorkingOrder[]): number {
  let conditional = 0;
  for (const { command } of book) if (isConditional(command.orderType)) conditional += 1;
  return conditional;
}
