/**
 * What all instruments together bind at one moment, kept by difference: within a moment only those are asked again that have changed.
 * Every part is a whole number of sats below 2^53, so differences add up exactly, in any order.
 */
export class BoundSum {
  readonly #boundBy: (id: number) => number;
  readonly #changed: Set<number>;
  readonly #parts: Float64Array;
  #sum = 0;
  #moment = NaN;

  /**
   * @param boundBy what an instrument binds now, sats of either sign; 0 for one without position and orders
   * @param changed instruments that something else than time has changed; cleared when they have been asked
   */
  constructor(instruments: number, boundBy: (id: number) => number, changed: Set<number>) {
    this.#boundBy = boundBy;
    this.#changed = changed;
    this.#parts = new Float64Array(instruments);
  }

  /**
   * @param moment up to when prices are known; NaN where the prices of one moment may still change: all are asked then
   * @param holding instruments with a position, @param ordered with orders
   */
  at(moment: number, holding: ReadonlySet<number>, ordered: ReadonlySet<number>): number {
    if (moment === this.#moment) for (const id of this.#changed) this.#ask(id);
    else {
      this.#parts.fill(0);
      this.#sum = 0;
      for (const id of holding) this.#ask(id);
      for (const id of ordered) if (!holding.has(id)) this.#ask(id);
      this.#moment = moment;
    }
    this.#changed.clear();
    return this.#sum;
  }

  /** Forgets the moment. */
  reset(): void {
    this.#moment = NaN;
  }

  #ask(id: number): void {
    const now = this.#boundBy(id);
    this.#sum += now - this.#parts[id];
    this.#parts[id] = now;
  }
}
