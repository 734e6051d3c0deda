import { createBracketTable, type BracketTable, type LeverageBracket } from '../../src/index.ts';

/** `0 .004 150 | 300000 .005 100 | … | cap 1800000000`, the way BINANCE USDⓈ-M's tables are written down: floor, rate, leverage. */
export function bracketsFrom(text: string): readonly LeverageBracket[] {
  const rows = text.split('|').map((row) => row.trim().split(/\s+/));
  return rows.slice(0, -1).map(([floor = '', rate = '', leverage = ''], k) => ({
    notionalFloor: floor,
    notionalCap: k + 2 < rows.length ? rows[k + 1]![0]! : rows.at(-1)![1]!,
    maintMarginRatio: `0${rate}`,
    initialLeverage: Number(leverage),
  }));
}
export const tableFrom = (text: string): BracketTable => createBracketTable('T', bracketsFrom(text));

/** BINANCE USDⓈ-M, 2026-05-07. */
export const BTC_2026 =
  '0 .004 150 | 300000 .005 100 | 800000 .0065 75 | 3000000 .01 50 | 12000000 .02 25 | 70000000 .025 20 | 100000000 .05 10 | cap 230000000';
export const HIVE_2026 =
  '0 .015 50 | 5000 .025 20 | 10000 .05 10 | 20000 .10 5 | 50000 .125 4 | 250000 .1667 3 | 500000 .25 2 | 7500000 .5 1 | cap 12500000';
/** BINANCE USDⓈ-M as its examples of liquidation prices have them: 2.5 % and cum 16,300 from a million on, 10 % and cum 135,365 from two on. */
export const BTC_EXAMPLES = '0 .004 125 | 50000 .005 100 | 250000 .01 50 | 1000000 .025 20 | cap 5000000';
export const ETH_EXAMPLES = '0 .005 100 | 10000 .0065 75 | 100000 .01 50 | 500000 .02 25 | 1000000 .05 10 | 2000000 .10 5 | cap 5000000';
