import { createTape, type FundingSeries, type Interval, INTERVAL_MS, type InstrumentId, type SymbolFilters } from '@orrery/core';
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
}

/** Filters of BTCUSDT as of 2026-09 (recorded exchangeInfo), with a step that suits small accounts. */
const FILTERS = { tickSize: '0.10', stepSize: '0.001', minQty: '0.001', maxQty: '1000', marketMaxQty: '120', minNotional: '50' };

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
