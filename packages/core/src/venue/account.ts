import { InvariantError } from '../engine/invariant.ts';
import { satsPerPrice, type Instrument } from '../market/instrument.ts';
import type { InstrumentId, Sats } from '../units.ts';
import type { VenueAssumptions } from './assumptions.ts';
import { BoundSum } from './bound-sum.ts';
import { maintenanceMargin, maxLeverageOf, maxNotional } from './brackets.ts';
import { liquidationPrice } from './liquidation-price.ts';
import { fillLeg, type Leg } from './leg.ts';
import type { Lane } from './lane.ts';
import { crossWallet, type Purse } from './purse.ts';
import type { WorkingOrder } from './working-order.ts';
import { kindOf } from './working-order.ts';

const SATS = 100_000_000;

/** What one symbol binds at a mark price, sats (MARG-1, MARG-2). */
export interface SymbolMargin {
  /** Value of its positions without sign. */
  readonly notional: number;
  readonly unrealized: number;
  readonly maintenance: number;
  /** Initial margin of its positions. */
  readonly initial: number;
  /** What its open orders bind beyond that. */
  readonly orders: number;
}

/** One position at its mark price, sats. */
export interface PositionMargin {
  /** Signed. */
  readonly notional: number;
  readonly unrealized: number;
  readonly maintenance: number;
  readonly initial: number;
  /** Value of the open orders that could add to it, by side. */
  readonly bids: number;
  readonly asks: number;
}

/** How near the account, or its nearest isolated position, is to liquidation. */
export interface MarginSnapshot {
  /** Margin balance: cross wallet and unrealised profit, or those of the isolated position. */
  readonly balance: Sats;
  readonly maintenance: Sats;
  /** Maintenance over balance; 1 liquidates, 0 without a position. */
  readonly ratio: number;
  /** Of the nearest position to its liquidation price, in parts of its mark price; null where none has one. */
  readonly distance: number | null;
}

/** Instruments up to which all are asked anew: keeping differences costs more than it spares. */
const FEW = 4;

/** The venue's own account: wallet, positions, what is set aside for isolated ones, and leverages (MARG rules). */
export class VenueAccount {
  readonly purse: Purse;
  /** By instrument: the one position, or long and short of hedge mode. */
  readonly legs: readonly (readonly Leg[])[];
  /** To be changed by {@link setLeverage}. */
  readonly leverage: Float64Array;
  readonly isIsolated: boolean;
  readonly #instruments: readonly Instrument[];
  /** Instruments with a position. */
  readonly #holding: Set<number> = new Set();
  /** Value of a lot at a price of 1, sats. */
  readonly #perPrice: Float64Array;
  /** Mark price of an instrument as it is known now, quote units. */
  readonly #markOf: (id: number) => number;
  readonly #bookOf: (id: number) => readonly WorkingOrder[];
  /** Instruments with orders. */
  readonly #ordered: ReadonlySet<number>;
  readonly #changed: Set<number>;
  readonly #bounds: BoundSum;
  readonly #momentOf: () => number;

  /**
   * @param changed instruments whose orders have changed, and which the account has not looked at since
   * @param momentOf number that is another one whenever a mark price may be; NaN where that is not known
   */
  constructor(
    instruments: readonly Instrument[],
    assumptions: VenueAssumptions,
    markOf: (id: number) => number,
    bookOf: (id: number) => readonly WorkingOrder[],
    ordered: ReadonlySet<number>,
    changed: Set<number>,
    momentOf: () => number,
  ) {
    this.#instruments = instruments;
    this.#changed = changed;
    this.#momentOf = momentOf;
    this.#bounds = new BoundSum(instruments.length, (id) => this.#boundBy(id), changed);
    this.#perPrice = Float64Array.from(instruments, satsPerPrice);
    this.#markOf = markOf;
    this.#bookOf = bookOf;
    this.#ordered = ordered;
    this.purse = { wallet: assumptions.startWallet, isolated: 0 };
    this.isIsolated = assumptions.marginMode === 'isolated';
    const empty = (): Leg => ({ qty: 0, cost: 0, isolated: 0 });
    this.legs = instruments.map(() => (assumptions.hedgeMode ? [empty(), empty()] : [empty()]));
    this.leverage = Float64Array.from(instruments, ({ brackets }) => Math.min(assumptions.leverage, maxLeverageOf(brackets)));
  }

