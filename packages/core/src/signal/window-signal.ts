import type { Source } from '../feature/definition.ts';
import { KNOWN_AT } from '../feature/event-log.ts';
import type { Tape } from '../market/tape.ts';
import { killZoneAt } from '../structure/sessions.ts';
import { writeLevels } from './levels.ts';
import { confluence, rewardQuality, volumeQuality, writeQuality } from './quality.ts';
import { agreement, marketStructure, momentum, MOMENTUM_CANDLES, pricePosition, trendAlignment, volatility, writeScore } from './score.ts';
import type { Direction } from './score.ts';
import { SIGNAL_REASON_BITS, SIGNAL_VOLATILITY_RATIO } from './signal-event.ts';
import { isSound } from './signal-log.ts';
import { reasonBit } from './trigger.ts';

const DISCOUNT_BIT = reasonBit('discount');
const KILL_ZONE_BIT = reasonBit('kill_zone');

/** What sources read that know no structure. */
export interface WindowSources {
  readonly tape: Tape;
  /** atr(14) and atr(100). */
  readonly atr: Source;
  readonly longAtr: Source;
}

/** What such a source knows about its signal. */
export interface WindowSignal {
  readonly direction: Direction;
  /** Distances in price. */
  readonly risk: number;
  readonly reward: number;
  /** Candles of a window. */
  readonly length: number;
  /** In [0,1]. */
  readonly zone: number;
  readonly freshness: number;
  readonly bit: number;
}

/**
 * Writes the signal of a source without structure, scored by windows of candles (SIG-2, SIG-3): the moves over one, two and four windows
 * stand for the three intervals' bias, the extremes of the last window and the one before for the last swings, those of both for the
 * dealing range.
 * @returns whether it is a signal
 */
export function writeWindowSignal(words: Float64Array, { tape, atr, longAtr }: WindowSources, row: number, signal: WindowSignal): boolean {
  const { direction, risk, reward, length, freshness } = signal;
  if (!(risk > 0 && longAtr.out[row] > 0)) return false;
  const { close, high, low } = tape;
  const entry = close[row];
  const first = row - length + 1;
  const top = extreme(high, 1, first, row);
  const topBefore = extreme(high, 1, first - length, first - 1);
  const bottom = extreme(low, -1, first, row);
  const bottomBefore = extreme(low, -1, first - length, first - 1);
  const moves = [1, 2, 4].map((windows) => entry - close[row - windows * length]);
  const ratio = atr.out[row] / longAtr.out[row];
  const position = pricePosition(direction, entry, Math.min(bottom, bottomBefore), Math.max(top, topBefore));
  words[KNOWN_AT] = row;
  writeLevels(words, direction, entry, risk, reward);
  writeScore(
    words,
    trendAlignment(direction, moves[0], moves[1], moves[2]),
    marketStructure(direction, top - topBefore, bottom - bottomBefore, freshness),
    position,
    momentum(direction, entry - close[row - MOMENTUM_CANDLES], atr.out[row]),
    volatility(ratio),
  );
  const agreeing = moves.filter((move) => agreement(direction, move) === 1).length;
  writeQuality(words, signal.zone, freshness, confluence(agreeing), rewardQuality(reward, risk), volumeQuality(tape.volume, row));
  words[SIGNAL_REASON_BITS] =
    signal.bit | (position > 0.5 ? DISCOUNT_BIT : 0) | (killZoneAt(tape.closeTs[row] + 1 - tape.intervalMs) > 0 ? KILL_ZONE_BIT : 0);
  words[SIGNAL_VOLATILITY_RATIO] = ratio;
  return isSound(words);
}

/** The largest of the rows times the sign, as it is; rows before the first count for nothing. */
function extreme(values: Float64Array, sign: Direction, from: number, to: number): number {
  let best = NaN;
  for (let k = Math.max(0, from); k <= to; k++) if (!(sign * values[k] <= sign * best)) best = values[k];
  return best;
}
