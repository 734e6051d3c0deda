import type { Kernel } from './kernel.ts';

/** A kernel whose column is as long as its source's; `loop` is its hot function with everything but the range bound to it. */
export function createKernel(
  capacity: number,
  warmup: number,
  state: Float64Array,
  loop: (out: Float64Array, state: Float64Array, from: number, to: number) => void,
): Kernel {
  const kernel: Kernel & { out: Float64Array } = {
    out: new Float64Array(capacity),
    warmup,
    state,
    advance: (from, to) => loop(kernel.out, state, from, to),
    relocate(out) {
      kernel.out = out;
    },
  };
  return kernel;
}
