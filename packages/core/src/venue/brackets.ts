import { parseDecimal } from '../market/decimal.ts';
import type { RateE8, Sats } from '../units.ts';

/** One row of a symbol's leverage brackets as the venue states it (BINANCE USDⓈ-M, GET /fapi/v1/leverageBracket); decimal texts, USDT. */
export interface LeverageBracket {
  /** From this position value on (included) … */
  readonly notionalFloor: string;
  /** … up to this one (excluded). */
  readonly notionalCap: string;
  /** Maintenance margin, part of the value: "0.004". */
  readonly maintMarginRatio: string;
  /** Highest leverage at which a position may be this large. */
  readonly initialLeverage: number;
}

/**
 * A symbol's brackets in sats, smallest first. Maintenance margin of a value N in bracket k is N · rate[k] − cum[k]; cum makes
 * it continuous: cum[k] = cum[k − 1] + floor[k] · (rate[k] − rate[k − 1]).
 */
export interface BracketTable {
  readonly floor: Float64Array;
  readonly cap: Float64Array;
  readonly rateE8: Float64Array;
  readonly cum: Float64Array;
  readonly leverage: Float64Array;
}

/**
 * @throws RangeError when the brackets do not follow on each other, or a number is none
 */
export function createBracketTable(symbol: string, brackets: readonly LeverageBracket[]): BracketTable {
  if (brackets.length === 0) throw new RangeError(`${symbol}: no leverage brackets`);
  // A value beyond 2^53 sats cannot be held, so brackets from there on are out of reach.
  const rows = brackets.map((row) => exactRow(symbol, row)).filter((row, k) => k === 0 || row.floor < Number.MAX_SAFE_INTEGER);
  const table: BracketTable = {
    floor: Float64Array.from(rows, ({ floor }) => floor),
    cap: Float64Array.from(rows, ({ cap }) => Math.min(cap, Number.MAX_SAFE_INTEGER)),
    rateE8: Float64Array.from(rows, ({ rateE8 }) => rateE8),
    cum: new Float64Array(rows.length),
    leverage: Float64Array.from(rows, ({ leverage }) => leverage),
  };
  if (table.floor[0] !== 0) throw new RangeError(`${symbol}: its first bracket begins at ${brackets[0].notionalFloor}, not at 0`);
  for (let k = 1; k < rows.length; k++) {
    if (table.floor[k] !== table.cap[k - 1]) throw new RangeError(`${symbol}: bracket ${k + 1} does not begin where bracket ${k} ends`);
    if (table.rateE8[k] < table.rateE8[k - 1] || table.leverage[k] > table.leverage[k - 1])
      throw new RangeError(`${symbol}: bracket ${k + 1} asks for less margin than bracket ${k}`);
    table.cum[k] = table.cum[k - 1] + Math.round((table.floor[k] / SCALE) * (table.rateE8[k] - table.rateE8[k - 1]));
  }
  return table;
}

/** For a symbol whose brackets nobody knows: 2.5 % and at most 20× at any size, which is stricter than most small positions meet. */
export const UNKNOWN_BRACKETS: readonly LeverageBracket[] = [
  { notionalFloor: '0', notionalCap: '90000000', maintMarginRatio: '0.025', initialLeverage: 20 },
];

/** Which bracket a position value falls into; a value at a floor belongs to the bracket that begins there. */
export function bracketOf({ floor }: BracketTable, notional: number): number {
  let k = floor.length - 1;
  while (k > 0 && notional < floor[k]) k--;
  return k;
}

/** Maintenance margin of a position value (without sign), rounded up to a sat. */
export function maintenanceMargin(table: BracketTable, notional: number): Sats {
  const k = bracketOf(table, notional);
  return (part(notional, table.rateE8[k]) - table.cum[k]) as Sats;
}

/** The largest position value at a leverage: the cap of the highest bracket that allows it; 0 where none does. */
export function maxNotional({ cap, leverage }: BracketTable, wanted: number): Sats {
  let k = leverage.length - 1;
  while (k >= 0 && leverage[k] < wanted) k--;
  return (k < 0 ? 0 : cap[k]) as Sats;
}

/** Highest leverage that the symbol allows at all. */
export function maxLeverageOf({ leverage }: BracketTable): number {
  return leverage[0];
}

const SCALE = 100_000_000;

/** notional · rate / 1e8, rounded up; split so that no product leaves 2^53. */
function part(notional: number, rateE8: number): number {
  const high = Math.floor(notional / SCALE);
  const low = notional - high * SCALE;
  return high * rateE8 + Math.ceil((low * rateE8) / SCALE);
}

interface ExactRow {
  readonly floor: number;
  readonly cap: number;
  readonly rateE8: RateE8;
  readonly leverage: number;
}
function exactRow(symbol: string, { notionalFloor, notionalCap, maintMarginRatio, initialLeverage }: LeverageBracket): ExactRow {
  const row = {
    floor: scaled(notionalFloor),
    cap: scaled(notionalCap),
    rateE8: scaled(maintMarginRatio) as RateE8,
    leverage: initialLeverage,
  };
  const isSound =
    row.floor >= 0 &&
    row.cap > row.floor &&
    row.rateE8 > 0 &&
    row.rateE8 <= SCALE / 2 &&
    Number.isSafeInteger(initialLeverage) &&
    initialLeverage >= 1;
  if (!isSound)
    throw new RangeError(`${symbol}: bracket from ${notionalFloor} to ${notionalCap} at ${maintMarginRatio}, ${initialLeverage}×, is none`);
  return row;
}

/** A decimal text in 1e-8; floors beyond 2^53 sats are only compared, so a rounded one will do. */
function scaled(text: string): number {
  const { units, decimals } = parseDecimal(text);
  if (decimals > 8) throw new RangeError(`"${text}" is finer than 1e-8`);
  return units * POWERS[8 - decimals];
}
const POWERS: readonly number[] = [1, 10, 100, 1000, 1e4, 1e5, 1e6, 1e7, 1e8];
