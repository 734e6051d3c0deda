import { createTape, INTERVAL_MS, type InstrumentId, type LeverageBracket, type SymbolFilters } from '@orrery/core';
import type { Market } from '@orrery/data';

/** 2025-01-01T00:00:00Z */
const NEW_YEAR = 1_735_689_600_000;

/** First brackets of BTCUSDT (BINANCE USDⓈ-M, 2026-05-07), so low that positions of a small account reach the second. */
const BRACKETS: readonly LeverageBracket[] = [
  { notionalFloor: '0', notionalCap: '50000', maintMarginRatio: '0.004', initialLeverage: 125 },
  { notionalFloor: '50000', notionalCap: '250000', maintMarginRatio: '0.005', initialLeverage: 100 },
  { notionalFloor: '250000', notionalCap: '3000000', maintMarginRatio: '0.01', initialLeverage: 50 },
];
const FILTERS: Omit<SymbolFilters, 'symbol'> = {
  tickSize: '0.10',
  stepSize: '0.001',
  minQty: '0.001',
  maxQty: '1000',
  marketMaxQty: '1000',
  minNotional: '5',
  multiplierUp: '1.5',
  multiplierDown: '0.5',
  triggerProtect: '0.05',
  marketTakeBound: '0.3',
  liquidationFee: '0.0125',
  brackets: BRACKETS,
};

/** Numbers from 0 to 1 that a seed decides (Lehmer, 48271). */
export function random(seed: number): () => number {
  let state = (seed % 2_147_483_646) + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** Candles that wander by some percent, with funding every four hours. */
export function madeMarket(symbols: readonly string[], rows: number, seed: number, wildness = 0.01): Market {
  const interval = INTERVAL_MS['5m'];
  const tapes = symbols.map((_, id) => {
    const draw = random(seed * 31 + id);
    const tape = createTape(id as InstrumentId, interval, rows);
    tape.length = rows;
    let last = 1000;
    const ticks = (price: number): number => Math.round(price * 10) / 10;
    for (let row = 0; row < rows; row++) {
      // Some candles open beyond what the last one closed at.
      const open = draw() < 0.3 ? ticks(last * (1 + wildness * (draw() - 0.5))) : last;
      const close = ticks(open * (1 + wildness * (draw() - 0.5)));
      const [high, low] = [ticks(Math.max(open, close) * (1 + wildness * draw())), ticks(Math.min(open, close) * (1 - wildness * draw()))];
      tape.closeTs[row] = NEW_YEAR + (row + 1) * interval - 1;
      [tape.open[row], tape.high[row], tape.low[row], tape.close[row]] = [open, high, low, close];
      tape.volume[row] = Math.round(1000 * draw()) / 10 + 1;
      last = close;
    }
    return tape;
  });
  const times = Float64Array.from({ length: Math.floor((rows * interval) / 14_400_000) }, (_, k) => NEW_YEAR + (k + 1) * 14_400_000);
  return {
    tapes,
    funding: symbols.map(() => ({ times, ratesE8: times.map((_, k) => (k % 2 === 0 ? 10_000 : -5000)) })),
    filters: symbols.map((symbol) => ({ symbol, ...FILTERS })),
    marks: symbols.map(() => null),
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