  copyFrom(other: VenueAccount): void {
    Object.assign(this.purse, other.purse);
    for (const [id, legs] of other.legs.entries()) for (const [side, leg] of legs.entries()) Object.assign(this.legs[id][side], leg);
    this.leverage.set(other.leverage);
    for (const id of other.#holding) this.#holding.add(id);
    this.#bounds.reset();
  }
  setLeverage(id: number, leverage: number): void {
    this.leverage[id] = leverage;
    this.#changed.add(id);
  }

  get holding(): ReadonlySet<number> {
    return this.#holding;
  }
  wallet(): Sats {
    return this.purse.wallet as Sats;
  }
  crossWallet(): Sats {
    return crossWallet(this.purse) as Sats;
  }

  /** Books a fill that nothing else happens with. */
  fill(id: InstrumentId, side: number, qty: number, unit: number, fee: number): void {
    const leg = this.legs[id][side];
    const setAside = leg.isolated;
    const isolatedLeverage = this.isIsolated ? this.leverage[id] : 0;
    const realized = fillLeg(leg, { qty, unit, isolatedLeverage });
    this.purse.wallet += realized - fee;
    this.purse.isolated += leg.isolated - setAside;
    this.#note(id);
  }
  /** Takes over where a walk has ended. */
  adopt(lanes: readonly Lane[], purse: Purse): void {
    this.purse.wallet = purse.wallet;
    this.purse.isolated = purse.isolated;
    for (const { instrument, legs } of lanes) {
      for (const [side, leg] of legs.entries()) Object.assign(this.legs[instrument.id][side], leg);
      this.#note(instrument.id);
    }
  }
  /** Books funding; from the isolated wallet where there is one (FUND-6). */
  fund(id: InstrumentId, amounts: readonly number[]): void {
    for (const [side, amount] of amounts.entries()) {
      this.purse.wallet += amount;
      if (!this.isIsolated) continue;
      this.legs[id][side].isolated += amount;
      this.purse.isolated += amount;
    }
    this.#note(id);
  }

  marginOf(id: InstrumentId): SymbolMargin {
    const mark = this.#markOf(id);
    const perPrice = this.#perPrice[id];
    const { brackets } = this.#instruments[id];
    let [notional, unrealized, maintenance, initial] = [0, 0, 0, 0];
    for (const leg of this.legs[id]) {
      const value = Math.round(leg.qty * mark * perPrice);
      notional += Math.abs(value);
      unrealized += value - leg.cost;
      maintenance += maintenanceMargin(brackets, Math.abs(value));
      initial += Math.ceil(Math.abs(value) / this.leverage[id]);
    }
    return { notional, unrealized, maintenance, initial, orders: this.#bound(id, mark, 0, 0, 0) - initial };
  }

  /** Mark price of an instrument as the account values it, quote units. */
  markPriceOf(id: InstrumentId): number {
    return this.#markOf(id);
  }
  /** One position by itself; `side` as in {@link legs}. */
  positionMargin(id: InstrumentId, side: number): PositionMargin {
    const leg = this.legs[id][side];
    const mark = this.#markOf(id);
    const notional = Math.round(leg.qty * mark * this.#perPrice[id]);
    let [bids, asks] = [0, 0];
    for (const order of this.#bookOf(id)) {
      if (order.leg !== side || !binds(order)) continue;
      if (order.sign > 0) bids += this.#orderValue(id, mark, order);
      else asks += this.#orderValue(id, mark, order);
    }
    return {
      notional,
      unrealized: notional - leg.cost,
      maintenance: maintenanceMargin(this.#instruments[id].brackets, Math.abs(notional)),
      initial: Math.ceil(Math.abs(notional) / this.leverage[id]),
      bids,
      asks,
    };
  }

  /** What new orders may bind (MARG-3), never below 0. */
  available(): Sats {
    return Math.max(0, this.free()) as Sats;
  }
  /** Whether one more order can be carried: its margin, and the loss that it would open with at a mark price (MARG-4). */
  affords(
    id: InstrumentId,
    side: number,
    sign: 1 | -1,
    lots: number,
    price: number,
    mark: number = this.#markOf(id),
    free: number | null = null,
  ): boolean {
    const value = lots * price * this.#instruments[id].tickLotSats;
    const having = this.#bound(id, mark, side, sign > 0 ? value : 0, sign < 0 ? value : 0);
    const added = having - this.#bound(id, mark, side, 0, 0);
    if (added <= 0) return true;
    const openLoss = Math.max(0, sign * (value - Math.round(lots * mark * this.#perPrice[id])));
    return (free ?? this.free()) - added - openLoss >= 0;
  }
  /** Whether a position may become that large at the symbol's leverage (MARG-5). */
  allowsSize(id: InstrumentId, side: number, sign: 1 | -1, lots: number): boolean {
    let size = sign * this.legs[id][side].qty + lots;
    for (const order of this.#bookOf(id)) if (order.leg === side && order.sign === sign && binds(order)) size += order.left;
    return size * this.#markOf(id) * this.#perPrice[id] <= maxNotional(this.#instruments[id].brackets, this.leverage[id]);
  }

  /** Price at which a position is liquidated as the account is now (LIQ-2), quote units; 0 where none does. */
  liquidationPriceOf(id: InstrumentId, side: number): number {
    const leg = this.legs[id][side];
    return leg.qty === 0 ? 0 : this.#liquidationPrice(id, leg, this.isIsolated ? NOTHING : this.#totals());
  }

  snapshot(): MarginSnapshot {
    const totals = this.isIsolated ? NOTHING : this.#totals();
    let nearest = { balance: this.crossWallet() + totals.unrealized, maintenance: totals.maintenance };
    let distance: number | null = null;
    for (const id of this.#holding) {
      const mark = this.#markOf(id);
      for (const leg of this.legs[id]) {
        if (leg.qty === 0) continue;
        const own = this.#ownOf(id, leg, mark);
        const balance = leg.isolated + own.unrealized;
        const isNearer = this.isIsolated && own.maintenance * nearest.balance >= nearest.maintenance * balance;
        if (isNearer) nearest = { balance, maintenance: own.maintenance };
        const price = this.#liquidationPrice(id, leg, totals);
        if (price === 0) continue;
        const apart = Math.max(0, leg.qty > 0 ? (mark - price) / mark : (price - mark) / mark);
        distance = distance === null ? apart : Math.min(distance, apart);
      }
    }
    const { balance, maintenance } = nearest;
    const ratio = maintenance === 0 ? 0 : balance > 0 ? maintenance / balance : 1;
    return { balance: balance as Sats, maintenance: maintenance as Sats, ratio, distance };
  }

  /** @param totals of all cross positions, this one included; nothing where isolated */
  #liquidationPrice(id: number, leg: Leg, totals: Totals): number {
    const instrument = this.#instruments[id];
    const lot = instrument.step.units / instrument.qtyScale;
    const own = this.isIsolated ? NOTHING : this.#ownOf(id, leg, this.#markOf(id));
    return liquidationPrice({
      walletBalance: (this.isIsolated ? leg.isolated : this.crossWallet()) / SATS,
      otherMaintenance: (totals.maintenance - own.maintenance) / SATS,
      otherUnrealized: (totals.unrealized - own.unrealized) / SATS,
      quantity: leg.qty * lot,
      entryPrice: leg.cost / SATS / (leg.qty * lot),
      brackets: instrument.brackets,
    });
  }
  #ownOf(id: number, leg: Leg, mark: number): Totals {
    const value = Math.round(leg.qty * mark * this.#perPrice[id]);
    return { maintenance: maintenanceMargin(this.#instruments[id].brackets, Math.abs(value)), unrealized: value - leg.cost };
  }
  /** Over all positions at their mark prices. */
  #totals(): Totals {
    let [maintenance, unrealized] = [0, 0];
    for (const id of this.#holding) {
      const mark = this.#markOf(id);
      for (const leg of this.legs[id]) {
        if (leg.qty === 0) continue;
        const own = this.#ownOf(id, leg, mark);
        maintenance += own.maintenance;
        unrealized += own.unrealized;
      }
    }
    return { maintenance, unrealized };
  }
  /** The same, below 0 too. */
  free(): number {
    const bound = this.legs.length > FEW ? this.#bounds.at(this.#momentOf(), this.#holding, this.#ordered) : this.#boundByFew();
    return this.crossWallet() - bound;
  }
  #boundByFew(): number {
    let bound = 0;
    for (let id = 0; id < this.legs.length; id++) bound += this.#boundBy(id);
    return bound;
  }
  /** What one instrument takes from the cross wallet: the margin of its positions and orders, less their profit. */
  #boundBy(id: number): number {
    if (!this.#holding.has(id)) return this.#ordered.has(id) ? this.#bound(id, this.#markOf(id), 0, 0, 0) : 0;
    const mark = this.#markOf(id);
    let bound = this.#bound(id, mark, 0, 0, 0);
    for (const leg of this.legs[id]) {
      const value = Math.round(leg.qty * mark * this.#perPrice[id]);
      // What is set aside for an isolated position is out of the cross wallet already.
      bound -= this.isIsolated ? Math.ceil(Math.abs(value) / this.leverage[id]) : value - leg.cost;
    }
    return bound;
  }
  /**
   * Initial margin of a symbol's positions with all that its open orders could add to them (MARG-2).
   * @param side of which further `buys` and `sells` (values) are asked about
   */
  #bound(id: number, mark: number, side: number, buys: number, sells: number): number {
    const legs = this.legs[id];
    const book = this.#bookOf(id);
    const leverage = this.leverage[id];
    let bound = 0;
    for (let k = 0; k < legs.length; k++) {
      let more = k === side ? buys : 0;
      let less = k === side ? sells : 0;
      for (const order of book) {
        if (order.leg !== k || !binds(order)) continue;
        const value = this.#orderValue(id, mark, order);
        if (order.sign > 0) more += value;
        else less += value;
      }
      const value = Math.round(legs[k].qty * mark * this.#perPrice[id]);
      bound += Math.ceil(Math.max(Math.abs(value), Math.abs(value + more), Math.abs(value - less)) / leverage);
    }
    return bound;
  }
  #orderValue(id: number, mark: number, order: WorkingOrder): number {
    return kindOf(order) === 'limit'
      ? order.left * order.price * this.#instruments[id].tickLotSats
      : Math.round(order.left * mark * this.#perPrice[id]);
  }
  #note(id: number): void {
    if (!(Math.abs(this.purse.wallet) <= Number.MAX_SAFE_INTEGER)) {
      throw new InvariantError(`the account moves more than 2^53 sats (about 90 million USDT): wallet ${this.purse.wallet}`);
    }
    this.#changed.add(id);
    if (this.legs[id].some(({ qty }) => qty !== 0)) this.#holding.add(id);
    else this.#holding.delete(id);
  }
}

interface Totals {
  readonly maintenance: number;
  readonly unrealized: number;
}
const NOTHING: Totals = { maintenance: 0, unrealized: 0 };

/** Whether an open order sets margin aside (MARG-2). */
function binds(order: WorkingOrder): boolean {
  if (order.isDormant || order.isReducing) return false;
  const kind = kindOf(order);
  return kind === 'market' || kind === 'limit';
}
