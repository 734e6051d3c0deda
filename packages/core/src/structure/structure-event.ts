import { EventLog } from '../feature/event-log.ts';

/** What an object of market structure is; an event's KIND is the position in this list (append only). */
export const STRUCTURE_KINDS = [
  /** A pivot candle: direction 1 a high, −1 a low. */
  'swing',
  /** The first close beyond the last confirmed swing, in the direction of the bias or when there was none. */
  'break_of_structure',
  /** The same against the bias, which it turns. */
  'change_of_character',
  /** The last candle of the opposite colour before a break. */
  'order_block',
  /** The candle with the extreme against the break, between the broken swing and the break. */
  'extreme_order_block',
  /** Between the first candle and the third one, where the second left a gap. */
  'fair_value_gap',
  /** Equal highs (direction 1) or equal lows (−1): stops are believed to lie beyond. */
  'liquidity',
  /** A wick beyond a liquidity zone or swing, and a close back inside: direction 1 swept lows, −1 highs. */
  'sweep',
  /** High (direction 1) and low (−1) of the UTC day before. */
  'previous_day',
  /** High and low of the week before (Monday to Sunday, UTC). */
  'previous_week',
  /** High and low of a trading session that has ended; QUALITY is the session's number in SESSIONS. */
  'session',
] as const;
export type StructureKind = (typeof STRUCTURE_KINDS)[number];

/** What happened to an object; an event's STATE is the position in this list (append only). */
export const STRUCTURE_STATES = [
  'created',
  /** Price came back to its edge for the first time. */
  'touched',
  /** Price reached its middle: consequent encroachment of a gap, mitigation of an order block. */
  'mitigated',
  /** A gap was crossed whole by wicks. */
  'filled',
  /** A close went beyond the far edge, or through a level. */
  'broken',
  /** A wick went beyond a level and the close came back. */
  'swept',
  /** Too old. */
  'expired',
  /** A later object of the same kind took its place: a swing by the next of its side, a day by the next day. */
  'superseded',
] as const;
export type StructureState = (typeof STRUCTURE_STATES)[number];

/** Words of an event in the log of a structure, behind KNOWN_AT. */
export const KIND = 1;
export const STATE = 2;
/** Number of the object in its log, from 0 in order of creation over all kinds. */
export const OBJECT = 3;
/** 1 bullish or a high, −1 bearish or a low. An inverted market has the same events with the other sign. */
export const DIRECTION = 4;
/** Row (of the tape that the structure was found on) of the candle that the object is drawn from. */
export const ORIGIN = 5;
/** Prices; equal for a level. */
export const TOP = 6;
export const BOTTOM = 7;
/** In [0,1] at creation, 0 for kinds without a quality; the same in all later events of the object. */
export const QUALITY = 8;
export const STRUCTURE_STRIDE = 9;

export function createStructureLog(): EventLog {
  return new EventLog(STRUCTURE_STRIDE);
}
