import { feature } from '../build.ts';
import { createKernel } from '../create-kernel.ts';
import { type KernelDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';
import { typicalPrice } from './typical-price.ts';

const DAY_MS = 86_400_000;
const DAY = 0;
const TURNOVER = 1;
const VOLUME = 2;

export const VWAP: KernelDefinition = {
  type: 'kernel',
  kind: 'vwap',
  description: 'Volume-weighted average price since 00:00 UTC, in price.',
  source:
    'Sum of typical price times volume over sum of volume, of the candles that opened on the same UTC day; the typical price while nothing was traded that day. A tape that begins within a day starts there.',
  inputs: [],
  params: [],
  parts: () => [typicalPrice(), 'volume'],
  create: ([price, volume], _params, tape) =>
    createKernel(price.out.length, price.warmup, Float64Array.of(NaN, 0, 0), (out, state, from, to) => {
      advanceVwap(price.out, volume.out, tape.closeTs, tape.intervalMs, out, state, from, to);
    }),
};

/** Volume-weighted average price of the UTC day. */
export function vwap(): FeatureSpec {
  return feature(VWAP, []);
}

function advanceVwap(
  price: Float64Array,
  volume: Float64Array,
  closeTs: Float64Array,
  intervalMs: number,
  out: Float64Array,
  state: Float64Array,
  from: number,
  to: number,
): void {
  let day = state[DAY];
  let turnover = state[TURNOVER];
  let traded = state[VOLUME];
  for (let i = from; i < to; i++) {
    const today = Math.floor((closeTs[i] + 1 - intervalMs) / DAY_MS);
    if (today !== day) {
      day = today;
      turnover = 0;
      traded = 0;
    }
    const product = price[i] * volume[i];
    if (!Number.isFinite(product)) {
      turnover = 0;
      traded = 0;
      out[i] = NaN;
      continue;
    }
    turnover += product;
    traded += volume[i];
    out[i] = traded === 0 ? price[i] : turnover / traded;
  }
  state[DAY] = day;
  state[TURNOVER] = turnover;
  state[VOLUME] = traded;
}
