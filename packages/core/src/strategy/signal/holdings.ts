import { satsPerPrice, toPrice, toTicks, type Instrument } from '../../market/instrument.ts';
import type { Fact, PositionSide } from '../../messages.ts';
import type { OrderRequest } from '../../order/request.ts';
import type { InstrumentId, Lots, OrderId, Ticks } from '../../units.ts';
import type { Desk } from '../desk.ts';
import type { SignalDraft } from './signal-source.ts';

/** What a signal's orders have come to. */
export interface Holding {
  readonly instrument: InstrumentId;
  readonly direction: 1 | -1;
  readonly positionSide: PositionSide;
  /** Id of the signal and of the virtual position that it mirrors. */
  readonly signalId: number;
  readonly entryId: OrderId;
  readonly qty: Lots;
  readonly entry: Ticks;
  stopId: OrderId;
  targetId: OrderId;
  /** True once the entry has come to its end, filled or not. */
  isEntered: boolean;
  /** True once its close at market was asked for. */
  isClosing: boolean;
  /** Frames since its virtual position closed; -1 while that is open. */
  orphaned: number;
}

/**
 * The positions of an account that come from signals: at most one an instrument, or one a side in hedge mode. Each has an exit order at the venue
 * from its first moment; its levels follow those of the virtual position.
 */
export class Holdings {
  readonly #desk: Desk;
  /** [instrument], or [instrument + instruments] for shorts in hedge mode. */
  readonly #slots: (Holding | null)[];
  /** In the order in which they were entered. */
  readonly #all: Holding[] = [];

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#slots = Array.from({ length: desk.isHedged ? 2 * desk.instruments : desk.instruments }, () => null);
  }

  get all(): readonly Holding[] {
    return this.#all;
  }
  /** Whether something is held, or on its way, where a signal of this direction would enter. */
  isTaken(id: InstrumentId, direction: 1 | -1): boolean {
    return this.#slots[this.#slot(id, direction)] !== null || this.#held(id, direction) !== 0;
  }
  of(signalId: number): Holding | null {
    return this.#all.find((holding) => holding.signalId === signalId) ?? null;
  }

  /** Sends the entry with its stop and target; false when it was denied. */
  enter(draft: SignalDraft, signalId: number, qty: Lots): boolean {
    const { instrument, direction, stop, target, entry } = draft;
    const positionSide = this.#positionSide(direction);
    const entryId = this.#desk.bracket({ instrument, side: direction === 1 ? 'buy' : 'sell', qty, stop, target, positionSide });
    if (entryId === null) return false;
    const [stopId, targetId] = [(entryId + 1) as OrderId, (entryId + 2) as OrderId];
    const state = { stopId, targetId, isEntered: false, isClosing: false, orphaned: -1 };
    const holding: Holding = { instrument, direction, positionSide, signalId, entryId, qty, entry, ...state };
    this.#slots[this.#slot(instrument, direction)] = holding;
    this.#all.push(holding);
    return true;
  }

  /** Moves the stop and, or, the target; what cannot stand where it should any more closes the position. */
  move(holding: Holding, stop: Ticks, target: Ticks, moved: 'stop' | 'target'): void {
    const held = Math.abs(this.#held(holding.instrument, holding.direction)) as Lots;
    if (held === 0 || holding.isClosing) return;
    const isStop = moved === 'stop';
    if (isStop && this.#isBehind(holding, stop)) {
      this.close(holding);
      return;
    }
    const old = isStop ? holding.stopId : holding.targetId;
    // The new one first: a position is never without its stop.
    const fresh = this.#desk.order({
      ...this.#exit(holding, held),
      orderType: isStop ? 'stop_market' : 'take_profit_market',
      trigger: isStop ? stop : target,
    });
    if (fresh === null) return;
    this.#desk.cancel(holding.instrument, old);
    if (isStop) holding.stopId = fresh;
    else holding.targetId = fresh;
  }

  /** Leaves at market, and takes the exits back. */
  close(holding: Holding): void {
    if (holding.isClosing) return;
    holding.isClosing = true;
    const { instrument, direction } = holding;
    for (const orderId of [holding.stopId, holding.targetId]) this.#desk.cancel(instrument, orderId);
    const held = this.#held(instrument, direction);
    if (held !== 0) this.#desk.order({ ...this.#exit(holding, Math.abs(held) as Lots), orderType: 'market' });
  }

  /** What the outside world says of the entries. */
  hear(fact: Fact): void {
    switch (fact.type) {
      case 'OrderFilled':
        if (fact.isDone) this.#entered(fact.instrument, fact.orderId);
        return;
      case 'OrderRejected':
      case 'OrderCanceled':
      case 'OrderExpired':
        this.#entered(fact.instrument, fact.orderId);
        return;
      default:
    }
  }

  /**
   * After a frame: forgets what is flat again, and leaves positions whose virtual one closed a frame ago. The frame between lets
   * the venue's own exits report first.
   */
  settle(): void {
    for (let k = this.#all.length - 1; k >= 0; k--) {
      const holding = this.#all[k];
      if (holding.isEntered && this.#held(holding.instrument, holding.direction) === 0) {
        this.#slots[this.#slot(holding.instrument, holding.direction)] = null;
        this.#all.splice(k, 1);
        // An exit that took another one's place has no parent, so nothing else takes it back (ORD-8), and the next position would meet it.
        for (const orderId of [holding.stopId, holding.targetId]) this.#desk.cancel(holding.instrument, orderId);
        continue;
      }
      if (holding.orphaned >= 0 && ++holding.orphaned > 1) this.close(holding);
    }
  }

  /** Value of everything held or on its way, at the last prices, in sats. */
  gross(): number {
    let sum = 0;
    for (const { instrument: id, direction, qty, entry } of this.#all) {
      const instrument = this.#desk.instrument(id);
      const lots = Math.max(Math.abs(this.#held(id, direction)), qty);
      sum += lots * valueOfLot(instrument, this.#desk.lastPrice(id), entry);
    }
    return sum;
  }

  /** Whether the price is beyond a stop already, which would go off at once. */
  #isBehind({ instrument: id, direction }: Holding, stop: Ticks): boolean {
    return direction * (toTicks(this.#desk.instrument(id), this.#desk.lastPrice(id)) - stop) <= 0;
  }
  #entered(id: InstrumentId, orderId: OrderId): void {
    for (const holding of this.#all) if (holding.entryId === orderId && holding.instrument === id) holding.isEntered = true;
  }
  #exit(holding: Holding, qty: Lots): Pick<OrderRequest, 'instrument' | 'side' | 'qty' | 'reduceOnly' | 'terms'> {
    const { instrument, direction, positionSide } = holding;
    const side = direction === 1 ? 'sell' : 'buy';
    return positionSide === 'both' ? { instrument, side, qty, reduceOnly: true } : { instrument, side, qty, terms: { positionSide } };
  }
  #positionSide(direction: 1 | -1): PositionSide {
    return !this.#desk.isHedged ? 'both' : direction === 1 ? 'long' : 'short';
  }
  #held(id: InstrumentId, direction: 1 | -1): number {
    return this.#desk.positionOf(id, this.#positionSide(direction));
  }
  #slot(id: InstrumentId, direction: 1 | -1): number {
    return this.#desk.isHedged && direction === -1 ? id + this.#desk.instruments : id;
  }
}

function valueOfLot(instrument: Instrument, last: number, entry: Ticks): number {
  return satsPerPrice(instrument) * (last > 0 ? last : toPrice(instrument, entry));
}
