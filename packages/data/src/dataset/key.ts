import { INTERVALS, isInterval, type Interval } from '@orrery/core';
import { join } from 'node:path';
import { InputError, shown } from '../input-error.ts';

/** What a dataset holds: traded candles, mark price candles, or funding rates. The names are the folders of Binance's public archive. */
export const KINDS = ['klines', 'markPriceKlines', 'fundingRate'] as const;
export type Kind = (typeof KINDS)[number];

/** One dataset of the store. Funding has no interval. */
export type DatasetKey =
  | { readonly symbol: string; readonly kind: 'klines' | 'markPriceKlines'; readonly interval: Interval }
  | { readonly symbol: string; readonly kind: 'fundingRate'; readonly interval: null };

/** Folder of the store under a data root. */
export const MARKET_FOLDER = 'binance-um';

/** Folder of one symbol: the unit of locking. */
export function symbolFolder(root: string, symbol: string): string {
  return join(root, MARKET_FOLDER, checkSymbol(symbol));
}

/** Folder of one dataset: `<root>/binance-um/<SYMBOL>/<kind>/<interval>`, for funding without the interval. */
export function datasetFolder(root: string, key: DatasetKey): string {
  const folder = join(symbolFolder(root, key.symbol), key.kind);
  return key.interval === null ? folder : join(folder, key.interval);
}

/** Name of a dataset in messages and on the command line: `BTCUSDT/5m`, `BTCUSDT/markPriceKlines/1h`, `BTCUSDT/fundingRate`. */
export function datasetName(key: DatasetKey): string {
  if (key.kind === 'klines') return `${key.symbol}/${key.interval}`;
  return key.interval === null ? `${key.symbol}/${key.kind}` : `${key.symbol}/${key.kind}/${key.interval}`;
}

/**
 * Reads what {@link datasetName} writes.
 * @throws InputError when the text names no dataset.
 */
export function parseDatasetName(text: string): DatasetKey {
  const [symbol = '', second = '', third, ...rest] = text.split('/');
  checkSymbol(symbol);
  if (rest.length === 0 && third === undefined) {
    if (second === 'fundingRate') return { symbol, kind: 'fundingRate', interval: null };
    if (isInterval(second)) return { symbol, kind: 'klines', interval: second };
  } else if (rest.length === 0 && third !== undefined && isInterval(third) && (second === 'klines' || second === 'markPriceKlines')) {
    return { symbol, kind: second, interval: third };
  }
  throw new InputError(
    `${shown(text)} names no dataset; write SYMBOL/INTERVAL such as BTCUSDT/5m, BTCUSDT/markPriceKlines/1h or BTCUSDT/fundingRate`,
  );
}

/**
 * Puts a key together from parts that were given one by one.
 * @throws InputError when the symbol cannot be a folder name, or candles come without an interval.
 */
export function datasetKey(symbol: string, kind: Kind, interval: Interval | null): DatasetKey {
  checkSymbol(symbol);
  if (kind === 'fundingRate') return { symbol, kind, interval: null };
  if (interval === null) throw new InputError(`${kind} of ${symbol} need an interval; give one of ${INTERVALS.join(', ')}`);
  return { symbol, kind, interval };
}

/**
 * A symbol is any Unicode name that is one plain folder name, e.g. `1000PEPEUSDT` or `币安人生USDT`.
 * @throws InputError for an empty name, a path, control characters or blanks at the ends.
 */
export function checkSymbol(symbol: string): string {
  const bad =
    symbol === '' || symbol.startsWith('.') || symbol.trim() !== symbol || symbol.length > 64 || /[\p{C}/\\:*?"<>|]/u.test(symbol);
  if (bad) throw new InputError(`symbol ${shown(symbol)} cannot be used; give the venue's name such as BTCUSDT`);
  return symbol;
}
