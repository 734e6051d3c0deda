import { KNOWN_AT } from '../feature/event-log.ts';
import { BOTTOM, DIRECTION, KIND, OBJECT, STATE, TOP } from '../structure/structure-event.ts';
import { kindCode, stateCode } from '../structure/structure-writer.ts';
import type { Direction } from './score.ts';

/** Most zones of one structure that are remembered; of more, the oldest are let go. */
const CAPACITY = 128;
/** Words of a remembered zone. */
const ZONE_OBJECT = 0;
const ZONE_DIRECTION = 1;
const ZONE_TOP = 2;
const ZONE_BOTTOM = 3;
const ZONE_WORDS = 4;

/** Sign of the last break; 0 before the first. */
export const BIAS = 0;
/** Row of the last break upwards, downwards; −Infinity before the first. */
const BREAK_UP = 1;
const BREAK_DOWN = 2;
/** The last two confirmed swing highs and lows; NaN until there are any. */
export const HIGH = 3;
export const HIGH_BEFORE = 4;
export const LOW = 5;
export const LOW_BEFORE = 6;
const ZONES = 7;
const FIRST_ZONE = 8;
/** Words that a structure is followed in. */
export const FOLLOWED_WORDS: number = FIRST_ZONE + CAPACITY * ZONE_WORDS;

const SWING = kindCode('swing');
export const BREAK: number = kindCode('break_of_structure');
export const CHANGE: number = kindCode('change_of_character');
const ORDER_BLOCK = kindCode('order_block');
const EXTREME_ORDER_BLOCK = kindCode('extreme_order_block');
export const FAIR_VALUE_GAP: number = kindCode('fair_value_gap');
export const SWEEP: number = kindCode('sweep');
export const CREATED: number = stateCode('created');
const TOUCHED = stateCode('touched');
const MITIGATED = stateCode('mitigated');

/** Whether a state says that the price has come to a zone, which is still there. */
export function isTouch(state: number): boolean {
  return state === TOUCHED || state === MITIGATED;
}

export function isZone(kind: number): boolean {
  return kind === FAIR_VALUE_GAP || kind === ORDER_BLOCK || kind === EXTREME_ORDER_BLOCK;
}

/** What one interval's structure says by now: its bias, its last swings and breaks, and the zones that are still there. */
export function resetFollowed(state: Float64Array): void {
  state.fill(0);
  state.fill(-Infinity, BREAK_UP, BREAK_DOWN + 1);
  state.fill(NaN, HIGH, LOW_BEFORE + 1);
}

/** Takes in the event whose words begin at `at`. */
export function followEvent(state: Float64Array, words: Float64Array, at: number): void {
  const kind = words[at + KIND];
  const isCreated = words[at + STATE] === CREATED;
  if (isZone(kind)) {
    if (isCreated) addZone(state, words, at);
    else if (!isTouch(words[at + STATE])) removeZone(state, words[at + OBJECT]);
  } else if (isCreated) {
    if (kind === SWING) addSwing(state, words[at + DIRECTION], words[at + TOP]);
    else if (kind === BREAK || kind === CHANGE) {
      state[BIAS] = words[at + DIRECTION];
      state[words[at + DIRECTION] > 0 ? BREAK_UP : BREAK_DOWN] = words[at + KNOWN_AT];
    }
  }
}

/** Row of the last break in the direction; −Infinity before the first. */
export function lastBreak(state: Float64Array, direction: Direction): number {
  return state[direction > 0 ? BREAK_UP : BREAK_DOWN];
}

/** How many zones of the direction the range of prices meets; edges count. */
export function zonesMet(state: Float64Array, direction: Direction, low: number, high: number): number {
  let met = 0;
  const end = FIRST_ZONE + state[ZONES] * ZONE_WORDS;
  for (let at = FIRST_ZONE; at < end; at += ZONE_WORDS) {
    if (state[at + ZONE_DIRECTION] === direction && state[at + ZONE_BOTTOM] <= high && state[at + ZONE_TOP] >= low) met += 1;
  }
  return met;
}

function addSwing(state: Float64Array, direction: number, price: number): void {
  const last = direction > 0 ? HIGH : LOW;
  const before = direction > 0 ? HIGH_BEFORE : LOW_BEFORE;
  state[before] = state[last];
  state[last] = price;
}

function addZone(state: Float64Array, words: Float64Array, at: number): void {
  const direction = words[at + DIRECTION];
  const top = words[at + TOP];
  const bottom = words[at + BOTTOM];
  let end = FIRST_ZONE + state[ZONES] * ZONE_WORDS;
  for (let k = FIRST_ZONE; k < end; k += ZONE_WORDS) {
    // Both kinds of order block may be the same candle: one zone.
    if (state[k + ZONE_TOP] === top && state[k + ZONE_BOTTOM] === bottom && state[k + ZONE_DIRECTION] === direction) return;
  }
  if (state[ZONES] === CAPACITY) {
    state.copyWithin(FIRST_ZONE, FIRST_ZONE + ZONE_WORDS, end);
    end -= ZONE_WORDS;
  } else state[ZONES] += 1;
  state[end + ZONE_OBJECT] = words[at + OBJECT];
  state[end + ZONE_DIRECTION] = direction;
  state[end + ZONE_TOP] = top;
  state[end + ZONE_BOTTOM] = bottom;
}

function removeZone(state: Float64Array, object: number): void {
  const end = FIRST_ZONE + state[ZONES] * ZONE_WORDS;
  for (let at = FIRST_ZONE; at < end; at += ZONE_WORDS) {
    if (state[at + ZONE_OBJECT] !== object) continue;
    state.copyWithin(at, at + ZONE_WORDS, end);
    state[ZONES] -= 1;
    return;
  }
}
