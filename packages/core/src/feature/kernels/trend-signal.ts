import { createTrendKernel } from '../../signal/trend-kernel.ts';
import { feature } from '../build.ts';
import { lengthParam, realParam, type KernelDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';
import { atr } from './atr.ts';
import { COOLDOWN_PARAM } from './ict.ts';

export const TREND_SIGNAL: KernelDefinition = {
  type: 'kernel',
  kind: 'trend_signal',
  description: 'Candidate signals where a fast average crosses a slow one, as events; it has no column of numbers.',
  source: "This project's own definition, rule SIG-4 of the core: averages of the moves of the close, stop and target in ATRs.",
  findsObjects: true,
  inputs: [],
  params: [
    lengthParam('fast', 12, 'Candles of the fast average.'),
    lengthParam('slow', 48, 'Candles of the slow average; more than the fast one.'),
    realParam('stop', 2, 0.5, 4, 'ATRs from the entry to the stop.'),
    realParam('reward', 2, 1.5, 5, 'Times the risk from the entry to the target.'),
    COOLDOWN_PARAM,
  ],
  check: ([fast, slow]) => (fast < slow ? null : `fast must be below slow, got ${fast} and ${slow}`),
  parts: () => [atr(14), atr(100)],
  create: ([range, longRange], [fast, slow, stop, reward, cooldown], tape) =>
    createTrendKernel({ tape, atr: range, longAtr: longRange }, { fast, slow, stop, reward, cooldown }),
};

/** Candidate signals of crossing averages; defaults 12 and 48 candles, a stop of 2 ATRs, a target of 2 risks, a cooldown of 12 candles. */
export function trendSignal(fast?: number, slow?: number, stop?: number, reward?: number, cooldown?: number): FeatureSpec {
  return feature(TREND_SIGNAL, [], [fast, slow, stop, reward, cooldown]);
}
