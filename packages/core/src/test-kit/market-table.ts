import { formatPrice } from '../market/instrument.ts';
import type { Ticks } from '../units.ts';
import { candleShape } from './candle-shape.ts';
import type { Market } from './market.ts';
import type { Story } from './story.ts';

/** Enough to see what happens, few enough to read. */
const MOST_ROWS = 24;
const HEADER = ['close time, ms', 'symbol', 'open', 'high', 'low', 'close', 'volume'];
/** These follow where there is a story; they read from the left. */
const STORY_HEADER = ['position', 'candle', 'what happened'];

/** The market's candles as text, by time, then symbol; the last ones where they are many. With a story, what a run did beside them. */
export function marketTable(market: Market, story?: Story): string {
  const lines: { readonly ts: number; readonly symbol: number; readonly cells: readonly string[] }[] = [];
  for (const [symbol, { rows }] of market.symbols.entries()) {
    for (let k = 0; k < rows.length; k++) lines.push({ ts: rows[k].ts, symbol, cells: cellsOf(market, symbol, k) });
  }
  lines.sort((a, b) => a.ts - b.ts || a.symbol - b.symbol);
  const full = lines.map(({ ts, symbol, cells }) => {
    if (story === undefined) return cells.slice(0, HEADER.length);
    const { position, did } = story(ts, symbol);
    return [...cells.slice(0, HEADER.length), position, cells[HEADER.length], did];
  });
  const shown = full.slice(-MOST_ROWS);
  const table = [story === undefined ? HEADER : [...HEADER, ...STORY_HEADER], ...shown];
  const widths = table[0].map((_, c) => table.reduce((most, cells) => Math.max(most, cells[c].length), 0));
  const hidden = lines.length - shown.length;
  const padded = (cell: string, c: number): string => (c > HEADER.length ? cell.padEnd(widths[c]) : cell.padStart(widths[c]));
  return [
    ...table.map((cells) => `    ${cells.map(padded).join('  ')}`.trimEnd()),
    ...(hidden > 0 ? [`    and ${hidden} candles before these`] : []),
  ].join('\n');
}

function cellsOf({ symbols, intervalMs }: Market, symbol: number, k: number): readonly string[] {
  const { instrument, rows } = symbols[symbol];
  const row = rows[k];
  const price = (ticks: number): string => formatPrice(instrument, ticks as Ticks);
  return [
    String(row.ts),
    instrument.symbol,
    price(row.open),
    price(row.high),
    price(row.low),
    price(row.close),
    String(row.volume),
    candleShape(row, rows[k - 1], intervalMs),
  ];
}
