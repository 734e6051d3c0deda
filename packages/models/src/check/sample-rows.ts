import type { DecodedModel } from '../tree/decode.ts';

/** Share of values that are missing. */
const MISSING = 0.05;

/**
 * Made-up rows that reach far into a model: values of all magnitudes, missing ones, and, where its trees can be read, values exactly on
 * their thresholds and just beside them. The same rows each time.
 */
export function sampleRows({ input, trees }: DecodedModel, count: number): Float32Array {
  const random = generator(count);
  const thresholds = trees.kind === 'trees' ? trees.ensemble.threshold : new Float32Array(0);
  const rows = new Float32Array(count * input.columns);
  for (let k = 0; k < rows.length; k++) {
    const kind = random();
    if (kind < MISSING) rows[k] = NaN;
    else if (kind < 0.5 && thresholds.length > 0) rows[k] = beside(thresholds[Math.floor(random() * thresholds.length)], random());
    else rows[k] = (random() - 0.5) * 2 * 10 ** Math.floor(random() * 6 - 3);
  }
  return rows;
}

/** The float itself, or the next one above or below it. */
function beside(value: number, chance: number): number {
  if (chance < 0.5) return value;
  const step = Math.abs(value) * 2 ** -23 || 2 ** -126;
  return chance < 0.75 ? value + step : value - step;
}

/** Numbers in [0, 1): mulberry32, by Tommy Ettinger (public domain). */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
