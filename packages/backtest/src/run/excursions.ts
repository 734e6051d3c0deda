import type { Tape } from '@orrery/core';

/** How far the price went against and for a position, in parts of its average entry price; at or above 0. */
export interface Excursion {
  readonly adverse: number;
  readonly favourable: number;
}

/**
 * Excursions of one position after the other, each held no earlier than the one before ended: the tape is passed once. The candles
 * of entry and exit count whole, because a candle does not say what came before a fill and what after it.
 * Source: Sweeney, Maximum Adverse Excursion, 1997.
 */
export class ExcursionScan {
  readonly #tape: Tape;
  #row = 0;

  constructor(tape: Tape) {
    this.#tape = tape;
  }

  /**
   * @param sign 1 for a long, −1 for a short
   * @param from ms UTC of the first fill
   * @param to ms UTC of the last fill; Infinity while the position is open
   * @returns null where no candle covers the position
   */
  of(sign: 1 | -1, entryPrice: number, from: number, to: number): Excursion | null {
    const { closeTs, high, low, length } = this.#tape;
    while (this.#row < length && (closeTs[this.#row] ?? Infinity) < from) this.#row += 1;
    let [highest, lowest] = [-Infinity, Infinity];
    for (let row = this.#row; row < length; row++) {
      highest = Math.max(highest, high[row] ?? NaN);
      lowest = Math.min(lowest, low[row] ?? NaN);
      if ((closeTs[row] ?? Infinity) >= to) break;
    }
    if (highest === -Infinity || !(entryPrice > 0)) return null;
    const rise = Math.max(0, highest - entryPrice) / entryPrice;
    const fall = Math.max(0, entryPrice - lowest) / entryPrice;
    return sign > 0 ? { adverse: fall, favourable: rise } : { adverse: rise, favourable: fall };
  }
}
