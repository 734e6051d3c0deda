import { isInterval, type Interval } from '@orrery/core';
import { basename, dirname } from 'node:path';
import { checkSymbol, datasetKey, KINDS, type DatasetKey, type Kind } from '../dataset/key.ts';
import { InputError } from '../input-error.ts';
import { layoutOf, type SourceLayout } from './source-layout.ts';

/** What a file may hold: rows of a dataset, or trades, which become 1s candles. */
export type FileKind = Kind | 'aggTrades';
export const FILE_KINDS: readonly FileKind[] = [...KINDS, 'aggTrades'];

/** What the user said about the files; it overrules what their names say. */
export interface NameOverrides {
  readonly symbol?: string | undefined;
  readonly interval?: Interval | undefined;
  readonly kind?: FileKind | undefined;
}

const ENDINGS = /(?:\.csv)?(?:\.gz|\.zip)?$/i;
const FUNDING = /^fundingRate(?:$|[-_])/i;
const TRADES = /^aggTrades(?:$|[-_])/i;
const MARK = /^markPrice(?:Klines)?-/i;
/** Folder names of the archive: its mark price files are named like those of traded candles. */
const MARK_FOLDER = /(?:^|[/\\])markPriceKlines(?:[/\\]|$)/;

/**
 * Reads the dataset off a file name such as `BTCUSDT-5m-2025-01.zip`, `BTCUSDT-fundingRate-2026-01.csv.gz` or
 * `BTCUSDT-markPrice-1h_2019-12-23_2026-05-17.csv.gz`; mark price candles also by the archive's folder `markPriceKlines`. Trades
 * (`BTCUSDT-aggTrades-2026-01-31.zip`) belong to the symbol's 1s candles.
 * @throws InputError when the name does not tell and no override does.
 */
export function keyOfFile(path: string, overrides: NameOverrides = {}): DatasetKey {
  const name = plainName(path);
  const dash = name.indexOf('-');
  const rest = restOf(path);
  const symbol = overrides.symbol ?? (dash > 0 ? name.slice(0, dash) : undefined);
  const kind = overrides.kind ?? kindOf(rest, path);
  if (kind === 'aggTrades' && symbol !== undefined) return datasetKey(checkSymbol(symbol), 'klines', intervalOfTrades(path, overrides));
  const interval = overrides.interval ?? intervalOf(rest.replace(MARK, ''));
  if (symbol === undefined || (kind !== 'fundingRate' && interval === null)) {
    throw new InputError(
      `${path}: the name does not tell ${symbol === undefined ? 'symbol and interval' : 'the interval'}; name it like BTCUSDT-5m-2025-01.csv, or give --symbol, --interval and --kind`,
    );
  }
  return datasetKey(checkSymbol(symbol), kind === 'aggTrades' ? 'klines' : kind, kind === 'fundingRate' ? null : interval);
}

/** How a file is laid out, by its name or by what the user said. */
export function layoutOfFile(path: string, key: DatasetKey, overrides: NameOverrides = {}): SourceLayout {
  return (overrides.kind ?? kindOf(restOf(path), path)) === 'aggTrades' ? { kind: 'trades' } : layoutOf(key);
}

/** Trades are stored by the second, whatever is said. */
function intervalOfTrades(path: string, { interval }: NameOverrides): Interval {
  if (interval === undefined || interval === '1s') return '1s';
  throw new InputError(`${path}: trades become candles of 1s, not of ${interval}; leave out --interval`);
}

/** What follows the symbol in a name. */
function restOf(path: string): string {
  const name = plainName(path);
  const dash = name.indexOf('-');
  return dash < 0 ? '' : name.slice(dash + 1);
}

function plainName(path: string): string {
  return basename(path).replace(ENDINGS, '').normalize('NFC');
}

function kindOf(rest: string, path: string): FileKind {
  if (TRADES.test(rest)) return 'aggTrades';
  if (FUNDING.test(rest)) return 'fundingRate';
  return MARK.test(rest) || MARK_FOLDER.test(dirname(path)) ? 'markPriceKlines' : 'klines';
}

function intervalOf(rest: string): Interval | null {
  const text = /^[^-_]*/.exec(rest)?.[0] ?? '';
  return isInterval(text) ? text : null;
}
