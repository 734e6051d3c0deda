import type { Universe } from '@orrery/core';
import type { TimeRange } from '../dataset/time.ts';
import { InputError } from '../input-error.ts';
import type { TradedDays } from './traded-days.ts';

const DAY = 86_400_000;

/** Which symbols may be entered: the largest by what they traded. */
export interface UniverseChoice {
  /** How many a day. */
  readonly top: number;
  /** Days that are added up, all before the day in question. */
  readonly trailingDays: number;
}

/** @throws InputError for a number below 1 or no whole one */
export function checkUniverse({ top, trailingDays }: UniverseChoice): void {
  if (!Number.isSafeInteger(top) || top < 1) throw new InputError(`universe of the top ${top}: give a whole number from 1`);
  if (!Number.isSafeInteger(trailingDays) || trailingDays < 1)
    throw new InputError(`universe over ${trailingDays} trailing days: give a whole number from 1`);
}

/**
 * For each UTC day of a range the symbols with the largest quote volume over the trailing days that end before it, ties by name. Only
 * what was known when the day began counts: later candles change nothing. No member is a symbol without a full day of history, one that
 * traded nothing on the day before (with candles of several days: in the last one), and one that has been delisted.
 * @param symbols by instrument id
 * @param range the run's candles: first open time, and the instant after the last one's close, ms UTC
 */
export function buildUniverse(symbols: readonly TradedDays[], choice: UniverseChoice, range: TimeRange): Universe {
  checkUniverse(choice);
  const first = Math.floor(range.from / DAY);
  const days = Math.max(0, Math.floor((range.to - 1) / DAY) - first + 1);
  const member = new Uint8Array(days * symbols.length);
  for (let day = 0; day < days; day++) {
    const ranked = symbols
      .map((traded, id) => ({ id, symbol: traded.symbol, volume: trailingVolume(traded, first + day, choice.trailingDays) }))
      .filter(({ volume }) => volume > 0)
      .sort((a, b) => b.volume - a.volume || (a.symbol < b.symbol ? -1 : 1));
    for (const { id } of ranked.slice(0, choice.top)) member[day * symbols.length + id] = 1;
  }
  return { firstDay: first * DAY, days, instruments: symbols.length, member };
}

/** What the symbol traded over the days before, 0 where it may not be a member. Days without a candle count as nothing. */
function trailingVolume({ firstOpen, delisted, candleDays, volumes }: TradedDays, day: number, trailingDays: number): number {
  if (firstOpen > (day - 1) * DAY || delisted <= day * DAY) return 0;
  const sumOver = (length: number): number => {
    let sum = 0;
    for (let before = day - length; before < day; before++) sum += volumes.get(before) ?? 0;
    return sum;
  };
  return sumOver(candleDays) > 0 ? sumOver(trailingDays) : 0;
}
