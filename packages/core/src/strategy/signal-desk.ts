import type { CandleView } from '../market/candle-view.ts';
import type { Instrument } from '../market/instrument.ts';
import type { Fact, PositionSide, SignalVerdict } from '../messages.ts';
import type { BracketRequest, OrderRequest } from '../order/request.ts';
import type { EpochMs, InstrumentId, Lots, OrderId, Sats } from '../units.ts';
import type { Amendment, Desk } from './desk.ts';
import { OrderAliases } from './order-aliases.ts';

/** 1 buys, −1 sells. */
export type SignalSide = 1 | -1;

/** A strategy's wish for a position on a side that it is not on. */
export interface EntrySignal {
  readonly instrument: InstrumentId;
  readonly side: SignalSide;
  /** The last candle that was decided on, which the strategy knew; null before the instrument's first. */
  readonly candle: CandleView | null;
}

/** What becomes of a signal: carried out at once, dropped, or held under a number until `settle` is called with it. */
export type SignalFate = 'forward' | 'refuse' | { readonly held: number };
export type SignalTaker = (signal: EntrySignal, desk: Desk) => SignalFate;

/** What was wished, so that it can be carried out later just as it was. */
type Wish =
  | { readonly kind: 'lots'; readonly qty: Lots }
  | { readonly kind: 'share'; readonly share: number }
  | { readonly kind: 'order'; readonly request: OrderRequest; readonly alias: OrderId }
  | { readonly kind: 'bracket'; readonly request: BracketRequest; readonly alias: OrderId };
interface Held {
  readonly instrument: InstrumentId;
  readonly side: SignalSide;
  wish: Wish;
  /** Orders that are to sleep until this one fills. */
  readonly children: { readonly request: OrderRequest; readonly alias: OrderId }[];
  /** Time of the decision that it is of; null until there is one, for what a fact led to. */
  since: EpochMs | null;
  /** True once the strategy has taken it back. */
  isDropped: boolean;
}

/**
 * Stands between a strategy and the desk, and takes out its entry signals: a target on another side than the one last let
 * through or held, a bracket, or an order that could open. Exits go on as they are: flat targets, reduce-only orders, children
 * of other orders, and orders that can do no more than close what is held.
 *
 * A refused target is remembered until the strategy asks for another side: asking again for the same is no new signal. An order that
 * is held gets an id of its own (below 0) at once; the strategy hears of it under that id, and `OrderCanceled` when it is refused.
 */
export class SignalDesk implements Desk {
  #desk: Desk;
  readonly #take: SignalTaker;
  readonly #tell: (fact: Fact) => void;
  readonly #candles: (CandleView | undefined)[] = [];
  /** By instrument: the side last let through, or held. */
  readonly #standing: Int8Array;
  readonly #refused: Int8Array;
  readonly #held: Map<number, Held> = new Map();
  /** Time of the decision at hand; null while a fact is heard, which comes before the decision of its time and is answered after it. */
  #deciding: EpochMs | null = null;
  readonly #aliases: OrderAliases = new OrderAliases();

  /** @param tell what the strategy has to hear that no venue said */
  constructor(desk: Desk, take: SignalTaker, tell: (fact: Fact) => void) {
    this.#desk = desk;
    this.#take = take;
    this.#tell = tell;
    this.#standing = new Int8Array(desk.instruments);
    this.#refused = new Int8Array(desk.instruments);
  }

