import type { Kernel } from '../feature/kernel.ts';
import type { Tape } from '../market/tape.ts';
import { createStructureLog } from './structure-event.ts';
import { kindCode, StructureWriter } from './structure-writer.ts';
import { SwingSide } from './swing-side.ts';

/** What `structure(left,right,expiry)` is made with; all in candles. */
export interface StructureOptions {
  /** Candles before a swing that it stands out from. */
  readonly left: number;
  /** Candles after a swing that confirm it. */
  readonly right: number;
  /** Age at which zones expire. */
  readonly expiry: number;
}

const BREAK_OF_STRUCTURE = kindCode('break_of_structure');
const CHANGE_OF_CHARACTER = kindCode('change_of_character');
const NO_COLUMN = new Float64Array(0);
const NO_STATE = new Float64Array(0);

/**
 * Finds the market structure of a tape, candle by candle (STR), and writes it as one log of events.
 * @param atr atr(14) of the same tape
 */
export function createStructureKernel(tape: Tape, atr: Float64Array, options: StructureOptions): Kernel {
  const log = createStructureLog();
  const finder = new StructureFinder(tape, atr, options, new StructureWriter(log));
  return {
    out: NO_COLUMN,
    warmup: 0,
    state: NO_STATE,
    log,
    advance(from, to) {
      for (let row = from; row < to; row++) finder.step(row);
    },
  };
}

/** All trackers of one tape, moved along row by row. */
class StructureFinder {
  readonly #tape: Tape;
  readonly #writer: StructureWriter;
  readonly #highs: SwingSide;
  readonly #lows: SwingSide;
  /** 1 after a break upwards, −1 after one downwards, 0 before the first. */
  #bias = 0;
  /** First row that counts: the one behind the last hole. */
  #start = 0;

  constructor(tape: Tape, _atr: Float64Array, { left, right }: StructureOptions, writer: StructureWriter) {
    this.#tape = tape;
    this.#writer = writer;
    this.#highs = new SwingSide(writer, 1, tape.high, left, right);
    this.#lows = new SwingSide(writer, -1, tape.low, left, right);
  }

  step(row: number): void {
    const { open, high, low, close, volume } = this.#tape;
    if (!Number.isFinite(open[row] + high[row] + low[row] + close[row] + volume[row])) {
      this.#reset(row);
      return;
    }
    this.#highs.settle(row, this.#start, close[row]);
    this.#lows.settle(row, this.#start, -close[row]);
    this.#writer.flush(row);
    this.#highs.create(row);
    this.#lows.create(row);
    if (this.#highs.isBroken) this.#break(row, this.#highs);
    if (this.#lows.isBroken) this.#break(row, this.#lows);
  }

  #break(row: number, side: SwingSide): void {
    const level = side.sign * side.brokenLevel;
    const kind = this.#bias === -side.sign ? CHANGE_OF_CHARACTER : BREAK_OF_STRUCTURE;
    this.#bias = side.sign;
    this.#writer.create(row, kind, side.sign, side.brokenOrigin, level, level, 0);
  }

  #reset(row: number): void {
    this.#highs.reset();
    this.#lows.reset();
    this.#writer.flush(row);
    this.#bias = 0;
    this.#start = row + 1;
  }
}
