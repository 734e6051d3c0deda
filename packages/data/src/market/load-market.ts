import {
  type ColumnAllocator,
  type DatasetSymbol,
  type FineCandles,
  type FundingSeries,
  type InstrumentId,
  type Interval,
  type MarkPrices,
  type SymbolFilters,
  type TableReference,
  type Tape,
  type Universe,
} from '@orrery/core';
import { createHash } from 'node:crypto';
import { isoTime } from '../dataset/time.ts';
import { InputError } from '../input-error.ts';
import { inParallel, recoverCommits } from '../store/commit.ts';
import { buildUniverse, checkUniverse, type UniverseChoice } from './build-universe.ts';
import { checkFine, type FineChoice } from './load-fine.ts';
import { loadSymbol, type LoadedSymbol } from './load-symbol.ts';
import { fundingWarnings, universeWarning } from './range-warnings.ts';
import { shareTimes } from './share-times.ts';
import { chooseTables } from './venue-tables.ts';

/** Which market to load. */
export interface LoadOptions {
  readonly root: string;
  /** Order gives the instrument ids: the first symbol is instrument 0. */
  readonly symbols: readonly string[];
  readonly interval: Interval;
  /** Candles that open at or after `from` and before `to`, ms UTC. Default: all that is stored. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** Filters to use instead of the snapshot's, by symbol, as they are; brackets are filled in where they have none. */
  readonly filters?: readonly SymbolFilters[] | undefined;
  /** Finer candles to load beside the run's own: the finest stored ones, those of one interval, or none. Default none. */
  readonly fine?: FineChoice | undefined;
  /** Which symbols may be entered on which day. Candles before `from` are read for its first days. Default: every symbol on every day. */
  readonly universe?: UniverseChoice | null | undefined;
  /** Where the tapes' columns are kept: shared among threads, or mapped from a file. Default: on the heap. */
  readonly allocate?: ColumnAllocator | null | undefined;
}
/** What a run reads: a market in memory. Arrays are indexed by instrument, in the order of `symbols`. */
export interface Market {
  readonly tapes: readonly Tape[];
  readonly funding: readonly FundingSeries[];
  /** With the brackets of each symbol. */
  readonly filters: readonly SymbolFilters[];
  /** Mark prices row by row beside each tape; null where none is stored for its time. */
  readonly marks: readonly (MarkPrices | null)[];
  /** Finer candles of the time of each tape; null where there are none, or none were asked for. */
  readonly fine: readonly (FineCandles | null)[];
  /** When each symbol ended, ms UTC: the first of the flat candles without volume that go on to the end of the stored ones; else Infinity. */
  readonly delisted: readonly number[];
  /** Who may be entered on which day; null: everybody. */
  readonly universe: Universe | null;
  /** The venue's dated tables that filters and brackets are from; null where no symbol of the market is in one. */
  readonly filterTable: TableReference | null;
  readonly bracketTable: TableReference | null;
  /** Symbols that the bracket table lacks, which have the core's flat one. */
  readonly withoutBrackets: readonly string[];
  readonly datasetSymbols: readonly DatasetSymbol[];
  /** True when any of the candles were made by `synthesise`. */
  readonly synthetic: boolean;
  /** SHA-256 over symbol names and the bytes of every column that was read. */
  readonly digest: string;
  readonly warnings: readonly string[];
}

const PARALLEL = 8;

/**
 * Loads candles, mark prices, funding, filters and brackets for a backtest. Every file is compared with its hash first.
 * @throws InputError for a symbol that the store lacks, a range without rows, or a damaged store.
 */
export async function loadMarket(options: LoadOptions): Promise<Market> {
  checkOptions(options);
  const { root, symbols } = options;
  await recoverCommits(root);
  const loaded = shareTimes(await loadSymbols(options));
  const tables = await chooseTables(root, loaded, options.filters ?? []);
  const universe = createUniverse(options.universe ?? null, loaded);
  const digest = createHash('sha256');
  for (const { dataset } of loaded) digest.update(`${dataset.symbol}\n${dataset.digest}\n`);
  if (universe !== null) digest.update(`universe;${universe.firstDay};${universe.days};`).update(universe.member);
  const { filters, filterTable, bracketTable, withoutBrackets } = tables;
  return {
    tapes: loaded.map(({ tape }) => tape),
    funding: loaded.map(({ funding }) => funding),
    filters,
    marks: loaded.map(({ marks }) => marks),
    fine: loaded.map(({ fine }) => fine),
    delisted: loaded.map(({ delisted }) => delisted),
    universe,
    filterTable,
    bracketTable,
    withoutBrackets,
    datasetSymbols: loaded.map(({ dataset }) => dataset),
    synthetic: loaded.some(({ synthetic }) => synthetic),
    digest: digest.digest('hex'),
    warnings: [
      ...loaded.flatMap(({ warnings }) => warnings),
      ...tables.warnings,
      ...universeWarning(universe, symbols.length),
      ...fundingWarnings(loaded),
    ],
  };
}

function checkOptions({ symbols, interval, from, to, fine, universe }: LoadOptions): void {
  if (symbols.length === 0) throw new InputError('no symbols given; name at least one, e.g. --symbols BTCUSDT');
  const twice = symbols.find((symbol, s) => symbols.indexOf(symbol) !== s);
  if (twice !== undefined) throw new InputError(`symbol ${twice} is given twice; name each once`);
  if (from !== undefined && to !== undefined && from > to)
    throw new InputError(`from ${isoTime(from)} lies after to ${isoTime(to)}; swap them`);
  checkFine(fine ?? null, interval);
  if (universe !== undefined && universe !== null) checkUniverse(universe);
}

async function loadSymbols(options: LoadOptions): Promise<LoadedSymbol[]> {
  const { root, symbols, interval, from = -Infinity, to = Infinity, fine = null, universe, allocate = null } = options;
  const rankedDays = universe?.trailingDays ?? null;
  const loaded: LoadedSymbol[] = Array.from({ length: symbols.length });
  const load = async (s: number): Promise<void> => {
    loaded[s] = await loadSymbol({
      root,
      symbol: symbols[s],
      instrument: s as InstrumentId,
      interval,
      from,
      to,
      fine,
      rankedDays,
      allocate,
    });
  };
  await inParallel(
    symbols.map((_, s) => s),
    load,
    PARALLEL,
  );
  return loaded;
}

function createUniverse(choice: UniverseChoice | null, loaded: readonly LoadedSymbol[]): Universe | null {
  if (choice === null) return null;
  const traded = loaded.map((symbol) => symbol.traded).filter((one) => one !== null);
  const from = Math.min(...loaded.map(({ dataset }) => dataset.first));
  const to = Math.max(...loaded.map(({ dataset }) => dataset.last)) + 1;
  return buildUniverse(traded, choice, { from, to });
}