  /** Before each decision. A signal that was not answered by then is refused: its price and its reasons are gone. */
  see(candle: CandleView, desk: Desk): void {
    this.#desk = desk;
    this.#candles[candle.instrument] = candle;
    if (this.#held.size !== 0) this.#outwait(candle);
    this.#deciding = candle.ts;
  }

  /** Before the strategy hears of a fact: notes what it changes, and gives it under the strategy's own order id. */
  hear(fact: Fact, desk: Desk): Fact {
    this.#desk = desk;
    this.#deciding = null;
    if (fact.type === 'OrderFilled') this.#standing[fact.instrument] = Math.sign(desk.position(fact.instrument));
    return this.#aliases.translated(fact);
  }

  /** Carries a held signal out, or refuses it. False when nothing is held under the number. */
  settle(held: number, isWanted: boolean, ts: EpochMs, desk: Desk): boolean {
    this.#desk = desk;
    const found = this.#held.get(held);
    if (found === undefined) return false;
    this.#held.delete(held);
    if (isWanted && !found.isDropped) this.#carryOut(found, ts);
    else this.#refuse(found, ts);
    return true;
  }

  get instruments(): number {
    return this.#desk.instruments;
  }
  get isHedged(): boolean {
    return this.#desk.isHedged;
  }
  instrument(id: InstrumentId): Instrument {
    return this.#desk.instrument(id);
  }
  position(id: InstrumentId): Lots {
    return this.#desk.position(id);
  }
  positionOf(id: InstrumentId, side: PositionSide): Lots {
    return this.#desk.positionOf(id, side);
  }
  equity(): Sats {
    return this.#desk.equity();
  }
  lastPrice(id: InstrumentId): number {
    return this.#desk.lastPrice(id);
  }
  target(id: InstrumentId, qty: Lots): void {
    if (this.#isEntry(id, qty, { kind: 'lots', qty })) return;
    this.#desk.target(id, qty);
  }
  targetShare(id: InstrumentId, share: number): void {
    if (this.#isEntry(id, share, { kind: 'share', share })) return;
    this.#desk.targetShare(id, share);
  }
  order(request: OrderRequest): OrderId | null {
    const { instrument, side, qty, reduceOnly, parent, terms } = request;
    if (parent !== undefined) return this.#child(request, parent);
    const positionSide = terms?.positionSide ?? 'both';
    if (terms?.closePosition === true || positionSide === (side === 'buy' ? 'short' : 'long')) return this.#desk.order(request);
    const held = positionSide === 'both' ? this.#desk.position(instrument) : 0;
    const canOnlyClose = (side === 'buy' ? held < 0 : held > 0) && qty <= Math.abs(held);
    if (reduceOnly === true || canOnlyClose) return this.#desk.order(request);
    return this.#ask(instrument, side === 'buy' ? 1 : -1, (alias) => ({ kind: 'order', request, alias }));
  }
  bracket(request: BracketRequest): OrderId | null {
    return this.#ask(request.instrument, request.side === 'buy' ? 1 : -1, (alias) => ({ kind: 'bracket', request, alias }));
  }
  cancel(id: InstrumentId, orderId: OrderId): void {
    for (const held of this.#held.values()) if ('alias' in held.wish && held.wish.alias === orderId) held.isDropped = true;
    this.#desk.cancel(id, this.#aliases.real(orderId));
  }
  cancelAll(id: InstrumentId): void {
    for (const held of this.#held.values()) if (held.instrument === id && 'alias' in held.wish) held.isDropped = true;
    this.#desk.cancelAll(id);
  }
  /** An order that is held stays as it was asked for until it is let through. */
  amend(id: InstrumentId, orderId: OrderId, change: Amendment): boolean {
    return this.#desk.amend(id, this.#aliases.real(orderId), change);
  }
  setLeverage(id: InstrumentId, leverage: number): void {
    this.#desk.setLeverage(id, leverage);
  }
  predict(modelSlot: number, id: InstrumentId, input: readonly number[]): number {
    return this.#desk.predict(modelSlot, id, input);
  }
  timer(id: InstrumentId, due: EpochMs): number {
    return this.#desk.timer(id, due);
  }
  mayEnter(id: InstrumentId): boolean {
    return this.#desk.mayEnter(id);
  }
  conclude(verdict: SignalVerdict): void {
    this.#desk.conclude(verdict);
  }

  /** Whether a target is dealt with here; otherwise it goes on as it is. */
  #isEntry(id: InstrumentId, size: number, wish: Wish): boolean {
    const side = Math.sign(size);
    if (side === 0) {
      for (const held of this.#held.values()) if (held.instrument === id && isImmediate(held.wish)) held.isDropped = true;
      this.#standing[id] = 0;
      this.#refused[id] = 0;
      return false;
    }
    // What is no number is the desk's to refuse.
    if (side !== 1 && side !== -1) return false;
    for (const held of this.#held.values()) {
      if (held.instrument !== id || held.isDropped || 'alias' in held.wish) continue;
      if (held.side === side) {
        held.wish = wish;
        return true;
      }
      held.isDropped = true;
    }
    if (side === this.#standing[id]) return false;
    if (side === this.#refused[id]) return true;
    return this.#raise(this.#heldOf(id, side, wish));
  }

  #child(request: OrderRequest, parent: OrderId): OrderId | null {
    for (const held of this.#held.values()) {
      if (!('alias' in held.wish) || held.wish.alias !== parent) continue;
      const alias = this.#aliases.next();
      held.children.push({ request, alias });
      return alias;
    }
    return this.#desk.order({ ...request, parent: this.#aliases.real(parent) });
  }
  #ask(id: InstrumentId, side: SignalSide, wishOf: (alias: OrderId) => Wish): OrderId | null {
    const alias = this.#aliases.next();
    const held = this.#heldOf(id, side, wishOf(alias));
    const fate = this.#take(this.#signalOf(held), this.#desk);
    if (fate === 'refuse') {
      this.#leave(held);
      return null;
    }
    if (fate === 'forward') return this.#sent(held.wish);
    this.#held.set(fate.held, held);
    return alias;
  }

  #outwait({ instrument, ts }: CandleView): void {
    for (const [key, held] of this.#held) {
      if (held.instrument !== instrument) continue;
      held.since ??= ts;
      if (ts <= held.since) continue;
      this.#held.delete(key);
      this.#refuse(held, ts);
    }
  }
  #heldOf(instrument: InstrumentId, side: SignalSide, wish: Wish): Held {
    return { instrument, side, wish, children: [], since: this.#deciding, isDropped: false };
  }
  /** Raises a signal of a target; false when it goes on at once. */
  #raise(held: Held): boolean {
    const fate = this.#take(this.#signalOf(held), this.#desk);
    if (fate === 'forward') {
      this.#stand(held);
      return false;
    }
    if (fate === 'refuse') this.#flatten(held);
    else this.#held.set(fate.held, held);
    return true;
  }
  #signalOf({ instrument, side }: Held): EntrySignal {
    return { instrument, side, candle: this.#candles[instrument] ?? null };
  }

  #carryOut(held: Held, ts: EpochMs): void {
    const { wish, instrument } = held;
    switch (wish.kind) {
      case 'lots':
        this.#stand(held);
        this.#desk.target(instrument, wish.qty);
        return;
      case 'share':
        this.#stand(held);
        this.#desk.targetShare(instrument, wish.share);
        return;
      case 'order':
      case 'bracket': {
        const parent = this.#sent(wish);
        this.#answer(held, wish.alias, parent, ts);
        for (const { request, alias } of held.children) {
          this.#answer(held, alias, parent === null ? null : this.#desk.order({ ...request, parent }), ts);
        }
        return;
      }
      default:
        throw new TypeError(`unknown wish ${String(wish satisfies never)}`);
    }
  }
  /** The order as it was asked for, sent now; null when it was denied. */
  #sent(wish: Wish): OrderId | null {
    if (wish.kind === 'order') return this.#desk.order(wish.request);
    return wish.kind === 'bracket' ? this.#desk.bracket(wish.request) : null;
  }
  #stand({ instrument, side }: Held): void {
    this.#standing[instrument] = side;
    this.#refused[instrument] = 0;
  }

