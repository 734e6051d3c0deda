import {
  INTERVAL_MS,
  type ColumnAllocator,
  type DatasetSymbol,
  type FineCandles,
  type FundingSeries,
  type InstrumentId,
  type Interval,
  type MarkPrices,
  type Tape,
} from '@orrery/core';
import { createHash, type Hash } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MARKET_FOLDER, checkSymbol, datasetKey, datasetName, type DatasetKey } from '../dataset/key.ts';
import { createRows, FUNDING, type Rows } from '../dataset/rows.ts';
import { isoTime } from '../dataset/time.ts';
import { InputError } from '../input-error.ts';
import { listFolder } from '../store/commit.ts';
import { isLocked } from '../store/lock.ts';
import { readManifest, type Manifest } from '../store/manifest.ts';
import type { SeenDecimals } from './choose-filters.ts';
import { createTapeOf } from './create-tape.ts';
import { findDelisting } from './find-delisting.ts';
import { createFundingSeries, type StoredFunding } from './funding-series.ts';
import { loadFine, type FineChoice } from './load-fine.ts';
import { loadMarks } from './load-marks.ts';
import { nearNames } from './near-names.ts';
import { fineWarning, gapsWithin, gapsWithinWarning, marksWarning } from './range-warnings.ts';
import { readRange } from './read-range.ts';
import { storedIntervals } from './stored-intervals.ts';
import { addTradedDays, candleDaysOf, type TradedDays } from './traded-days.ts';

/** What of one symbol to load. */
export interface SymbolRequest {
  readonly root: string;
  readonly symbol: string;
  readonly instrument: InstrumentId;
  readonly interval: Interval;
  readonly from: number;
  readonly to: number;
  readonly fine: FineChoice;
  /** Days before the range whose volume a ranking needs; null: there is none. */
  readonly rankedDays: number | null;
  /** Where the tape's columns are kept; null: on the heap. */
  readonly allocate: ColumnAllocator | null;
}
/** One symbol in memory. */
export interface LoadedSymbol {
  readonly symbol: string;
  readonly tape: Tape;
  readonly funding: FundingSeries;
  readonly marks: MarkPrices | null;
  readonly fine: FineCandles | null;
  /** ms UTC, or Infinity */
  readonly delisted: number;
  readonly seen: SeenDecimals;
  readonly traded: TradedDays | null;
  readonly dataset: DatasetSymbol;
  readonly synthetic: boolean;
  readonly warnings: readonly string[];
  readonly fundingWarnings: readonly string[];
}

const SETTLE_TRIES = 20;
const SETTLE_MS = 100;
const DAY = 86_400_000;

/**
 * Loads one symbol. While another process is moving new files into place, manifest and files may not fit for a moment: then it is tried again.
 * @throws InputError for a symbol that the store lacks, a range without rows, or damaged files
 */
export async function loadSymbol(request: SymbolRequest): Promise<LoadedSymbol> {
  for (let tried = 0; ; tried++) {
    try {
      return await loadOnce(request);
    } catch (cause) {
      if (tried >= SETTLE_TRIES || !(cause instanceof InputError) || !(await isLocked(request.root, request.symbol))) throw cause;
      await sleep(SETTLE_MS);
    }
  }
}

async function loadOnce(request: SymbolRequest): Promise<LoadedSymbol> {
  const { root, symbol, interval, from, to } = request;
  const key = { symbol: checkSymbol(symbol), kind: 'klines', interval } as const;
  const manifest = await readManifest(root, key);
  if (manifest === null) throw await unknownSymbol(root, symbol, interval);
  const { rows, priceDecimals, volumeDecimals } = await readRange(root, key, manifest, from, to);
  if (rows.length === 0) {
    const end = isoTime(manifest.last + INTERVAL_MS[interval]);
    throw new InputError(`${datasetName(key)}: no candles in the range; the store has ${isoTime(manifest.first)} to ${end}`);
  }
  const tape = createTapeOf(request.instrument, INTERVAL_MS[interval], rows, request.allocate);
  const [start, end] = [rows.time[0], tape.closeTs[tape.length - 1]];
  const delisted = await findDelisting(root, key, manifest, rows);
  const fundingRows = await readFunding(root, symbol, start, end + 1);
  const funding = untilDelisting(createFundingSeries(symbol, fundingRows.rows), delisted);
  const marks = await loadMarks(root, symbol, interval, tape);
  const fine = await loadFine(root, symbol, interval, request.fine, tape);
  const gaps = gapsWithin(manifest.gaps, start, end);
  const read = { tape, funding, marks: marks?.marks ?? null, fine: fine?.fine ?? null, delisted };
  return {
    ...read,
    symbol,
    seen: { price: priceDecimals, volume: volumeDecimals },
    traded: await countTraded(request, manifest, rows, delisted),
    dataset: {
      symbol,
      interval,
      rows: tape.length,
      first: start,
      last: end,
      gaps: gaps.length,
      fundingRows: funding.times.length,
      source: describeSources(manifest),
      digest: digestOf({ ...read, funding }),
    },
    synthetic: manifest.synthetic !== null,
    warnings: [
      ...gapsWithinWarning(datasetName(key), gaps),
      ...(marks === null ? [] : marksWarning(symbol, tape.length - marks.rows, tape.length)),
      ...fineWarning(symbol, request.fine, fine, tape.length),
    ],
    fundingWarnings: fundingRows.warnings(start, end),
  };
}

