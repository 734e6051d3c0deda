import { KNOWN_AT } from '../feature/event-log.ts';
import { BOTTOM, DIRECTION, KIND, OBJECT, STATE, TOP } from '../structure/structure-event.ts';
import { kindCode, stateCode } from '../structure/structure-writer.ts';
import type { Direction } from './score.ts';

/** Most zones of one direction that are remembered; a structure holds no more of its three kinds. */
const CAPACITY = 96;
/** Both order blocks of a break, and the gap of the same row, are looked through for equals. */
const NEWEST = 3;

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
/** The zones of a direction: how many there are, then their objects, tops and bottoms. */
const ZONES_UP = 7;
const COUNT = 0;
const OBJECTS = 1;
const TOPS: number = OBJECTS + CAPACITY;
const BOTTOMS: number = TOPS + CAPACITY;
const ZONES_DOWN: number = ZONES_UP + BOTTOMS + CAPACITY;
/** Words that a structure is followed in. */
export const FOLLOWED_WORDS: number = ZONES_DOWN + BOTTOMS + CAPACITY;

const SWING: number = kindCode('swing');
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
  const change = words[at + STATE];
  if (change !== CREATED) {
    if (!isTouch(change) && isZone(kind)) removeZone(state, words[at + DIRECTION], words[at + OBJECT]);
  } else if (isZone(kind)) addZone(state, words, at);
  else {
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
  const book = bookOf(direction);
  const end = book + TOPS + state[book + COUNT];
  let met = 0;
  for (let at = book + TOPS; at < end; at++) if (state[at] >= low && state[at + CAPACITY] <= high) met += 1;
  return met;
}

function bookOf(direction: number): number {
  return direction > 0 ? ZONES_UP : ZONES_DOWN;
}

function addSwing(state: Float64Array, direction: number, price: number): void {
  const last = direction > 0 ? HIGH : LOW;
  const before = direction > 0 ? HIGH_BEFORE : LOW_BEFORE;
  state[before] = state[last];
  state[last] = price;
}

function addZone(state: Float64Array, words: Float64Array, at: number): void {
  const book = bookOf(words[at + DIRECTION]);
  const top = words[at + TOP];
  const bottom = words[at + BOTTOM];
  const count = state[book + COUNT];
  if (count === CAPACITY) return;
  // Both kinds of order block may be the same candle: one zone.
  for (let k = Math.max(0, count - NEWEST); k < count; k++) {
    if (state[book + TOPS + k] === top && state[book + BOTTOMS + k] === bottom) return;
  }
  state[book + OBJECTS + count] = words[at + OBJECT];
  state[book + TOPS + count] = top;
  state[book + BOTTOMS + count] = bottom;
  state[book + COUNT] = count + 1;
}

/** The newest zone takes the place of the one that is gone. */
function removeZone(state: Float64Array, direction: number, object: number): void {
  const book = bookOf(direction);
  const newest = state[book + COUNT] - 1;
  for (let k = newest; k >= 0; k--) {
    if (state[book + OBJECTS + k] !== object) continue;
    state[book + OBJECTS + k] = state[book + OBJECTS + newest];
    state[book + TOPS + k] = state[book + TOPS + newest];
    state[book + BOTTOMS + k] = state[book + BOTTOMS + newest];
    state[book + COUNT] = newest;
    return;
  }
}
