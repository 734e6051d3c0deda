import { feature, type FeatureArgument } from '../build.ts';
import { lengthParam, realParam, type ComposedDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';
import { logReturn } from './log-return.ts';
import { mul } from './mul.ts';
import { stddev } from './stddev.ts';

export const REALISED_VOLATILITY: ComposedDefinition = {
  type: 'composed',
  kind: 'realised_volatility',
  description: 'Standard deviation of the one-candle log returns, as a part of 1 per square root of `periods` candles.',
  source: 'Population standard deviation (division by `length`) times √periods. With 1 it is per candle; 525600 makes a year of minutes.',
  inputs: ['input'],
  params: [
    lengthParam('length', 30, 'Candles in the window.', 2),
    realParam('periods', 1, 1, 1e9, 'Candles in the period that the value is stated for.'),
  ],
  compose: ([input], [length, periods]) => {
    const perCandle = stddev(logReturn(input, 1), length);
    return periods === 1 ? perCandle : mul(perCandle, Math.sqrt(periods));
  },
};

/** Realised volatility of an input; defaults 30 candles, stated per candle. */
export function realisedVolatility(input: FeatureArgument, length?: number, periods?: number): FeatureSpec {
  return feature(REALISED_VOLATILITY, [input], [length, periods]);
}
