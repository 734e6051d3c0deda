import type { Tape } from '../market/tape.ts';
import { PeriodLevels } from './period-levels.ts';
import { isMadeOf, PERIODS } from './periods.ts';
import type { StructureWriter } from './structure-writer.ts';

/** The levels of all days, weeks and sessions that candles of the tape make up; candles that change none of them cost next to nothing. */
export class Calendar {
  readonly #tape: Tape;
  readonly #levels: readonly PeriodLevels[];
  #quietUntil = -Infinity;
  #ceiling = -Infinity;
  #floor = Infinity;
  #isQuiet = false;

  constructor(tape: Tape, writer: StructureWriter) {
    this.#tape = tape;
    this.#levels = PERIODS.filter((period) => isMadeOf(period, tape.intervalMs)).map((period) => new PeriodLevels(tape, writer, period));
  }

  settle(row: number, start: number): void {
    const { high, low, closeTs } = this.#tape;
    this.#isQuiet = closeTs[row] + 1 < this.#quietUntil && high[row] <= this.#ceiling && low[row] >= this.#floor;
    if (this.#isQuiet) return;
    for (const levels of this.#levels) levels.settle(row, start);
  }

  create(row: number): void {
    if (this.#isQuiet) return;
    this.#quietUntil = Infinity;
    this.#ceiling = Infinity;
    this.#floor = -Infinity;
    for (const levels of this.#levels) {
      levels.create(row);
      this.#quietUntil = Math.min(this.#quietUntil, levels.quietUntil);
      this.#ceiling = Math.min(this.#ceiling, levels.ceiling);
      this.#floor = Math.max(this.#floor, levels.floor);
    }
  }

  reset(): void {
    for (const levels of this.#levels) levels.reset();
    this.#quietUntil = -Infinity;
  }
}
