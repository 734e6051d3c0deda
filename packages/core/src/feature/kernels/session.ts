import { isInWindow, SESSIONS } from '../../structure/sessions.ts';
import { feature } from '../build.ts';
import { createKernel } from '../create-kernel.ts';
import type { KernelDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';

export const SESSION: KernelDefinition = {
  type: 'kernel',
  kind: 'session',
  description: '1 at a candle that opens within the session, else 0: 0 Sydney, 1 Tokyo, 2 London, 3 New York.',
  source: 'STR-10: 21–06, 00–09, 07–16 and 13–22 UTC, all year round; the end is outside.',
  inputs: [],
  params: [{ name: 'number', default: 2, min: 0, max: SESSIONS.length - 1, integer: true, description: 'Which session.' }],
  create: (_sources, [number], { closeTs, intervalMs }) =>
    createKernel(closeTs.length, 0, new Float64Array(0), (out, _state, from, to) => {
      const window = SESSIONS[number];
      for (let i = from; i < to; i++) out[i] = isInWindow(window, closeTs[i] + 1 - intervalMs) ? 1 : 0;
    }),
};

/** 1 where a candle opens within a session of SESSIONS, else 0; London by default. */
export function session(number?: number): FeatureSpec {
  return feature(SESSION, [], [number]);
}
