import { createKernel } from '../create-kernel.ts';
import type { Source } from '../definition.ts';
import type { Kernel } from '../kernel.ts';

/** `center` + `factor` · `spread`: one edge of a channel. */
export function createBand(center: Source, spread: Source, factor: number): Kernel {
  return createKernel(center.out.length, Math.max(center.warmup, spread.warmup), new Float64Array(0), (out, _state, from, to) => {
    advanceBand(center.out, spread.out, out, factor, from, to);
  });
}

function advanceBand(center: Float64Array, spread: Float64Array, out: Float64Array, factor: number, from: number, to: number): void {
  for (let i = from; i < to; i++) out[i] = center[i] + factor * spread[i];
}
