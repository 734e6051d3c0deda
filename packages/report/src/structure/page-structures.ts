import { type Interval, INTERVAL_MS, isInterval, KILL_ZONES, SESSIONS, STRUCTURE_KINDS, STRUCTURE_STATES } from '@orrery/core';
import type { ChartCandles } from '../data/chart-candles.ts';
import { candleTape } from './candle-tape.ts';
import { type EncodedLayer, encodeObjects } from './encode-structures.ts';
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

/** Objects of all charts together: 60,000 take about 2 MB. */
const OBJECTS_IN_ALL = 60_000;
/** What a chart may have even then. */
const FEWEST_OBJECTS = 100;

/** Finds the structures of every chart whose candles are as the run had them; merged candles have none. */
export function pageStructures(charts: readonly ChartCandles[], specs: readonly StructureSpec[]): PageStructures | null {
  const layerCount = specs.length * charts.filter(({ first }) => first !== null).length;
  if (layerCount === 0) return null;
  const most = Math.max(FEWEST_OBJECTS, Math.floor(OBJECTS_IN_ALL / layerCount));
  return {
    kinds: STRUCTURE_KINDS,
    states: STRUCTURE_STATES,
    sessions: SESSIONS.map(({ name }) => name),
    killZones: KILL_ZONES,
    layers: charts.flatMap((chart, position) => layersOf(chart, position, specs, most)),
  };
}

function layersOf(
  { source, first, encoded }: ChartCandles,
  candles: number,
  specs: readonly StructureSpec[],
  most: number,
): EncodedLayer[] {
  if (first === null || !isInterval(source.interval)) return [];
  const base: Interval = source.interval;
  const tape = candleTape(source, base);
  return specs
    .filter(({ interval }) => INTERVAL_MS[interval] % INTERVAL_MS[base] === 0)
    .map((spec) => ({
      candles,
      interval: spec.interval,
      intervalMs: INTERVAL_MS[spec.interval],
      text: spec.text,
      ...encodeObjects(structureLayer(tape, spec), { first, digits: encoded.digits, most }),
    }));
}
