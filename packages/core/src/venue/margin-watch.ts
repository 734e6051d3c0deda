import type { Instrument } from '../market/instrument.ts';
import { maintenanceMargin } from './brackets.ts';
import type { VenueAccount } from './account.ts';
import type { Leg } from './leg.ts';

/** No bracket asks for more, so maintenance grows by at most half of what a position's value grows by. */
const WORST = 1.5;

/**
 * Bands of mark prices, one an instrument, inside which nothing can be liquidated, so that candles inside them cost nothing. They are worth
 * half of the account's slack, and stay while that holds; what leaves one has to be looked at.
 */
export class MarginWatch {
  /** Mark prices between which an instrument's positions are safe, quote units. */
  readonly up: Float64Array;
  readonly down: Float64Array;
  readonly #instruments: readonly Instrument[];
  readonly #account: VenueAccount;
  readonly #markOf: (id: number) => number;
  readonly #reference: Float64Array;
  #rate = 0;

  constructor(instruments: readonly Instrument[], account: VenueAccount, markOf: (id: number) => number) {
    this.#instruments = instruments;
    this.#account = account;
    this.#markOf = markOf;
    this.up = new Float64Array(instruments.length).fill(Infinity);
    this.down = new Float64Array(instruments.length).fill(-Infinity);
    this.#reference = new Float64Array(instruments.length);
  }

  /**
   * Brings the bands up to date after something has changed.
   * @param changed instruments whose position or book changed
   * @param isBroken whether some price has left its band
   * @returns whether all bands are new, not only those of `changed`
   */
  update(changed: readonly number[], isBroken: boolean): boolean {
    for (const id of changed) this.#place(id, this.#markOf(id));
    if (this.#account.isIsolated) return false;
    const { holding } = this.#account;
    if (holding.size === 0) return false;
    const [slack, gross] = this.#atReferences();
    const need = WORST * this.#rate * gross;
    if (!isBroken && slack >= need && need >= slack / 4) {
      for (const id of changed) this.#set(id, this.#rate);
      return false;
    }
    for (const id of holding) this.#place(id, this.#markOf(id));
    const [left, all] = this.#atReferences();
    this.#rate = Math.max(0, Math.min(0.5, left / (2 * WORST * all)));
    for (const id of holding) this.#set(id, this.#rate);
    return true;
  }

  #place(id: number, mark: number): void {
    this.#reference[id] = mark;
    const legs = this.#account.legs[id];
    const isHolding = legs.some(({ qty }) => qty !== 0);
    if (!isHolding) {
      this.up[id] = Infinity;
      this.down[id] = -Infinity;
    } else if (this.#account.isIsolated)
      this.#set(id, Math.min(0.5, ...legs.filter(({ qty }) => qty !== 0).map((leg) => this.#room(id, leg))));
  }
  #set(id: number, rate: number): void {
    if (!this.#account.holding.has(id)) return;
    this.up[id] = this.#reference[id] * (1 + rate);
    this.down[id] = this.#reference[id] * (1 - rate);
  }
  /** How far an isolated position's mark price may go, in parts of it. */
  #room(id: number, leg: Leg): number {
    const value = this.#value(id, leg);
    const slack = leg.isolated + value - leg.cost - maintenanceMargin(this.#instruments[id].brackets, Math.abs(value));
    return Math.max(0, slack / (WORST * Math.abs(value)));
  }
  /** Slack of the cross account and gross value of its positions at the bands' middles. */
  #atReferences(): readonly [slack: number, gross: number] {
    let slack = this.#account.crossWallet() as number;
    let gross = 0;
    for (const id of this.#account.holding) {
      for (const leg of this.#account.legs[id]) {
        if (leg.qty === 0) continue;
        const value = this.#value(id, leg);
        slack += value - leg.cost - maintenanceMargin(this.#instruments[id].brackets, Math.abs(value));
        gross += Math.abs(value);
      }
    }
    return [slack, gross];
  }
  #value(id: number, leg: Leg): number {
    const { tickLotSats, priceScale, tick } = this.#instruments[id];
    return Math.round((leg.qty * this.#reference[id] * tickLotSats * priceScale) / tick.units);
  }
}
