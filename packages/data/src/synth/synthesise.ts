import { INTERVAL_MS, type Interval } from '@orrery/core';
import { checkSymbol, type DatasetKey } from '../dataset/key.ts';
import type { Rows } from '../dataset/rows.ts';
import { isoTime } from '../dataset/time.ts';
import { InputError } from '../input-error.ts';
import { storeBatches, type StoreOptions, type Batch } from '../store/transaction.ts';
import { makeCandles, makeFunding } from './make-rows.ts';
import { profileOf } from './profiles.ts';

/** A made-up market to store. */
export interface SynthesiseOptions extends Omit<StoreOptions, 'synthetic' | 'replace'> {
  readonly symbols: readonly string[];
  readonly interval: Interval;
  /** Open time of the first candle, ms UTC, on a day's start. */
  readonly from: number;
  readonly days: number;
  /** Any integer. The same seed and options give the same bytes on every machine. */
  readonly seed: number;
}
export interface SynthesiseReport {
  readonly datasets: readonly { readonly key: DatasetKey; readonly rows: number; readonly changed: boolean }[];
}

/** Goes into manifests; a change of the model that changes a byte gets another number. */
const GENERATOR = 'orrery-synth/1';
const DAY = 86_400_000;
const MOST_ROWS = 50_000_000;

/**
 * Makes candles and funding of correlated symbols and stores them, marked as synthetic in their manifests. Prices depend on the
 * position of a symbol in the list, not on its name.
 * @throws InputError for options out of range, or when the store has other rows for a symbol.
 */
export async function synthesise(options: SynthesiseOptions): Promise<SynthesiseReport> {
  const { symbols, interval, from, days, seed } = options;
  check(options);
  const count = Math.floor((days * DAY) / INTERVAL_MS[interval]);
  const made = makeCandles({ profiles: symbols.map((_, s) => profileOf(s)), interval, from, count, seed, withTrades: true });
  const source = { name: `${GENERATOR} seed ${seed}`, sha256: null };
  const part = (rows: Rows): Batch['parts'] => [{ rows, source, place: (row) => `${GENERATOR} row ${row}` }];
  const batches = symbols.flatMap((symbol, s): Batch[] => {
    const candles: Batch = { key: { symbol, kind: 'klines', interval }, parts: part(made[s]) };
    const funding = makeFunding(made[s], s, seed);
    return funding.length === 0 ? [candles] : [candles, { key: { symbol, kind: 'fundingRate', interval: null }, parts: part(funding) }];
  });
  const { root, lockWaitMs, signal } = options;
  const staged = await storeBatches(symbols, batches, { root, lockWaitMs, signal, synthetic: { generator: GENERATOR, seed } });
  return { datasets: staged.map(({ key, manifest, staged: files }) => ({ key, rows: manifest.rows, changed: files.length > 0 })) };
}

function check({ symbols, interval, from, days, seed }: SynthesiseOptions): void {
  symbols.forEach(checkSymbol);
  if (symbols.length === 0) throw new InputError('no symbols given; name at least one, e.g. --symbols SYNBTCUSDT');
  if (new Set(symbols).size < symbols.length) throw new InputError('a symbol is given twice; name each once');
  if (!Number.isSafeInteger(seed)) throw new InputError(`seed ${seed} is no integer; give e.g. --seed 7`);
  if (!(from >= 0 && from % DAY === 0))
    throw new InputError(`from ${isoTime(from)} is not the start of a day (UTC); give e.g. --from 2025-01-01`);
  if (interval === '3d' || interval === '1w' || interval === '1s')
    throw new InputError(`interval ${interval} cannot be made up; give one from a minute to a day`);
  const rows = (days * DAY) / INTERVAL_MS[interval];
  if (!(days > 0 && Number.isInteger(days) && rows * symbols.length <= MOST_ROWS)) {
    throw new InputError(
      `days ${days} must be a whole number above 0 that gives at most ${MOST_ROWS} candles in all; give fewer days or a longer interval`,
    );
  }
}
