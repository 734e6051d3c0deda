import {
  INTERVAL_MS,
  type DatasetSymbol,
  type FundingSeries,
  type InstrumentId,
  type Interval,
  type SymbolFilters,
  type Tape,
} from '@orrery/core';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MARKET_FOLDER, checkSymbol, datasetKey, datasetName, type DatasetKey } from '../dataset/key.ts';
import { CLOSE, createRows, FUNDING, HIGH, LOW, OPEN, VOLUME, type Rows } from '../dataset/rows.ts';
import { isoTime } from '../dataset/time.ts';
import { InputError } from '../input-error.ts';
import { inParallel, listFolder, recoverCommits } from '../store/commit.ts';
import { isLocked } from '../store/lock.ts';
import { MANIFEST_FILE, readManifest, type Manifest } from '../store/manifest.ts';
import { chooseFilters } from './choose-filters.ts';
import { readFilterSnapshot, type FilterSnapshot } from './filter-snapshot.ts';
import { createFundingSeries, type StoredFunding } from './funding-series.ts';
import { nearNames } from './near-names.ts';
import { readRange } from './read-range.ts';
import { fundingWarnings, gapsWithin, gapsWithinWarning } from './range-warnings.ts';

/** Which market to load. */
export interface LoadOptions {
  readonly root: string;
  /** Order gives the instrument ids: the first symbol is instrument 0. */
  readonly symbols: readonly string[];
  readonly interval: Interval;
  /** Candles that open at or after `from` and before `to`, ms UTC. Default: all that is stored. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** Filters to use instead of the snapshot's, by symbol, as they are. */
  readonly filters?: readonly SymbolFilters[] | undefined;
}
/** What a run reads: a market in memory. Arrays are indexed by instrument, in the order of `symbols`. */
export interface Market {
  readonly tapes: readonly Tape[];
  readonly funding: readonly FundingSeries[];
  readonly filters: readonly SymbolFilters[];
  readonly datasetSymbols: readonly DatasetSymbol[];
  /** True when any of the candles were made by `synthesise`. */
  readonly synthetic: boolean;
  /** SHA-256 over symbol names and the bytes of every column that was read. */
  readonly digest: string;
  readonly warnings: readonly string[];
}

interface LoadedSymbol {
  readonly tape: Tape;
  readonly funding: StoredFunding;
  readonly filters: SymbolFilters;
  readonly dataset: DatasetSymbol;
  readonly synthetic: boolean;
  readonly warnings: readonly string[];
  readonly fundingWarnings: readonly string[];
}

const PARALLEL = 8;
const SETTLE_TRIES = 20;
const SETTLE_MS = 100;

/**
 * Loads candles, funding and filters for a backtest. Every file is compared with its hash first.
 * @throws InputError for a symbol that the store lacks, a range without rows, or a damaged store.
 */
export async function loadMarket(options: LoadOptions): Promise<Market> {
  const { root, symbols, from, to } = options;
  if (symbols.length === 0) throw new InputError('no symbols given; name at least one, e.g. --symbols BTCUSDT');
  const twice = symbols.find((symbol, s) => symbols.indexOf(symbol) !== s);
  if (twice !== undefined) throw new InputError(`symbol ${twice} is given twice; name each once`);
  if (from !== undefined && to !== undefined && from > to)
    throw new InputError(`from ${isoTime(from)} lies after to ${isoTime(to)}; swap them`);
  await recoverCommits(root);
  const snapshot = await readFilterSnapshot();
  const loaded: LoadedSymbol[] = Array.from({ length: symbols.length });
  const indices = symbols.map((_, s) => s);
  await inParallel(indices, async (s) => void (loaded[s] = await loadSettled(options, symbols[s], s as InstrumentId, snapshot)), PARALLEL);
  const digest = createHash('sha256');
  for (const { dataset } of loaded) digest.update(`${dataset.symbol}\n${dataset.digest}\n`);
  return {
    tapes: loaded.map(({ tape }) => tape),
    funding: loaded.map(({ funding }) => funding),
    filters: loaded.map(({ filters }) => filters),
    datasetSymbols: loaded.map(({ dataset }) => dataset),
    synthetic: loaded.some(({ synthetic }) => synthetic),
    digest: digest.digest('hex'),
    warnings: [...loaded.flatMap(({ warnings }) => warnings), ...fundingWarnings(loaded)],
  };
}

/** While another process is moving new files into place, manifest and files may not fit for a moment: then it is tried again. */
async function loadSettled(...[options, symbol, instrument, snapshot]: Parameters<typeof loadSymbol>): Promise<LoadedSymbol> {
  for (let tried = 0; ; tried++) {
    try {
      return await loadSymbol(options, symbol, instrument, snapshot);
    } catch (cause) {
      if (tried >= SETTLE_TRIES || !(cause instanceof InputError) || !(await isLocked(options.root, symbol))) throw cause;
      await sleep(SETTLE_MS);
    }
  }
}

