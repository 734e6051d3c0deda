import type { Interval, VenueConfig } from '@orrery/core';
import { listDatasets } from '@orrery/data';
import { InputError } from '../input-error.ts';
import type { Flags, VerbContext } from '../verb.ts';
import { isUniverseFile, readUniverseFile } from './universe-file.ts';

const TOP = /^@top(\d{1,4})(?::(\d{1,4}))?$/;
const MAX_TOP = 1000;
const MAX_DAYS = 365;
const USUAL_DAYS = 30;

/**
 * The symbols meant: as listed, those of a universe file, or every one that the store has at the interval.
 * @throws InputError for a word that is no symbol
 */
export async function chosenSymbols(flags: Flags, interval: Interval, context: VerbContext): Promise<readonly string[]> {
  const symbols = flags.list('symbols');
  const word = symbols.find((text) => text.startsWith('@'));
  if (word === undefined) return symbols;
  if (isUniverseFile(word)) return readUniverseFile(word, await storedSymbols(word, symbols, interval, context), interval);
  if (word === '@all') return storedSymbols(word, symbols, interval, context);
  throw new InputError(`--symbols ${word}: takes symbols, @all for every one that is stored, or @FILE with one a line`);
}

/**
 * The same where a universe may be asked for: `@topN[:DAYS]` loads every stored symbol and says which may be entered.
 * @throws InputError for a word that does not stand alone, or a number out of bounds
 */
export async function chosenMarket(
  flags: Flags,
  interval: Interval,
  context: VerbContext,
): Promise<{ readonly symbols: readonly string[]; readonly universe: VenueConfig['universe'] }> {
  const listed = flags.list('symbols');
  const word = listed.find((text) => text.startsWith('@') && text !== '@all' && !isUniverseFile(text));
  if (word === undefined) return { symbols: await chosenSymbols(flags, interval, context), universe: null };
  const universe = topOf(word);
  return { symbols: await storedSymbols(word, listed, interval, context), universe };
}

function topOf(word: string): NonNullable<VenueConfig['universe']> {
  const [, count = '', days = String(USUAL_DAYS)] = TOP.exec(word) ?? [];
  const [top, trailingDays] = [Number(count), Number(days)];
  if (top >= 1 && top <= MAX_TOP && trailingDays >= 1 && trailingDays <= MAX_DAYS) return { top, trailingDays };
  throw new InputError(
    `--symbols ${word}: takes @all, @FILE or @topN:DAYS, N from 1 to ${MAX_TOP} symbols by quote volume over 1 to ${MAX_DAYS} days, e.g. @top20:30`,
  );
}

async function storedSymbols(
  word: string,
  listed: readonly string[],
  interval: Interval,
  context: VerbContext,
): Promise<readonly string[]> {
  if (listed.length > 1) throw new InputError(`--symbols ${listed.join(',')}: ${word} stands alone; leave out the others`);
  const datasets = await listDatasets(context.dataRoot);
  const stored = datasets.filter(({ key }) => key.kind === 'klines' && key.interval === interval).map(({ key }) => key.symbol);
  if (stored.length === 0)
    throw new InputError(`--symbols ${word}: ${context.dataRoot} holds no ${interval} candles; see orrery data list`);
  return stored;
}
