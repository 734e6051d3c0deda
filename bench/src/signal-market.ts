import { DEFAULT_REQUEST, type MarketData, type RunRequest } from '@orrery/backtest';
import type { ColumnAllocator, StrategyDefinition } from '@orrery/core';
import { ict } from '@orrery/strategies';
import { benchFilters, createMarket } from './market.ts';

export const FIVE_MINUTES = 300_000;
/** Both higher intervals, as a user asks for them with `--timeframes 15m,1h`. */
export const TIMEFRAMES = { middleTimeframe: '15m', higherTimeframe: '1h' } as const;

/** Five-minute candles from a seed, as a backtest reads them. */
export function signalMarket(symbols: number, rows: number, allocate?: ColumnAllocator): MarketData {
  const { tapes } = createMarket(symbols, rows, FIVE_MINUTES, allocate);
  const filters = tapes.map((_, id) => benchFilters(id));
  return {
    tapes,
    funding: tapes.map(() => ({ times: new Float64Array(0), ratesE8: new Float64Array(0) })),
    filters,
    marks: tapes.map(() => null),
    fine: tapes.map(() => null),
    delisted: tapes.map(() => Infinity),
    universe: null,
    filterTable: null,
    bracketTable: null,
    withoutBrackets: filters.map(({ symbol }) => symbol),
    datasetSymbols: tapes.map(({ length, closeTs }, id) => ({
      symbol: filters[id].symbol,
      interval: '5m',
      rows: length,
      first: closeTs[0] + 1 - FIVE_MINUTES,
      last: closeTs[length - 1],
      gaps: 0,
      fundingRows: 0,
      source: 'bench',
      digest: 'bench',
    })),
    digest: 'bench',
    synthetic: true,
    warnings: [],
  };
}

/** One run of `ict` on three intervals with the defaults of everything else. */
export function signalRequest(market: MarketData, strategy: StrategyDefinition = ict): RunRequest {
  const symbols = market.filters.map(({ symbol }) => symbol);
  return { ...DEFAULT_REQUEST, strategy, strategyHash: null, params: TIMEFRAMES, symbols, interval: '5m' };
}
