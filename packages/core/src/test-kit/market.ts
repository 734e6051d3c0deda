import type { Instrument } from '../market/instrument.ts';
import { toPrice } from '../market/instrument.ts';
import { createTape, type Tape } from '../market/tape.ts';
import type { InstrumentId, Ticks } from '../units.ts';
import type { FundingSeries } from '../venue/funding.ts';

/** One candle in ticks, so that a market can be read, cut and compared exactly. */
export interface MarketRow {
  /** Close time, ms UTC. */
  readonly ts: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}
export interface MarketSymbol {
  /** Its id is the place in {@link Market.symbols}. */
  readonly instrument: Instrument;
  /** Oldest first; missing times are gaps. */
  readonly rows: readonly MarketRow[];
  readonly funding: FundingSeries;
}

/** A small made-up market that a law is tried on. */
export interface Market {
  readonly seed: number;
  readonly intervalMs: number;
  readonly symbols: readonly MarketSymbol[];
}

export function tapesOf(market: Market): readonly Tape[] {
  return market.symbols.map(({ instrument, rows }) => {
    const tape = createTape(instrument.id, market.intervalMs, rows.length);
    tape.length = rows.length;
    rows.forEach((row, k) => {
      const price = (ticks: number): number => toPrice(instrument, ticks as Ticks);
      tape.closeTs[k] = row.ts;
      tape.open[k] = price(row.open);
      tape.high[k] = price(row.high);
      tape.low[k] = price(row.low);
      tape.close[k] = price(row.close);
      tape.volume[k] = row.volume;
    });
    return tape;
  });
}

/** The market without its candles from `ts` on, as if the run had ended there. */
export function cutAt(market: Market, ts: number): Market {
  return withRows(market, (row) => row.ts < ts);
}

/** The market with every candle from `ts` on turned to NaN: what a strategy says before it may not depend on them. */
export function poisonedFrom(market: Market, ts: number): Market {
  const poisoned = (row: MarketRow): MarketRow =>
    row.ts < ts ? row : { ts: row.ts, open: NaN, high: NaN, low: NaN, close: NaN, volume: NaN };
  return { ...market, symbols: market.symbols.map((symbol) => ({ ...symbol, rows: symbol.rows.map(poisoned) })) };
}

export function withRows(market: Market, keeps: (row: MarketRow, symbol: number, index: number) => boolean): Market {
  return {
    ...market,
    symbols: market.symbols.map((symbol, s) => ({ ...symbol, rows: symbol.rows.filter((row, k) => keeps(row, s, k)) })),
  };
}

/** The market with these of its symbols, in this order, numbered anew. */
export function pickSymbols(market: Market, order: readonly number[]): Market {
  return {
    ...market,
    symbols: order.map((from, id) => {
      const symbol = market.symbols[from];
      return { ...symbol, instrument: { ...symbol.instrument, id: id as InstrumentId } };
    }),
  };
}

export function rowCount(market: Market): number {
  return market.symbols.reduce((sum, symbol) => sum + symbol.rows.length, 0);
}
