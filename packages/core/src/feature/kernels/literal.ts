import { createKernel } from '../create-kernel.ts';
import { LITERAL_KIND } from '../build.ts';
import type { KernelDefinition } from '../definition.ts';

/** A number written as an input of arithmetic; it has no text but its digits. */
export const LITERAL: KernelDefinition = {
  type: 'kernel',
  kind: LITERAL_KIND,
  description: 'A number.',
  source: 'The number as written.',
  inputs: [],
  params: [{ name: 'value', default: 0, min: -Number.MAX_VALUE, max: Number.MAX_VALUE, integer: false, description: 'The number.' }],
  create: (_sources, [value], tape) =>
    createKernel(tape.close.length, 0, new Float64Array(0), (out, _state, from, to) => {
      out.fill(value, from, to);
    }),
};
