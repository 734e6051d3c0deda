import type { FineCandles, MarkPrices, TableReference, Universe } from '@orrery/core';
import type { Market } from '@orrery/data';

/** What a run reads, under the name that it has in a backtest. `loadMarket` of the data package gives one. */
export type MarketData = Market & Partial<VenueData>;

/** What the simulated venue needs beyond candles and funding; arrays by instrument. */
interface VenueData {
  readonly marks: readonly (MarkPrices | null)[];
  readonly fine: readonly (FineCandles | null)[];
  readonly delisted: readonly number[];
  readonly filterTable: TableReference | null;
  readonly bracketTable: TableReference | null;
  readonly withoutBrackets: readonly string[];
  readonly universe: Universe | null;
}
