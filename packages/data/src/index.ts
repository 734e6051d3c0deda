export { InputError } from './input-error.ts';
export { importFiles, type ImportedDataset, type ImportOptions, type ImportProgress, type ImportReport } from './import/import-files.ts';
export { datasetName, KINDS, parseDatasetName, type DatasetKey, type Kind } from './dataset/key.ts';
export { parseTimeRange, type TimeRange } from './dataset/time.ts';
export { loadMarket, type LoadOptions, type Market } from './market/load-market.ts';
export type { FundingSeries } from './market/funding-series.ts';
export {
  DEFAULT_SNAPSHOT,
  formatFilterSnapshot,
  readFilterSnapshot,
  type FilterSnapshot,
  type SnapshotFilters,
} from './market/filter-snapshot.ts';