/** What of the symbol was traded each day, from the days before the range on; for the ranking alone. */
async function countTraded(request: SymbolRequest, manifest: Manifest, rows: Rows, delisted: number): Promise<TradedDays | null> {
  const { root, symbol, interval, rankedDays } = request;
  if (rankedDays === null) return null;
  const volumes = new Map<number, number>();
  const start = Math.floor(rows.time[0] / DAY) * DAY - rankedDays * DAY;
  // A candle counts for the day that it closes on, so the first may open earlier.
  const history = await readRange(root, datasetKey(symbol, 'klines', interval), manifest, start - INTERVAL_MS[interval], rows.time[0]);
  addTradedDays(volumes, history.rows, interval);
  addTradedDays(volumes, rows, interval);
  return { symbol, firstOpen: manifest.first, delisted, candleDays: candleDaysOf(interval), volumes };
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

/** Whatever was published for a dead symbol was charged to nobody. */
function untilDelisting({ times, ratesE8, intervalHours }: StoredFunding, delisted: number): StoredFunding {
  let length = times.length;
  while (length > 0 && times[length - 1] > delisted) length--;
  return { times: times.subarray(0, length), ratesE8: ratesE8.subarray(0, length), intervalHours: intervalHours.subarray(0, length) };
}

/** SHA-256 of everything that a run reads of one symbol. Mark prices, finer candles and a delisting count where there are any. */
function digestOf(read: Pick<LoadedSymbol, 'tape' | 'marks' | 'fine' | 'delisted'> & { readonly funding: StoredFunding }): string {
  const { tape, funding, marks, fine, delisted } = read;
  const hash = createHash('sha256');
  addColumns(hash, tapeColumns(tape));
  addColumns(hash, [funding.times, funding.ratesE8, funding.intervalHours]);
  if (marks !== null) addColumns(hash.update('marks;'), [marks.open, marks.high, marks.low, marks.close]);
  if (fine !== null) {
    addColumns(hash.update(`fine;${fine.tape.intervalMs};`), tapeColumns(fine.tape));
    if (fine.marks !== null) addColumns(hash.update('marks;'), [fine.marks.open, fine.marks.high, fine.marks.low, fine.marks.close]);
  }
  if (delisted !== Infinity) hash.update(`delisted;${delisted};`);
  return hash.digest('hex');
}

function tapeColumns({ closeTs, open, high, low, close, volume }: Tape): readonly Float64Array[] {
  return [closeTs, open, high, low, close, volume];
}

function addColumns(hash: Hash, columns: readonly Float64Array[]): void {
  for (const column of columns) hash.update(`${column.length};`).update(column);
}

function describeSources(manifest: Manifest): string {
  if (manifest.synthetic !== null) return `synthetic, ${manifest.synthetic.generator}, seed ${manifest.synthetic.seed}`;
  const names = [...new Set(manifest.files.flatMap((file) => file.sources.map(({ name }) => name)))];
  return names.length <= 1 ? (names[0] ?? 'unknown') : `${names[0]} and ${names.length - 1} more`;
}

async function unknownSymbol(root: string, symbol: string, interval: Interval): Promise<InputError> {
  const names = (await listFolder(join(root, MARKET_FOLDER))).filter((name) => !name.startsWith('.') && !name.endsWith('.json'));
  const intervals = await storedIntervals(root, symbol, 'klines');
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
