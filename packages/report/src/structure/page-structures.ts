import {
  type DrawnStructure,
  type Interval,
  INTERVAL_MS,
  isInterval,
  KILL_ZONES,
  SESSIONS,
  STRUCTURE_KINDS,
  STRUCTURE_STATES,
} from '@orrery/core';
import type { ChartCandles } from '../data/chart-candles.ts';
import { candleTape } from './candle-tape.ts';
import { type EncodedLayer, encodeObjects, touching } from './encode-structures.ts';
import { structureLayer } from './structure-layer.ts';
import type { StructureSpec } from './structure-specs.ts';

/** Structures of a page, with the words that their numbers stand for. */
export interface PageStructures {
  readonly kinds: readonly string[];
  readonly states: readonly string[];
  readonly sessions: readonly string[];
  readonly killZones: readonly { readonly name: string; readonly startHour: number; readonly hours: number }[];
  readonly layers: readonly EncodedLayer[];
}

/** Objects of all charts together: 100,000 take about 2.6 MB. */
const OBJECTS_IN_ALL = 100_000;
/** What a layer may have even then. */
const FEWEST_OBJECTS = 50;

/** Finds the structures of every chart whose candles are as the run had them; merged candles have none. */
export function pageStructures(charts: readonly ChartCandles[], specs: readonly StructureSpec[]): PageStructures | null {
  const found = charts.flatMap((chart, position) => layersOf(chart, position, specs));
  if (found.length === 0) return null;
  const totals = found.map(({ structures }) => structures.length);
  const most = Math.max(FEWEST_OBJECTS, shareOf(OBJECTS_IN_ALL, totals));
  return {
    kinds: STRUCTURE_KINDS,
    states: STRUCTURE_STATES,
    sessions: SESSIONS.map(({ name }) => name),
    killZones: KILL_ZONES,
    layers: found.map(({ candles, first, digits, structures, spec: { interval, text } }) => {
      const kept = structures.slice(Math.max(0, structures.length - most));
      const objects = encodeObjects(kept, { first, digits });
      return { candles, interval, intervalMs: INTERVAL_MS[interval], text, total: structures.length, objects };
    }),
  };
}

interface FoundLayer {
  readonly candles: number;
  readonly first: number;
  readonly digits: number;
  readonly spec: StructureSpec;
  readonly structures: readonly DrawnStructure[];
}

function layersOf({ source, first, encoded }: ChartCandles, candles: number, specs: readonly StructureSpec[]): readonly FoundLayer[] {
  if (first === null || !isInterval(source.interval)) return [];
  const base: Interval = source.interval;
  const tape = candleTape(source, base);
  return specs
    .filter(({ interval }) => INTERVAL_MS[interval] % INTERVAL_MS[base] === 0)
    .map((spec) => ({ candles, first, digits: encoded.digits, spec, structures: touching(structureLayer(tape, spec), first) }));
}

/** The largest number that each of these may have so that they keep within a sum; what small ones leave goes to the large ones. */
export function shareOf(sum: number, totals: readonly number[]): number {
  let left = sum;
  let share = Infinity;
  for (const [k, total] of totals.toSorted((a, b) => a - b).entries()) {
    const even = Math.floor(left / (totals.length - k));
    if (total > even) {
      share = even;
      break;
    }
    left -= total;
  }
  return share;
}
