import type { InstrumentId, SymbolFilters, Tape } from '@orrery/core';
import { DEFAULT_REQUEST, type MarketData, type RunRequest } from '../../src/index.ts';

export const HOUR = 3_600_000;
/** 2026-05-01. */
export const START = Date.UTC(2026, 4, 1);

/** Open, high, low, close and, where it is not 1,000, volume. */
export type Row = readonly [open: number, high: number, low: number, close: number, volume?: number];

const filtersOf = (symbol: string): SymbolFilters => ({
  symbol,
  tickSize: '0.1',
  stepSize: '0.001',
  minQty: '0.001',
  maxQty: '100000',
  marketMaxQty: '100000',
  minNotional: '5',
  liquidationFee: '0.01',
  brackets: [{ notionalFloor: '0', notionalCap: '90000000', maintMarginRatio: '0.01', initialLeverage: 50 }],
});

/** Hourly candles of some symbols, and what else a test says of them. */
export function marketOf(symbols: Readonly<Record<string, readonly Row[]>>, changed: Partial<MarketData> = {}): MarketData {
  const names = Object.keys(symbols);
  const tapes = Object.values(symbols).map((rows, id) => tapeOf(rows, id));
  return {
    tapes,
    funding: tapes.map(() => ({ times: new Float64Array(0), ratesE8: new Float64Array(0) })),
    filters: names.map(filtersOf),
    marks: tapes.map(() => null),
    fine: tapes.map(() => null),
    delisted: tapes.map(() => Infinity),
    universe: null,
    filterTable: null,
    bracketTable: null,
    withoutBrackets: [],
    datasetSymbols: tapes.map(({ length }, id) => ({
      symbol: names[id],
      interval: '1h',
      rows: length,
      first: START,
      last: START + length * HOUR - 1,
      gaps: 0,
      fundingRows: 0,
      source: 'made',
      digest: 'd',
    })),
    digest: 'd',
    synthetic: false,
    warnings: [],
    ...changed,
  };
}

function tapeOf(rows: readonly Row[], id: number): Tape {
  const column = (at: 0 | 1 | 2 | 3): Float64Array => Float64Array.from(rows, (row) => row[at]);
  return {
    instrument: id as InstrumentId,
    intervalMs: HOUR,
    length: rows.length,
    closeTs: Float64Array.from(rows, (_, row) => START + (row + 1) * HOUR - 1),
    open: column(0),
    high: column(1),
    low: column(2),
    close: column(3),
    volume: Float64Array.from(rows, (row) => row[4] ?? 1000),
  };
}

/** A request without fees for this strategy on the market's symbols. */
export function requestOf(strategy: RunRequest['strategy'], market: MarketData, changed: Partial<RunRequest> = {}): RunRequest {
  return {
    ...DEFAULT_REQUEST,
    strategy,
    strategyHash: null,
    params: {},
    symbols: market.datasetSymbols.map(({ symbol }) => symbol),
    interval: '1h',
    makerFeeBps: 0,
    takerFeeBps: 0,
    ...changed,
  };
}
