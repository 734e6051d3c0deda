/** What a run reads, under the name that it has in a backtest. `loadMarket` of the data package gives one. */
export type { Market as MarketData } from '@orrery/data';
