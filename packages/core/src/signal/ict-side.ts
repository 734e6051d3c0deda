import type { Source } from '../feature/definition.ts';
import { KNOWN_AT, type EventLog } from '../feature/event-log.ts';
import type { Tape } from '../market/tape.ts';
import { killZoneAt } from '../structure/sessions.ts';
import { BOTTOM, KIND, ORIGIN, QUALITY, STATE, TOP } from '../structure/structure-event.ts';
import { decay } from '../math/decay.ts';
import {
  BIAS,
  BREAK,
  CHANGE,
  CREATED,
  FAIR_VALUE_GAP,
  HIGH,
  HIGH_BEFORE,
  isTouch,
  isZone,
  lastBreak,
  LOW,
  LOW_BEFORE,
  SWEEP,
  zonesMet,
} from './followed-structure.ts';
import { levelRange, rewardOf, riskOf, writeLevels } from './levels.ts';
import { confluence, rewardQuality, volumeQuality, writeQuality } from './quality.ts';
import {
  BREAK_HALF_LIFE,
  marketStructure,
  momentum,
  MOMENTUM_CANDLES,
  pricePosition,
  share,
  trendAlignment,
  volatility,
  writeScore,
  type Direction,
} from './score.ts';
import { SIGNAL_REASON_BITS, SIGNAL_STRIDE, SIGNAL_VOLATILITY_RATIO } from './signal-event.ts';
import { isSound } from './signal-log.ts';
import { addTrigger, BITS, FRESHNESS, reasonBit, RISK, TRIGGER_WORDS, ZONE_QUALITY } from './trigger.ts';
import { addLevel, resetLevels, takeLevels, targetDistance } from './untaken-levels.ts';

/** Candles in which a zone loses half of its freshness. */
const ZONE_HALF_LIFE = 100;

const BLOCK_BIT = reasonBit('order_block');
const GAP_BIT = reasonBit('fair_value_gap');
const SWEEP_BIT = reasonBit('sweep');
const BREAK_BIT = reasonBit('break_of_structure');
const CHANGE_BIT = reasonBit('change_of_character');
const TREND_BIT = reasonBit('higher_timeframe_trend');
const DISCOUNT_BIT = reasonBit('discount');
const KILL_ZONE_BIT = reasonBit('kill_zone');

/** What the kernel reads, each of the same tape or aligned to it. */
export interface IctSources {
  /** Structures of the tape itself and of two higher intervals. */
  readonly base: EventLog;
  readonly middle: EventLog;
  readonly higher: EventLog;
  /** atr(14) and atr(100). */
  readonly atr: Source;
  readonly longAtr: Source;
}

/** One direction's triggers, targets and candidate. Every number is a difference of prices, so that the mirrored market has the same. */
export class IctSide {
  readonly direction: Direction;
  /** The candidate that {@link weigh} found. */
  readonly words: Float64Array = new Float64Array(SIGNAL_STRIDE);
  readonly #tape: Tape;
  readonly #sources: IctSources;
  /** Of the tape's own interval and the two higher ones. */
  readonly #followed: readonly Float64Array[];
  /** Where zones are looked for: a log that is given twice counts once. */
  readonly #zoned: readonly Float64Array[];
  readonly #levels: Float64Array;
  readonly #triggers = new Float64Array(TRIGGER_WORDS);
  /** Triggers of the row that are no zones. */
  #events = 0;

  /** @param levels memory of LEVELS_WORDS, kept between calls */
  constructor(direction: Direction, tape: Tape, sources: IctSources, followed: readonly Float64Array[], levels: Float64Array) {
    this.direction = direction;
    this.#tape = tape;
    this.#sources = sources;
    this.#followed = followed;
    const logs = [sources.base, sources.middle, sources.higher];
    this.#zoned = followed.filter((_, k) => logs.indexOf(logs[k]) === k);
    this.#levels = levels;
    resetLevels(levels);
  }

