import { INTERVAL_MS, type Interval } from '@orrery/core';
import { datasetKey, datasetName, type DatasetKey, type Kind } from '../dataset/key.ts';
import type { TimeRange } from '../dataset/time.ts';
import { isoTime } from '../dataset/time.ts';
import { gapWarning } from '../import/import-files.ts';
import { InputError } from '../input-error.ts';
import { inParallel } from '../store/commit.ts';
import { readManifest } from '../store/manifest.ts';
import { storeBatches } from '../store/transaction.ts';
import type { HttpOptions } from './http-client.ts';
import { fetchMonth, monthJobs, type MonthJob, type Sources } from './month-job.ts';
import { fetchServerTime } from './rest.ts';

/** What to download from the venue's public archive and REST API, and where to. */
export interface DownloadOptions extends TimeRange {
  readonly root: string;
  readonly symbols: readonly string[];
  /** Default: klines and fundingRate. */
  readonly kinds?: readonly Kind[] | undefined;
  readonly interval: Interval;
  /** Default https://data.binance.vision */
  readonly baseUrl?: string | undefined;
  /** Default https://fapi.binance.com */
  readonly restUrl?: string | undefined;
  /** Months fetched at a time. Default 4. */
  readonly concurrency?: number | undefined;
  /** Tries after the first. Default 5. */
  readonly retries?: number | undefined;
  /** Default 30,000. */
  readonly idleTimeoutMs?: number | undefined;
  /** First pause before a retry, ms. Default 500. */
  readonly backoffMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
}
export interface DownloadProgress {
  readonly doneBytes: number;
  /** Months done, of how many. */
  readonly files: number;
  readonly filesTotal: number;
  /** Rows that were fetched. */
  readonly rows: number;
}
export interface DownloadReport {
  readonly datasets: readonly { readonly key: DatasetKey; readonly rows: number; readonly added: number }[];
  readonly doneBytes: number;
  readonly warnings: readonly string[];
}

const LONGEST_FUNDING_MS = 8 * 3_600_000;
const DEFAULT_KINDS: readonly Kind[] = ['klines', 'fundingRate'];

/**
 * Downloads what the store lacks. Each month is stored as soon as it is complete, so a download that was cut off goes on where
 * it was; months that are whole are not asked for again.
 * @throws InputError when the options are wrong or there is nothing for a symbol; other errors when the network fails for good.
 */
export async function download(options: DownloadOptions): Promise<DownloadReport> {
  const { root, symbols, interval, from, to, concurrency = 4 } = options;
  check(options);
  const keys = symbols.flatMap((symbol) => (options.kinds ?? DEFAULT_KINDS).map((kind) => datasetKey(symbol, kind, interval)));
  const jobs = keys.flatMap((key) => monthJobs(key, { from, to }));
  const progress = { doneBytes: 0, files: 0, filesTotal: jobs.length, rows: 0 };
  const report = (): void => options.onProgress?.({ ...progress });
  const sources = createSources(options, (bytes) => {
    progress.doneBytes += bytes;
    report();
  });
  const added = new Map<string, number>();
  const turns = new Map<string, Promise<unknown>>();
  await inParallel(
    jobs,
    async (job) => {
      const rows = await runJob(job, sources, turns, added);
      progress.files++;
      progress.rows += rows;
      report();
    },
    concurrency,
  );
  return summarise(root, keys, { from, to }, added, progress.doneBytes);
}

/** Fetches a month, then stores it when the months of its symbol before it in line are stored. */
async function runJob(job: MonthJob, sources: Sources, turns: Map<string, Promise<unknown>>, added: Map<string, number>): Promise<number> {
  const { key } = job;
  const fetched = await fetchMonth(job, sources);
  const rows = fetched.parts.reduce((sum, part) => sum + part.rows.length, 0);
  if (rows === 0) return 0;
  const store = async (): Promise<void> => {
    const [dataset] = await storeBatches([key.symbol], [{ key, parts: fetched.parts }], {
      root: sources.root,
      signal: sources.http.signal,
    });
    added.set(datasetName(key), (added.get(datasetName(key)) ?? 0) + dataset.added);
    await fetched.settle();
  };
  const turn = (turns.get(key.symbol) ?? Promise.resolve()).then(store, store);
  turns.set(key.symbol, turn);
  await turn;
  return rows;
}

function createSources(options: DownloadOptions, onBytes: (bytes: number) => void): Sources {
  const restUrl = (options.restUrl ?? 'https://fapi.binance.com').replace(/\/+$/, '');
  const { retries = 5, idleTimeoutMs = 30_000, backoffMs = 500, signal } = options;
  const http: HttpOptions = { retries, idleTimeoutMs, backoffMs, signal, onBytes };
  let asked: Promise<number> | undefined;
  return {
    root: options.root,
    baseUrl: (options.baseUrl ?? 'https://data.binance.vision').replace(/\/+$/, ''),
    restUrl,
    http,
    now: Date.now(),
    serverTime: () => (asked ??= fetchServerTime(restUrl, http)),
  };
}

function check({ symbols, interval, from, to, concurrency = 4, retries = 5, baseUrl, restUrl }: DownloadOptions): void {
  if (symbols.length === 0) throw new InputError('no symbols given; name at least one, e.g. --symbols BTCUSDT');
  if (interval === '1s')
    throw new InputError('interval 1s: the venue has no such candles; import its aggTrades files instead, of which they are made');
  if (!(from < to)) throw new InputError(`from ${isoTime(from)} does not lie before to ${isoTime(to)}; swap them`);
  if (!(Number.isInteger(concurrency) && concurrency >= 1 && concurrency <= 64))
    throw new InputError(`concurrency ${concurrency} is not between 1 and 64`);
  if (!(Number.isInteger(retries) && retries >= 0)) throw new InputError(`retries ${retries} is no whole number from 0 on`);
  for (const url of [baseUrl, restUrl]) {
    if (url !== undefined && !/^https?:\/\//.test(url)) throw new InputError(`address ${url} must begin with http:// or https://`);
  }
}

async function summarise(
  root: string,
  keys: readonly DatasetKey[],
  range: TimeRange,
  added: Map<string, number>,
  doneBytes: number,
): Promise<DownloadReport> {
  const datasets: { key: DatasetKey; rows: number; added: number }[] = [];
  const warnings: string[] = [];
  for (const key of keys) {
    const manifest = await readManifest(root, key);
    if (manifest === null) {
      const what = `${datasetName(key)}: neither archive nor API has rows from ${isoTime(range.from)} to ${isoTime(range.to)}`;
      if (key.kind === 'klines') throw new InputError(`${what}; check symbol and times`);
      warnings.push(what);
      continue;
    }
    datasets.push({ key, rows: manifest.rows, added: added.get(datasetName(key)) ?? 0 });
    warnings.push(...gapWarning(key, manifest.gaps));
    if (manifest.first - range.from >= (key.interval === null ? LONGEST_FUNDING_MS : INTERVAL_MS[key.interval]))
      warnings.push(`${datasetName(key)}: begins at ${isoTime(manifest.first)}, later than asked`);
  }
  return { datasets, doneBytes, warnings };
}