async function loadSymbol(options: LoadOptions, symbol: string, instrument: InstrumentId, snapshot: FilterSnapshot): Promise<LoadedSymbol> {
  const { root, interval, from = -Infinity, to = Infinity } = options;
  const key = datasetKey(symbol, 'klines', interval);
  const manifest = await readManifest(root, key);
  if (manifest === null) throw await unknownSymbol(root, symbol, interval);
  const { rows, priceDecimals, volumeDecimals } = await readRange(root, key, manifest, from, to);
  if (rows.length === 0) {
    const end = isoTime(manifest.last + INTERVAL_MS[interval]);
    throw new InputError(`${datasetName(key)}: no candles in the range; the store has ${isoTime(manifest.first)} to ${end}`);
  }
  const tape = createTapeOf(instrument, INTERVAL_MS[interval], rows);
  const [start, end] = [rows.time[0], tape.closeTs[tape.length - 1]];
  const fundingRows = await readFunding(root, symbol, start, end + 1);
  const funding = createFundingSeries(symbol, fundingRows.rows);
  const given = options.filters?.find((filters) => filters.symbol === symbol);
  const seen = { price: priceDecimals, volume: volumeDecimals };
  const isSynthetic = manifest.synthetic !== null;
  const chosen = given === undefined ? chooseFilters(symbol, snapshot, tape, seen, isSynthetic) : { filters: given, warnings: [] };
  const gaps = gapsWithin(manifest.gaps, start, end);
  return {
    tape,
    funding,
    filters: chosen.filters,
    dataset: {
      symbol,
      interval,
      rows: tape.length,
      first: start,
      last: end,
      gaps: gaps.length,
      fundingRows: funding.times.length,
      source: describeSources(manifest),
      digest: digestOf(tape, funding),
    },
    synthetic: isSynthetic,
    warnings: [...gapsWithinWarning(datasetName(key), gaps), ...chosen.warnings],
    fundingWarnings: fundingRows.warnings(start, end),
  };
}

/** Columns without a copy: the rows were made for this tape alone. */
function createTapeOf(instrument: InstrumentId, intervalMs: number, rows: Rows): Tape {
  const closeTs = rows.time.map((time) => time + intervalMs - 1);
  const [open, high, low, close, volume] = [OPEN, HIGH, LOW, CLOSE, VOLUME].map((c) => rows.columns[c]);
  return { instrument, intervalMs, length: rows.length, closeTs, open, high, low, close, volume };
}

async function readFunding(
  root: string,
  symbol: string,
  from: number,
  to: number,
): Promise<{ readonly rows: Rows; readonly warnings: (start: number, end: number) => string[] }> {
  const key: DatasetKey = { symbol, kind: 'fundingRate', interval: null };
  const manifest = await readManifest(root, key);
  if (manifest === null) return { rows: createRows(FUNDING, 0), warnings: () => [] };
  // The jitter can put a stamp just before the instant that it means.
  const { rows } = await readRange(root, key, manifest, from - 30_000, to - 30_000);
  return { rows, warnings: (start, end) => gapsWithinWarning(datasetName(key), gapsWithin(manifest.gaps, start, end)) };
}

/** SHA-256 of everything that a run reads of one symbol. */
function digestOf(tape: Tape, funding: StoredFunding): string {
  const hash = createHash('sha256');
  const columns = [
    tape.closeTs,
    tape.open,
    tape.high,
    tape.low,
    tape.close,
    tape.volume,
    funding.times,
    funding.ratesE8,
    funding.intervalHours,
  ];
  for (const column of columns) hash.update(`${column.length};`).update(column);
  return hash.digest('hex');
}

function describeSources(manifest: Manifest): string {
  if (manifest.synthetic !== null) return `synthetic, ${manifest.synthetic.generator}, seed ${manifest.synthetic.seed}`;
  const names = [...new Set(manifest.files.flatMap((file) => file.sources.map(({ name }) => name)))];
  return names.length <= 1 ? (names[0] ?? 'unknown') : `${names[0]} and ${names.length - 1} more`;
}

async function unknownSymbol(root: string, symbol: string, interval: Interval): Promise<InputError> {
  const folder = join(root, MARKET_FOLDER);
  const names = (await listFolder(folder)).filter((name) => !name.startsWith('.'));
  const klines = join(folder, checkSymbol(symbol), 'klines');
  // A folder without its manifest is an import that did not end.
  const intervals = (await listFolder(klines)).filter((name) => existsSync(join(klines, name, MANIFEST_FILE)));
  const near = nearNames(symbol, names, 5);
  const have =
    intervals.length > 0
      ? `it has ${intervals.join(', ')}`
      : near.length > 0
        ? `near names: ${near.join(', ')}`
        : names.length > 0
          ? `it has ${names.length} other symbols`
          : 'it is empty';
  return new InputError(
    `${symbol}/${interval}: not in the store ${root} (${have}); import it with: orrery data import FILES --data ${root}, or orrery data download --symbols ${symbol} --interval ${interval}`,
  );
}
