import { INTERVAL_MS, type Interval } from '@orrery/core';
import { join } from 'node:path';
import { importFiles } from '../src/index.ts';
import { temporaryFolder, write } from './support.ts';

/** A day on which the shipped tables are near, so that nothing is said of their age. */
export const DECEMBER: number = Date.UTC(2025, 11, 1);

/** Prices and volumes of a candle that matter to a test. */
export interface Shape {
  readonly o?: number;
  readonly h?: number;
  readonly l?: number;
  readonly c?: number;
  readonly v?: number;
  /** Quote volume; 0 where it is not known. */
  readonly q?: number;
}

/** A candle in the archive's layout. */
export function line(interval: Interval, time: number, { o = 100, h = 102, l = 98, c = 101, v = 10, q = 0 }: Shape = {}): string {
  return `${time},${o},${h},${l},${c},${v},${time + INTERVAL_MS[interval] - 1},${q},0,0,0,0`;
}

/** A flat candle without volume, as the venue publishes them for dead symbols. */
export function flat(interval: Interval, time: number, price = 101): string {
  return line(interval, time, { o: price, h: price, l: price, c: price, v: 0 });
}

/** Lines from a start on, one a candle. */
export function lines(interval: Interval, from: number, count: number, shape: (k: number) => Shape = () => ({})): string[] {
  return Array.from({ length: count }, (_, k) => line(interval, from + k * INTERVAL_MS[interval], shape(k)));
}

/** A store with these files in it. */
export async function storeOf(files: Readonly<Record<string, readonly string[]>>): Promise<string> {
  const folder = temporaryFolder();
  const root = join(folder, 'data');
  await importFiles({ root, files: Object.entries(files).map(([name, content]) => write(folder, name, content)) });
  return root;
}
