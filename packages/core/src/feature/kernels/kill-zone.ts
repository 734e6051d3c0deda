import { killZoneAt } from '../../structure/sessions.ts';
import { feature } from '../build.ts';
import { createKernel } from '../create-kernel.ts';
import type { KernelDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';

export const KILL_ZONE: KernelDefinition = {
  type: 'kernel',
  kind: 'kill_zone',
  description: 'Kill zone that the candle opens in: 1 Asian, 2 London open, 3 New York, 4 London close, 0 none.',
  source: 'STR-10: 00–04, 06–09, 11–14 and 14–16 UTC, all year round; the end is outside.',
  inputs: [],
  params: [],
  create: (_sources, _params, { closeTs, intervalMs }) =>
    createKernel(closeTs.length, 0, new Float64Array(0), (out, _state, from, to) => {
      for (let i = from; i < to; i++) out[i] = killZoneAt(closeTs[i] + 1 - intervalMs);
    }),
};

/** Number of the kill zone that a candle opens in, 0 for none. */
export function killZone(): FeatureSpec {
  return feature(KILL_ZONE, []);
}
