import { decimalsOf, POWERS_OF_TEN } from '../dataset/decimals.ts';
import {
  CLOSE,
  COUNT,
  createRows,
  HIGH,
  KLINES,
  LOW,
  OPEN,
  QUOTE_VOLUME,
  TAKER_QUOTE_VOLUME,
  TAKER_VOLUME,
  VOLUME,
  type Rows,
} from '../dataset/rows.ts';
import { isoTime } from '../dataset/time.ts';
import { InputError } from '../input-error.ts';
import { CsvCursor, type CsvColumn } from './csv-cursor.ts';
import { normaliseStamp, outOfOrder } from './parse-stamp.ts';
import type { ParsedFile } from './parsed-file.ts';

const EXPECTED = '7 of an aggTrades file (agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker)';
const MEND = 'correct the line or fetch the file again';
/** Fields before is_buyer_maker, in the order of the file. */
const COLUMNS: readonly CsvColumn[] = ['agg_trade_id', 'price', 'quantity', 'first_trade_id', 'last_trade_id', 'transact_time'].map(
  (name) => ({
    name,
    signed: false,
  }),
);
const ID = 0;
const PRICE = 1;
const QUANTITY = 2;
const FIRST_TRADE = 3;
const LAST_TRADE = 4;
const TIME = 5;
const SECOND = 1000;
/** Two months of seconds take half a gigabyte. */
const MOST_SECONDS = 62 * 86_400;

/**
 * Parses aggregated trades in the layout of Binance's archive, with or without its header line, and makes 1s candles of them. Between
 * the first trade and the last every second has one: without a trade it is flat at the price before, so that longer candles are known
 * to be covered wholly.
 * @throws InputError naming file:line, column, value and mend for the first thing that is wrong.
 */
export function parseTrades(file: string, bytes: Uint8Array): ParsedFile {
  const cursor = new CsvCursor(file, bytes);
  cursor.skipHeader();
  if (cursor.atEnd()) throw new InputError(`${file}: holds no trades; fetch it again`);
  const trade = COLUMNS.map(() => new Float64Array(1));
  const [id, time] = [trade[ID], trade[TIME]];
  const lastSecond = secondOf(lastTime(file, bytes));
  let candles: SecondCandles | null = null;
  let [idBefore, timeBefore] = [-1, -Infinity];
  while (!cursor.atEnd()) {
    const isBuyerMaker = readTrade(cursor, trade);
    if (time[0] < timeBefore) throw outOfOrder(cursor, 'transact_time', time[0], timeBefore);
    if (secondOf(time[0]) > lastSecond) throw outOfOrder(cursor, 'the last transact_time', lastSecond, time[0]);
    if (id[0] <= idBefore)
      throw cursor.fault(
        `agg_trade_id ${id[0]} follows ${idBefore}, so trades are out of order or there twice`,
        'sort the file and delete repeated lines',
      );
    candles ??= createCandles(file, secondOf(time[0]), lastSecond);
    candles.add(trade, isBuyerMaker);
    [idBefore, timeBefore] = [id[0], time[0]];
    cursor.endLine(EXPECTED);
  }
  if (candles === null) throw new InputError(`${file}: holds no trades; fetch it again`);
  return { rows: candles.finish(), firstLine: null, dropped: [] };
}

/** Reads one line but for its end; returns whether the buyer was the maker. */
function readTrade(cursor: CsvCursor, trade: readonly Float64Array[]): boolean {
  for (const [c, column] of COLUMNS.entries()) {
    cursor.number(column, trade[c], 0);
    if (c === TIME) normaliseStamp(cursor, column.name, trade[c], 0);
    cursor.comma(EXPECTED);
  }
  const [price, first, last] = [trade[PRICE][0], trade[FIRST_TRADE][0], trade[LAST_TRADE][0]];
  if (!(price > 0)) throw cursor.fault(`price is ${price}, but a price is above zero`, MEND);
  if (last < first) throw cursor.fault(`last_trade_id ${last} lies before first_trade_id ${first}`, MEND);
  return cursor.flag('is_buyer_maker');
}

function secondOf(time: number): number {
  return Math.floor(time / SECOND) * SECOND;
}

