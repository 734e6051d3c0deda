export { InputError } from './input-error.ts';
export type { Keys } from './secrets/keys.ts';
export { readKeys, type KeySources } from './secrets/read-keys.ts';
export { refreshBrackets, refreshFilters, type RefreshedTable, type RefreshOptions } from './download/refresh-tables.ts';
export { isAlive } from './store/lock.ts';
export { FILE_KINDS, type FileKind } from './import/file-name.ts';
export { importFiles, type ImportedDataset, type ImportOptions, type ImportProgress, type ImportReport } from './import/import-files.ts';
export { datasetName, KINDS, parseDatasetName, type DatasetKey, type Kind } from './dataset/key.ts';
export { isoTime, parsePeriod, parseTimeRange, type TimeRange } from './dataset/time.ts';
export { loadMarket, type LoadOptions, type Market } from './market/load-market.ts';
export { DEFAULT_SNAPSHOT, readFilterSnapshot, type FilterSnapshot, type SnapshotFilters } from './market/filter-snapshot.ts';
export { formatFilterSnapshot } from './market/format-filters.ts';
export {
  BRACKETS_FOLDER,
  chooseBrackets,
  readBracketSnapshot,
  type BracketSnapshot,
  type ChosenBrackets,
} from './market/bracket-snapshot.ts';
export { formatBracketSnapshot, type BracketSource } from './market/format-brackets.ts';
export { nearestSnapshot, type SnapshotKind } from './market/nearest-snapshot.ts';
export { buildUniverse, type UniverseChoice } from './market/build-universe.ts';
export { addTradedDays, type TradedDays } from './market/traded-days.ts';
export type { FineChoice } from './market/load-fine.ts';
export { stylisedFacts, type StylisedFacts } from './synth/stylised-facts.ts';
export { syntheticTape, type SyntheticTapeOptions } from './synth/synthetic-tape.ts';
export { synthesise, type SynthesiseOptions, type SynthesiseReport } from './synth/synthesise.ts';
export { SAMPLE, SAMPLE_ROOT } from './synth/sample.ts';
export { listDatasets, type ListedDataset } from './verify/list-datasets.ts';
export { verifyDataset, verifyDatasets, type VerifyOptions, type VerifyReport } from './verify/verify-dataset.ts';
export type { Problem } from './verify/problem.ts';
export type { Manifest, ManifestFile, Source, Synthetic } from './store/manifest.ts';
export type { Gap } from './dataset/gaps.ts';
export { EXPORT_FORMATS, exportDataset, type ExportFormat, type ExportOptions, type ExportReport } from './export/export-dataset.ts';
export { readColumns } from './export/read-columns.ts';
export type { SampleOutcome, SignalSample } from './run/sample.ts';
export { SampleList } from './run/sample-list.ts';
export { decodeSamples, encodeSamples, SAMPLES_FILE } from './run/samples-file.ts';
export { writeColumns } from './export/write-columns.ts';
export { download, type DownloadOptions, type DownloadProgress, type DownloadReport } from './download/download.ts';
