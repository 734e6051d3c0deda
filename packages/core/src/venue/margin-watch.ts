import { satsPerPrice, type Instrument } from '../market/instrument.ts';
import { bracketOf, maintenanceMargin } from './brackets.ts';
import type { VenueAccount } from './account.ts';

/** No bracket asks for more than half, so maintenance grows by at most half of what a position's value grows by. */
const WORST = 1.5;
/** Half width of a band at the most, in parts of its middle. */
const WIDEST = 0.5;
const E8 = 100_000_000;

/**
 * Bands of mark prices, one an instrument, inside which nothing can be liquidated, so that candles inside them cost nothing. In a cross
 * account they are worth at most half of its slack, and stay while that holds; what leaves one has to be looked at. All is kept by
 * difference: a change costs what it changes, however many positions there are.
 */
export class MarginWatch {
  /** Mark prices between which an instrument's positions are safe, quote units. */
  readonly up: Float64Array;
  readonly down: Float64Array;
  readonly #instruments: readonly Instrument[];
  readonly #account: VenueAccount;
  readonly #markOf: (id: number) => number;
  /** The bands' middles, and what the positions are worth there over their cost and maintenance; sats. */
  readonly #middle: Float64Array;
  readonly #surplus: Float64Array;
  readonly #gross: Float64Array;
  readonly #perPrice: Float64Array;
  #surplusAll = 0;
  #grossAll = 0;
  /** Half width of every band of a cross account, in parts of its middle. */
  #rate = 0;

  constructor(instruments: readonly Instrument[], account: VenueAccount, markOf: (id: number) => number) {
    this.#instruments = instruments;
    this.#account = account;
    this.#markOf = markOf;
    const column = (): Float64Array => new Float64Array(instruments.length);
    this.up = column().fill(Infinity);
    this.down = column().fill(-Infinity);
    [this.#middle, this.#surplus, this.#gross] = [column(), column(), column()];
    this.#perPrice = Float64Array.from(instruments, satsPerPrice);
  }

  /**
   * Brings the bands up to date after something has changed.
   * @param changed instruments whose position or book changed, or whose price may have left its band
   * @returns whether all bands are new, not only those of `changed`
   */
  update(changed: readonly number[]): boolean {
    for (const id of changed) this.#place(id);
    if (this.#account.isIsolated || this.#account.holding.size === 0) return false;
    const slack = this.#slack();
    const need = WORST * this.#rate * this.#grossAll;
    if (slack >= need && (need >= slack / 8 || this.#rate === WIDEST)) {
      for (const id of changed) this.#setBand(id, this.#rate);
      return false;
    }
    for (const id of this.#account.holding) this.#place(id);
    this.#rate = Math.max(0, Math.min(WIDEST, this.#slack() / (2 * WORST * this.#grossAll)));
    for (const id of this.#account.holding) this.#setBand(id, this.#rate);
    return true;
  }

  copyFrom(other: MarginWatch): void {
    this.up.set(other.up);
    this.down.set(other.down);
    this.#middle.set(other.#middle);
    this.#surplus.set(other.#surplus);
    this.#gross.set(other.#gross);
    this.#surplusAll = other.#surplusAll;
    this.#grossAll = other.#grossAll;
    this.#rate = other.#rate;
  }

  /** Slack of a cross account that is left even where every price has gone to the end of its band; sats. */
  leastSlack(): number {
    return this.#slack() - WORST * this.#rate * this.#grossAll;
  }
  /** What filling further lots of a symbol can cost at the most in a candle between two prices: loss, fees and maintenance; sats. */
  costOf(id: number, lots: number, high: number, low: number): number {
    const { brackets, fees } = this.#instruments[id];
    const value = lots * high * this.#perPrice[id];
    const whole = value + (this.#gross[id] * high) / Math.max(low, Number.MIN_VALUE);
    const rate = brackets.rateE8[bracketOf(brackets, whole)];
    return lots * (high - low) * this.#perPrice[id] + (value * (rate + Math.max(0, fees.taker))) / E8 + 2;
  }

  #slack(): number {
    return this.#account.crossWallet() + this.#surplusAll;
  }
  /** Puts an instrument's band around its mark price of now. */
  #place(id: number): void {
    const legs = this.#account.legs[id];
    const mark = this.#markOf(id);
    let [surplus, gross, room] = [0, 0, WIDEST];
    for (const { qty, cost, isolated } of legs) {
      if (qty === 0) continue;
      const value = Math.round(qty * mark * this.#perPrice[id]);
      const size = Math.abs(value);
      const own = value - cost - maintenanceMargin(this.#instruments[id].brackets, size);
      surplus += own;
      gross += size;
      room = Math.min(room, Math.max(0, (isolated + own) / (WORST * size)));
    }
    this.#middle[id] = mark;
    this.#surplusAll += surplus - this.#surplus[id];
    this.#grossAll += gross - this.#gross[id];
    this.#surplus[id] = surplus;
    this.#gross[id] = gross;
    if (gross === 0) {
      this.up[id] = Infinity;
      this.down[id] = -Infinity;
    } else if (this.#account.isIsolated) this.#setBand(id, room);
  }
  #setBand(id: number, rate: number): void {
    if (this.#gross[id] === 0) return;
    this.up[id] = this.#middle[id] * (1 + rate);
    this.down[id] = this.#middle[id] * (1 - rate);
  }
}