  #refuse(held: Held, ts: EpochMs): void {
    const { wish, isDropped } = held;
    if (!('alias' in wish)) {
      // Taken back: what the strategy asked for since then stands.
      if (!isDropped) this.#flatten(held);
      return;
    }
    if (!isDropped) this.#leave(held);
    for (const { alias } of [wish, ...held.children]) this.#answer(held, alias, null, ts);
  }
  /** Goes flat where the position is against a refused order. */
  #leave({ instrument, side }: Held): void {
    if (Math.sign(this.#desk.position(instrument)) === -side) this.#desk.targetShare(instrument, 0);
  }
  /** The exit that a refused turn holds still happens. */
  #flatten({ instrument, side }: Held): void {
    this.#refused[instrument] = side;
    this.#standing[instrument] = 0;
    this.#desk.targetShare(instrument, 0);
  }
  /** The order got an id, or the strategy hears that there is none. */
  #answer({ instrument }: Held, alias: OrderId, real: OrderId | null, ts: EpochMs): void {
    if (real !== null) this.#aliases.bind(alias, real);
    else this.#tell({ type: 'OrderCanceled', ts, instrument, orderId: alias, reason: 'requested' });
  }
}

/** Whether a flat target takes the wish back; a limit order would go on resting. */
function isImmediate(wish: Wish): boolean {
  switch (wish.kind) {
    case 'lots':
    case 'share':
      return true;
    case 'order':
      return wish.request.orderType === 'market';
    case 'bracket':
      return wish.request.price === undefined;
    default:
      throw new TypeError(`unknown wish ${String(wish satisfies never)}`);
  }
}
