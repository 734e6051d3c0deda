/**
 * The highest equity of the last so many UTC days, today's among them. A day begins with the equity that the one before ended
 * with, so a day without any observation holds that.
 */
export class HighWater {
  readonly #maxima: Float64Array;
  #day = -Infinity;
  #last = -Infinity;

  constructor(days: number) {
    this.#maxima = new Float64Array(days).fill(-Infinity);
  }

  /**
   * Takes in an equity and returns the highest of the window.
   * @param day whole number, not before the last one told
   */
  observe(day: number, equity: number): number {
    const days = this.#maxima.length;
    for (let k = Math.min(day - this.#day, days) - 1; k >= 0; k--) this.#maxima[slotOf(day - k, days)] = this.#last;
    this.#day = day;
    this.#last = equity;
    const today = slotOf(day, days);
    this.#maxima[today] = Math.max(this.#maxima[today], equity);
    let highest = -Infinity;
    for (const value of this.#maxima) highest = Math.max(highest, value);
    return highest;
  }
}

function slotOf(day: number, days: number): number {
  return ((day % days) + days) % days;
}