  reset(): void {
    resetLevels(this.#levels);
  }

  /** Lets go of the targets that the row went beyond. */
  pass(row: number): void {
    takeLevels(this.#levels, this.direction, this.#ahead(row));
  }

  /** Whether the row has a trigger. */
  get isTriggered(): boolean {
    return this.#triggers[BITS] !== 0;
  }

  /** Forgets the triggers of the row before. */
  begin(): void {
    this.#triggers[BITS] = 0;
    this.#events = 0;
  }

  /** Takes in an event of the direction that is known at the row: as a target, a trigger, or not at all. */
  gather(row: number, words: Float64Array, at: number): void {
    const kind = words[at + KIND];
    const isLong = this.direction > 0;
    const near = words[at + (isLong ? TOP : BOTTOM)];
    const far = words[at + (isLong ? BOTTOM : TOP)];
    if (isZone(kind)) {
      if (!isTouch(words[at + STATE])) return;
      const bit = kind === FAIR_VALUE_GAP ? GAP_BIT : BLOCK_BIT;
      this.#add(row, bit, far, words[at + QUALITY], decay(row - words[at + ORIGIN], ZONE_HALF_LIFE));
    } else if (words[at + STATE] !== CREATED) return;
    else if (kind === SWEEP) this.#addEvent(row, SWEEP_BIT, far, near);
    else if (kind === BREAK || kind === CHANGE) {
      const last = this.#followed[0][isLong ? LOW : HIGH];
      this.#addEvent(row, kind === BREAK ? BREAK_BIT : CHANGE_BIT, last, near);
      // Stops rest beyond a level, so its inner edge is the target: the far one as seen from here.
    } else if (this.direction * far >= this.direction * this.#ahead(row)) addLevel(this.#levels, this.direction, far);
  }

  /** Whether the row's triggers make a candidate; it is then in `words`. */
  weigh(row: number): boolean {
    const triggers = this.#triggers;
    if (!this.isTriggered || !(this.#sources.longAtr.out[row] > 0)) return false;
    const { words, direction } = this;
    const entry = this.#tape.close[row];
    const risk = triggers[RISK];
    const reward = rewardOf(targetDistance(this.#levels, direction, entry, risk), risk);
    words[KNOWN_AT] = row;
    writeLevels(words, direction, entry, risk, reward);
    this.#score(row);
    const agreeing = confluence(this.#met(row) + this.#events - 1);
    const volume = volumeQuality(this.#tape.volume, row);
    writeQuality(words, triggers[ZONE_QUALITY], triggers[FRESHNESS], agreeing, rewardQuality(reward, risk), volume);
    return isSound(words);
  }

  #score(row: number): void {
    const { words, direction } = this;
    const { close, closeTs, intervalMs } = this.#tape;
    const [base, middle, higher] = this.#followed;
    const atr = this.#sources.atr.out[row];
    const ratio = atr / this.#sources.longAtr.out[row];
    const trend = trendAlignment(direction, base[BIAS], middle[BIAS], higher[BIAS]);
    const freshness = decay(row - lastBreak(base, direction), BREAK_HALF_LIFE);
    const structure = marketStructure(direction, base[HIGH] - base[HIGH_BEFORE], base[LOW] - base[LOW_BEFORE], freshness);
    const range = Number.isFinite(middle[HIGH] - middle[LOW]) ? middle : base;
    const position = pricePosition(direction, close[row], range[LOW], range[HIGH]);
    const move = momentum(direction, close[row] - close[row - MOMENTUM_CANDLES], atr);
    writeScore(words, trend, structure, position, move, volatility(ratio));
    let bits = this.#triggers[BITS];
    if (higher[BIAS] === direction) bits |= TREND_BIT;
    if (position > 0.5) bits |= DISCOUNT_BIT;
    if (killZoneAt(closeTs[row] + 1 - intervalMs) > 0) bits |= KILL_ZONE_BIT;
    words[SIGNAL_REASON_BITS] = bits;
    words[SIGNAL_VOLATILITY_RATIO] = ratio;
  }

  /** Zones of the direction, of any of the intervals, that the row's candle meets. */
  #met(row: number): number {
    const { high, low } = this.#tape;
    let met = 0;
    for (let k = 0; k < this.#zoned.length; k++) met += zonesMet(this.#zoned[k], this.direction, low[row], high[row]);
    return met;
  }

  /** A sweep, or a break: as good as the close has come away from the level, in ATRs, and new. */
  #addEvent(row: number, bit: number, edge: number, level: number): void {
    const away = this.direction * (this.#tape.close[row] - level);
    if (this.#add(row, bit, edge, share(away / this.#sources.atr.out[row]), 1)) this.#events += 1;
  }

  #add(row: number, bit: number, edge: number, quality: number, freshness: number): boolean {
    const distance = this.direction * (this.#tape.close[row] - edge);
    const risk = riskOf(distance, levelRange(this.#sources.atr.out[row]));
    return addTrigger(this.#triggers, bit, risk, quality, freshness);
  }

  /** The candle's extreme on the side of the targets. */
  #ahead(row: number): number {
    return this.direction > 0 ? this.#tape.high[row] : this.#tape.low[row];
  }
}
