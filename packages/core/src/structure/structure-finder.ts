import type { Tape } from '../market/tape.ts';
import { Calendar } from './calendar.ts';
import { gapAt } from './fair-value-gap.ts';
import { LiquiditySide } from './liquidity-side.ts';
import { extremeCandle, lastOppositeCandle, meanVolumeUpTo, orderBlockQuality, type Break } from './order-block.ts';
import { saturate } from './saturate.ts';
import { kindCode, type StructureWriter } from './structure-writer.ts';
import { SwingSide } from './swing-side.ts';
import { ZoneBook } from './zone-book.ts';

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
const ORDER_BLOCK = kindCode('order_block');
const EXTREME_ORDER_BLOCK = kindCode('extreme_order_block');
const FAIR_VALUE_GAP = kindCode('fair_value_gap');
const SWEEP = kindCode('sweep');

/** All trackers of one direction: swings and liquidity on its side of the market, zones that price comes back to. */
class Direction {
  readonly sign: number;
  readonly swings: SwingSide;
  readonly liquidity: LiquiditySide;
  readonly orderBlocks: ZoneBook;
  readonly extremeBlocks: ZoneBook;
  readonly gaps: ZoneBook;

  /** @param sign 1 for highs and bullish zones, −1 for lows and bearish ones */
  constructor(tape: Tape, { left, right, expiry }: StructureOptions, writer: StructureWriter, sign: number) {
    this.sign = sign;
    this.swings = new SwingSide(writer, sign, sign > 0 ? tape.high : tape.low, left, right);
    this.liquidity = new LiquiditySide(writer, sign, expiry);
    this.orderBlocks = new ZoneBook(writer, { kind: ORDER_BLOCK, sign, fills: false, expiry });
    this.extremeBlocks = new ZoneBook(writer, { kind: EXTREME_ORDER_BLOCK, sign, fills: false, expiry });
    this.gaps = new ZoneBook(writer, { kind: FAIR_VALUE_GAP, sign, fills: true, expiry });
  }

  /**
   * What a candle does to what is there.
   * @param ahead its extreme in the direction, @param behind the other one, @param close its close; all signed
   */
  settle(row: number, start: number, ahead: number, behind: number, close: number, atr: number): void {
    const { swings, liquidity } = this;
    swings.settle(row, start, ahead, close);
    this.orderBlocks.settle(row, behind, close);
    this.extremeBlocks.settle(row, behind, close);
    this.gaps.settle(row, behind, close);
    liquidity.settle(row, ahead, close, atr);
    if (swings.found >= 0) liquidity.confirm(row, swings.foundLevel, swings.found, atr);
  }

  reset(): void {
    this.swings.reset();
    this.liquidity.reset();
    this.orderBlocks.reset();
    this.extremeBlocks.reset();
    this.gaps.reset();
  }
}

/** Everything that finds structure on one tape, moved along row by row. */
export class StructureFinder {
  readonly #tape: Tape;
  readonly #atr: Float64Array;
  readonly #expiry: number;
  readonly #writer: StructureWriter;
  readonly #up: Direction;
  readonly #down: Direction;
  readonly #calendar: Calendar;
  /** 1 after a break upwards, −1 after one downwards, 0 before the first. */
  #bias = 0;
  /** First row that counts: the one behind the last hole. */
  #start = 0;

  constructor(tape: Tape, atr: Float64Array, options: StructureOptions, writer: StructureWriter) {
    this.#tape = tape;
    this.#atr = atr;
    this.#expiry = options.expiry;
    this.#writer = writer;
    this.#up = new Direction(tape, options, writer, 1);
    this.#down = new Direction(tape, options, writer, -1);
    this.#calendar = new Calendar(tape, writer);
  }

  /** Writes the events that the row makes known. Rows come one after the other. */
  step(row: number): void {
    const { open, high, low, close, volume } = this.#tape;
    if (!Number.isFinite(open[row] + high[row] + low[row] + close[row] + volume[row])) {
      this.#reset(row);
      return;
    }
    const atr = this.#atr[row];
    const start = this.#start;
    this.#up.settle(row, start, high[row], low[row], close[row], atr);
    this.#down.settle(row, start, -low[row], -high[row], -close[row], atr);
    this.#calendar.settle(row, start);
    this.#writer.flush(row);
    this.#create(row, atr);
  }

  /** New objects, in the order of their kinds (STR-2). */
  #create(row: number, atr: number): void {
    const up = this.#up;
    const down = this.#down;
    up.swings.create(row);
    down.swings.create(row);
    if (up.swings.isBroken) this.#break(row, up.swings);
    if (down.swings.isBroken) this.#break(row, down.swings);
    if (up.swings.isBroken) this.#blocks(row, up, atr);
    if (down.swings.isBroken) this.#blocks(row, down, atr);
    if (row - 2 >= this.#start) this.#gap(row, atr);
    up.liquidity.create(row);
    down.liquidity.create(row);
    this.#sweep(row, down);
    this.#sweep(row, up);
    this.#calendar.create(row);
  }

  #break(row: number, { sign, brokenLevel, brokenOrigin }: SwingSide): void {
    const level = sign * brokenLevel;
    const kind = this.#bias === -sign ? CHANGE_OF_CHARACTER : BREAK_OF_STRUCTURE;
    this.#bias = sign;
    this.#writer.tell(row, kind, sign, brokenOrigin, level, level, 0);
  }

  /** Both order blocks of a break; none while there is no ATR to measure them by. */
  #blocks(row: number, { sign, swings, orderBlocks, extremeBlocks }: Direction, atr: number): void {
    if (!Number.isFinite(atr)) return;
    const tape = this.#tape;
    const first = Math.max(swings.brokenOrigin + 1, row - this.#expiry);
    const place = { sign, row, first, atr, meanVolume: meanVolumeUpTo(tape, row, this.#start) };
    this.#block(orderBlocks, place, lastOppositeCandle(tape, place));
    this.#block(extremeBlocks, place, extremeCandle(tape, place));
  }

  #block(book: ZoneBook, place: Break, block: number): void {
    if (block < 0) return;
    const quality = orderBlockQuality(this.#tape, place, block);
    book.create(place.row, block, this.#tape.high[block], this.#tape.low[block], quality);
  }

  #gap(row: number, atr: number): void {
    const { high, low } = this.#tape;
    const height = gapAt(this.#tape, row, atr);
    if (height > 0) this.#up.gaps.create(row, row - 2, low[row], high[row - 2], saturate(height, atr));
    else if (height < 0) this.#down.gaps.create(row, row - 2, low[row - 2], high[row], saturate(-height, atr));
  }

  /** One sweep a side and candle: of the levels that it took, the outermost. */
  #sweep(row: number, { sign, swings, liquidity }: Direction): void {
    if (!swings.isSweptNow && !liquidity.isSweptNow) return;
    const isZone = liquidity.isSweptNow && (!swings.isSweptNow || liquidity.sweptLevel >= swings.sweptLevel);
    const level = sign * (isZone ? liquidity.sweptLevel : swings.sweptLevel);
    const origin = isZone ? liquidity.sweptOrigin : swings.sweptOrigin;
    const top = sign > 0 ? this.#tape.high[row] : level;
    const bottom = sign > 0 ? level : this.#tape.low[row];
    this.#writer.tell(row, SWEEP, -sign, origin, top, bottom, 0);
  }

  #reset(row: number): void {
    this.#up.reset();
    this.#down.reset();
    this.#calendar.reset();
    this.#writer.flush(row);
    this.#bias = 0;
    this.#start = row + 1;
  }
}
