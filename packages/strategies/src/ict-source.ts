import { ict, int, on, structure, type FeatureSpec, type IntParam, type SignalParamValues, type SignalSource } from '@orrery/core';

/** Parameters of the market structure that signals are found in, in candles of each interval. */
export type IctParams = {
  /** Candles on each side of a swing. */
  readonly swingLeft: IntParam;
  readonly swingRight: IntParam;
  /** Age at which zones and levels are given up. */
  readonly zoneExpiry: IntParam;
  /** Base candles between two signals of one direction. */
  readonly cooldown: IntParam;
};

export const ICT_PARAMS: IctParams = {
  swingLeft: int(3, { min: 1, max: 50 }),
  swingRight: int(3, { min: 1, max: 50 }),
  zoneExpiry: int(500, { min: 10, max: 5000 }),
  cooldown: int(12, { min: 0, max: 500 }),
};

type IctValues = { readonly [Name in keyof IctParams]: number } & Pick<SignalParamValues, 'middleTimeframe' | 'higherTimeframe'>;

/** Signals of market structure on the run's interval and two higher ones; the run's own stands in for one that is not given. */
export function ictSource(params: IctValues, weight = 1): SignalSource {
  const { swingLeft: left, swingRight: right, zoneExpiry: expiry, cooldown, middleTimeframe, higherTimeframe } = params;
  const base = structure(left, right, expiry);
  const above = (interval: typeof middleTimeframe, otherwise: FeatureSpec): FeatureSpec =>
    interval === 'none' ? otherwise : on(base, interval);
  const middle = above(middleTimeframe, base);
  return { name: 'ict', feature: ict(middle, above(higherTimeframe, middle), { left, right, expiry, cooldown }), weight };
}
