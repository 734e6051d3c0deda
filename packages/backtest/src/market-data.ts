import type { DatasetSymbol, FundingSeries, SymbolFilters, Tape } from '@orrery/core';

/** What a run reads: arrays are indexed by instrument, in the order of the run's symbols. `loadMarket` of the data package gives one. */
export interface MarketData {
  readonly tapes: readonly Tape[];
  readonly funding: readonly FundingSeries[];
  readonly filters: readonly SymbolFilters[];
  readonly datasetSymbols: readonly DatasetSymbol[];
  /** SHA-256 over the columns that were read. */
  readonly digest: string;
  readonly synthetic: boolean;
  readonly warnings: readonly string[];
}
