import { isInterval, type Interval } from '@orrery/core';
import { basename, dirname } from 'node:path';
import { checkSymbol, datasetKey, type DatasetKey, type Kind } from '../dataset/key.ts';
import { InputError } from '../input-error.ts';

/** What the user said about the files; it overrules what their names say. */
export interface NameOverrides {
  readonly symbol?: string | undefined;
  readonly interval?: Interval | undefined;
  readonly kind?: Kind | undefined;
}

const ENDINGS = /(?:\.csv)?(?:\.gz|\.zip)?$/i;
const FUNDING = /^fundingRate(?:$|[-_])/i;
const MARK = /^markPrice(?:Klines)?-/i;
/** Folder names of the archive: its mark price files are named like those of traded candles. */
const MARK_FOLDER = /(?:^|[/\\])markPriceKlines(?:[/\\]|$)/;

/**
 * Reads the dataset off a file name such as `BTCUSDT-5m-2025-01.zip`, `BTCUSDT-fundingRate-2026-01.csv.gz` or
 * `BTCUSDT-markPrice-1h_2019-12-23_2026-05-17.csv.gz`; mark price candles also by the archive's folder `markPriceKlines`.
 * @throws InputError when the name does not tell and no override does.
 */
export function keyOfFile(path: string, overrides: NameOverrides = {}): DatasetKey {
  const name = basename(path).replace(ENDINGS, '').normalize('NFC');
  const dash = name.indexOf('-');
  const rest = dash < 0 ? '' : name.slice(dash + 1);
  const symbol = overrides.symbol ?? (dash > 0 ? name.slice(0, dash) : undefined);
  const kind = overrides.kind ?? kindOf(rest, path);
  const interval = overrides.interval ?? intervalOf(rest.replace(MARK, ''));
  if (symbol === undefined || (kind !== 'fundingRate' && interval === null)) {
    throw new InputError(
      `${path}: the name does not tell ${symbol === undefined ? 'symbol and interval' : 'the interval'}; name it like BTCUSDT-5m-2025-01.csv, or give --symbol, --interval and --kind`,
    );
  }
  return datasetKey(checkSymbol(symbol), kind, kind === 'fundingRate' ? null : interval);
}

function kindOf(rest: string, path: string): Kind {
  if (FUNDING.test(rest)) return 'fundingRate';
  return MARK.test(rest) || MARK_FOLDER.test(dirname(path)) ? 'markPriceKlines' : 'klines';
}

function intervalOf(rest: string): Interval | null {
  const text = /^[^-_]*/.exec(rest)?.[0] ?? '';
  return isInterval(text) ? text : null;
}
