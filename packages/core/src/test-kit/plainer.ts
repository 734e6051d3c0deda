import { NO_FUNDING } from '../venue/funding.ts';
import { rowCount, type Market, type MarketRow } from './market.ts';

/** Above this, candles are only made plainer all at once. */
const MOST_SINGLE_ROWS = 60;

/** Ways to make a candle easier to read, the boldest first; each leaves a candle that a venue could send. */
const STEPS: readonly ((row: MarketRow) => MarketRow)[] = [
  (row) => volumeOfOne(rounded(flat(row), 1)),
  flat,
  withoutWicks,
  (row) => rounded(row, 1),
  (row) => rounded(row, 2),
  (row) => rounded(row, 3),
  volumeOfOne,
];

/** The same candles with rounder numbers and fewer features: each step for all of them, then for each alone. */
export function* plainerMarkets(market: Market): Generator<Market> {
  if (market.symbols.some(({ funding }) => funding.times.length > 0)) {
    yield { ...market, symbols: market.symbols.map((symbol) => ({ ...symbol, funding: NO_FUNDING })) };
  }
  yield* whenOther(market, withoutGaps(market));
  for (const step of STEPS) {
    yield* whenOther(market, mapRows(market, step));
    if (rowCount(market) > MOST_SINGLE_ROWS) continue;
    for (const [s, { rows }] of market.symbols.entries()) {
      for (let k = rows.length - 1; k >= 0; k--) {
        yield* whenOther(
          market,
          mapRows(market, (row, symbol, index) => (symbol === s && index === k ? step(row) : row)),
        );
      }
    }
  }
}

function* whenOther(market: Market, candidate: Market): Generator<Market> {
  const isSame = market.symbols.every(({ rows }, s) => rows.every((row, k) => isSameRow(row, candidate.symbols[s].rows[k])));
  if (!isSame) yield candidate;
}

function isSameRow(a: MarketRow, b: MarketRow): boolean {
  return a.ts === b.ts && a.open === b.open && a.high === b.high && a.low === b.low && a.close === b.close && a.volume === b.volume;
}

function mapRows(market: Market, map: (row: MarketRow, symbol: number, index: number) => MarketRow): Market {
  return { ...market, symbols: market.symbols.map((symbol, s) => ({ ...symbol, rows: symbol.rows.map((row, k) => map(row, s, k)) })) };
}

/** Times at which no symbol has a candle are closed up. */
function withoutGaps(market: Market): Market {
  const times = [...new Set(market.symbols.flatMap(({ rows }) => rows.map(({ ts }) => ts)))].sort((a, b) => a - b);
  const places = new Map(times.map((ts, k) => [ts, k]));
  return mapRows(market, (row) => ({ ...row, ts: times[0] + (places.get(row.ts) ?? 0) * market.intervalMs }));
}

function flat(row: MarketRow): MarketRow {
  return { ...row, open: row.close, high: row.close, low: row.close };
}
function withoutWicks(row: MarketRow): MarketRow {
  return { ...row, high: Math.max(row.open, row.close), low: Math.min(row.open, row.close) };
}
function volumeOfOne(row: MarketRow): MarketRow {
  return row.volume === 0 ? row : { ...row, volume: 1 };
}

/** To a number of leading digits; rounding keeps the order of prices, so high and low stay outermost. */
function rounded(row: MarketRow, digits: number): MarketRow {
  const round = (ticks: number): number => {
    const unit = 10 ** Math.max(0, String(ticks).length - digits);
    return Math.max(1, Math.round(ticks / unit) * unit);
  };
  return { ...row, open: round(row.open), high: round(row.high), low: round(row.low), close: round(row.close) };
}