/** Time of the last line, which tells how many seconds there are. It is judged when its turn comes. */
function lastTime(file: string, bytes: Uint8Array): number {
  const text = new TextDecoder().decode(bytes.subarray(Math.max(0, bytes.length - 512))).trimEnd();
  const fields = text.slice(text.lastIndexOf('\n') + 1).split(',');
  const stamp = Float64Array.of(Number(fields[TIME] ?? Number.NaN));
  const line = new CsvCursor(file, bytes);
  line.line = line.countLines() - (bytes[bytes.length - 1] === 0x0a ? 1 : 0);
  normaliseStamp(line, 'transact_time', stamp, 0);
  return stamp[0];
}

function createCandles(file: string, first: number, last: number): SecondCandles {
  const seconds = (last - first) / SECOND + 1;
  if (seconds > MOST_SECONDS)
    throw new InputError(
      `${file}: goes from ${isoTime(first)} to ${isoTime(last)}, over two months; import the archive's files of a day or a month`,
    );
  return new SecondCandles(createRows(KLINES, seconds));
}

/** Candles of a second each, made trade by trade. */
class SecondCandles {
  readonly #rows: Rows;
  /** Decimals that any price and quantity so far needs: sums of decimals are decimals, which sums of doubles are not quite. */
  #priceDecimals = 0;
  #quantityDecimals = 0;

  constructor(rows: Rows) {
    this.#rows = rows;
  }

  add(trade: readonly Float64Array[], isBuyerMaker: boolean): void {
    const { time, columns } = this.#rows;
    const [price, quantity] = [trade[PRICE][0], trade[QUANTITY][0]];
    const second = secondOf(trade[TIME][0]);
    if (this.#rows.length === 0) this.#begin(second, price);
    else if (second > time[this.#rows.length - 1]) {
      this.#round();
      const close = columns[CLOSE][this.#rows.length - 1];
      for (let quiet = time[this.#rows.length - 1] + SECOND; quiet < second; quiet += SECOND) this.#begin(quiet, close);
      this.#begin(second, price);
    }
    this.#priceDecimals = decimalsOf(trade[PRICE], 0, 1, this.#priceDecimals);
    this.#quantityDecimals = decimalsOf(trade[QUANTITY], 0, 1, this.#quantityDecimals);
    const row = this.#rows.length - 1;
    if (price > columns[HIGH][row]) columns[HIGH][row] = price;
    if (price < columns[LOW][row]) columns[LOW][row] = price;
    columns[CLOSE][row] = price;
    columns[VOLUME][row] += quantity;
    columns[QUOTE_VOLUME][row] += price * quantity;
    columns[COUNT][row] += trade[LAST_TRADE][0] - trade[FIRST_TRADE][0] + 1;
    if (isBuyerMaker) return;
    columns[TAKER_VOLUME][row] += quantity;
    columns[TAKER_QUOTE_VOLUME][row] += price * quantity;
  }

  finish(): Rows {
    this.#round();
    return this.#rows;
  }

  /** A second that begins at a price, with nothing traded yet. */
  #begin(second: number, price: number): void {
    const row = this.#rows.length++;
    this.#rows.time[row] = second;
    for (const column of [OPEN, HIGH, LOW, CLOSE]) this.#rows.columns[column][row] = price;
  }

  #round(): void {
    const row = this.#rows.length - 1;
    for (const column of [VOLUME, TAKER_VOLUME]) roundAt(this.#rows.columns[column], row, this.#quantityDecimals);
    const decimals = this.#priceDecimals + this.#quantityDecimals;
    for (const column of [QUOTE_VOLUME, TAKER_QUOTE_VOLUME]) roundAt(this.#rows.columns[column], row, decimals);
  }
}

/** The double nearest to the decimal that a sum was meant to be; as it is where it has more digits than a double. */
function roundAt(values: Float64Array, row: number, decimals: number): void {
  const power = POWERS_OF_TEN[Math.min(decimals, MOST_DECIMALS)];
  const units = Math.round(values[row] * power);
  if (Number.isSafeInteger(units)) values[row] = units / power;
}
/** Binance states amounts to 1e-8. */
const MOST_DECIMALS = 8;
