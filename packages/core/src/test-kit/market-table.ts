import { formatPrice } from '../market/instrument.ts';
import type { Ticks } from '../units.ts';
import type { Market, MarketRow, MarketSymbol } from './market.ts';

/** Enough to see what happens, few enough to read. */
const MOST_ROWS = 24;

/** The market's candles as text, by time, then symbol; the last ones where they are many. */
export function marketTable(market: Market): string {
  const lines: { readonly ts: number; readonly cells: readonly string[] }[] = [];
  for (const symbol of market.symbols) for (const row of symbol.rows) lines.push({ ts: row.ts, cells: cellsOf(symbol, row) });
  lines.sort((a, b) => a.ts - b.ts);
  const shown = lines.slice(-MOST_ROWS).map((line) => line.cells);
  const table = [['close time, ms', 'symbol', 'open', 'high', 'low', 'close', 'volume'], ...shown];
  const widths = table[0].map((_, c) => table.reduce((most, cells) => Math.max(most, cells[c].length), 0));
  const hidden = lines.length - shown.length;
  return [
    ...table.map((cells) => `    ${cells.map((cell, c) => cell.padStart(widths[c])).join('  ')}`),
    ...(hidden > 0 ? [`    and ${hidden} candles before these`] : []),
  ].join('\n');
}

function cellsOf({ instrument }: MarketSymbol, row: MarketRow): readonly string[] {
  const price = (ticks: number): string => formatPrice(instrument, ticks as Ticks);
  return [String(row.ts), instrument.symbol, price(row.open), price(row.high), price(row.low), price(row.close), String(row.volume)];
}
