import { type DrawnStructure, STRUCTURE_KINDS, STRUCTURE_STATES } from '@orrery/core';

/** What is drawn over the candles of one chart, on one interval's structure. */
export interface EncodedLayer {
  /** Position of the candles in the page's list. */
  readonly candles: number;
  /** Interval that the structure was found on, and how long its candles are in ms. */
  readonly interval: string;
  readonly intervalMs: number;
  /** Canonical text of the structure. */
  readonly text: string;
  /** Objects whose life touches the candles; older ones beyond a limit are left out of `objects`. */
  readonly total: number;
  /**
   * The objects as small whole numbers, in the order in which they became known. Each is:
   * direction · (kind + 1); origin as a difference to the object before; rows from origin to known; top as a difference to the object
   * before and height, both in units of the last digit; quality in percent (a session's number); the number of later states, and for
   * each of them its position in STRUCTURE_STATES and the rows since the state before it.
   */
  readonly objects: readonly number[];
}

/** Which candles the objects are drawn on. */
export interface LayerFrame {
  /** Row of the symbol's tape that is the chart's first candle. */
  readonly first: number;
  /** Decimals of the chart's prices. */
  readonly digits: number;
}

/** The objects whose life touches a row or what comes behind it. */
export function touching(structures: readonly DrawnStructure[], first: number): readonly DrawnStructure[] {
  return structures.filter((one) => one.endRow === null || one.endRow >= first);
}

/** Objects as numbers. Rows count from the chart's first candle, and may be negative. */
export function encodeObjects(structures: readonly DrawnStructure[], { first, digits }: LayerFrame): readonly number[] {
  const units = (price: number): number => Math.round(price * 10 ** digits);
  const objects: number[] = [];
  let originBefore = 0;
  let topBefore = 0;
  for (const { kind, direction, origin, top, bottom, quality, knownAt, states } of structures) {
    const at = origin - first;
    const edge = units(top);
    const later = states.slice(1);
    objects.push(direction * (STRUCTURE_KINDS.indexOf(kind) + 1), at - originBefore, knownAt - origin, edge - topBefore);
    objects.push(edge - units(bottom), kind === 'session' ? quality : Math.round(100 * quality), later.length);
    let rowBefore = knownAt;
    for (const { state, row } of later) {
      objects.push(STRUCTURE_STATES.indexOf(state), row - rowBefore);
      rowBefore = row;
    }
    originBefore = at;
    topBefore = edge;
  }
  return objects;
}
