import {
  createTape,
  type FundingSeries,
  type Interval,
  INTERVAL_MS,
  type InstrumentId,
  type LeverageBracket,
  type MarkPrices,
  type SymbolFilters,
} from '@orrery/core';
import type { Market } from '@orrery/data';

/** 2025-01-01T00:00:00Z */
export const NEW_YEAR = 1_735_689_600_000;
export const FIVE_MINUTES = 300_000;

/** Open, high, low, close, and the volume (1 where left out). */
export type Candle = readonly [open: number, high: number, low: number, close: number, volume?: number];

export interface MadeSymbol {
  readonly symbol: string;
  readonly candles: readonly Candle[];
  readonly filters?: Partial<SymbolFilters>;
  readonly funding?: FundingSeries;
  /** Open, high, low and close of the mark price. */
  readonly marks?: readonly (readonly [number, number, number, number])[];
}

/** The first brackets of BTCUSDT as of 2026-05-07 (recorded table): the first asks 0.4 % up to 300,000 USDT and allows 150x. */
export const BRACKETS: readonly LeverageBracket[] = [
  { notionalFloor: '0', notionalCap: '300000', maintMarginRatio: '0.004', initialLeverage: 150 },
  { notionalFloor: '300000', notionalCap: '800000', maintMarginRatio: '0.005', initialLeverage: 100 },
  { notionalFloor: '800000', notionalCap: '3000000', maintMarginRatio: '0.0065', initialLeverage: 75 },
  { notionalFloor: '3000000', notionalCap: '12000000', maintMarginRatio: '0.01', initialLeverage: 50 },
];

/** Filters of BTCUSDT as of 2026-09 (recorded exchangeInfo), with a step that suits small accounts. */
const FILTERS = {
  tickSize: '0.10',
  stepSize: '0.001',
  minQty: '0.001',
  maxQty: '1000',
  marketMaxQty: '120',
  minNotional: '50',
  multiplierUp: '1.0500',
  multiplierDown: '0.9500',
  triggerProtect: '0.0500',
  marketTakeBound: '0.05',
  liquidationFee: '0.012500',
  brackets: BRACKETS,
};

/** A market in memory: candles without gaps from {@link NEW_YEAR} on. */
export function makeMarket(symbols: readonly MadeSymbol[], interval: Interval = '5m'): Market {
  const step = INTERVAL_MS[interval];
  const tapes = symbols.map(({ candles }, id) => {
    const tape = createTape(id as InstrumentId, step, candles.length);
    tape.length = candles.length;
    candles.forEach(([open, high, low, close, volume = 1], row) => {
      tape.closeTs[row] = NEW_YEAR + (row + 1) * step - 1;
      tape.open[row] = open;
      tape.high[row] = high;
      tape.low[row] = low;
      tape.close[row] = close;
      tape.volume[row] = volume;
    });
    return tape;
  });
  return {
    tapes,
    funding: symbols.map(({ funding }) => funding ?? { times: new Float64Array(0), ratesE8: new Float64Array(0) }),
    filters: symbols.map(({ symbol, filters }) => ({ symbol, ...FILTERS, ...filters })),
    marks: symbols.map(({ marks }) => (marks === undefined ? null : markColumns(marks))),
    fine: symbols.map(() => null),
    delisted: symbols.map(() => Infinity),
    universe: null,
    filterTable: null,
    bracketTable: null,
    withoutBrackets: [],
    datasetSymbols: [],
    synthetic: true,
    digest: '',
    warnings: [],
  };
}

/** Close time of the n-th candle, from 0. */
export function closeOf(row: number): number {
  return NEW_YEAR + (row + 1) * FIVE_MINUTES - 1;
}

function markColumns(rows: readonly (readonly [number, number, number, number])[]): MarkPrices {
  const column = (k: 0 | 1 | 2 | 3): Float64Array => Float64Array.from(rows, (row) => row[k]);
  return { open: column(0), high: column(1), low: column(2), close: column(3) };
}
