import { createInstrument, type InstrumentId, type Market, type RateE8 } from '../../src/index.ts';
import { NO_FUNDING } from '../../src/venue/funding.ts';

export const INTERVAL = 300_000;

/** One symbol whose tick is 1 USDT and whose step is 0.001: prices of candles that stand still, with 10,000 USDT and no fees. */
export function standing(...prices: readonly number[]): Market {
  const filters = { symbol: 'HANDUSDT', tickSize: '1', stepSize: '0.001', minQty: '0.001', maxQty: '10000', marketMaxQty: '10000' };
  const instrument = createInstrument(0 as InstrumentId, { ...filters, minNotional: '5' }, { maker: 0 as RateE8, taker: 0 as RateE8 });
  const rows = prices.map((price, k) => ({ ts: (k + 1) * INTERVAL - 1, open: price, high: price, low: price, close: price, volume: 1 }));
  return { seed: 1, intervalMs: INTERVAL, symbols: [{ instrument, rows, funding: NO_FUNDING }] };
}
