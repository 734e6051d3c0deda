import { createReversionKernel } from '../../signal/reversion-kernel.ts';
import { feature } from '../build.ts';
import { lengthParam, realParam, type KernelDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';
import { atr } from './atr.ts';
import { COOLDOWN_PARAM } from './ict.ts';
import { zscore } from './zscore.ts';

export const REVERSION_SIGNAL: KernelDefinition = {
  type: 'kernel',
  kind: 'reversion_signal',
  description: 'Candidate signals where the close comes back into its Bollinger band, as events; it has no column of numbers.',
  source:
    "This project's own definition, rule SIG-4 of the core: a z-score that has been beyond the band; a signal looks back over the excursion.",
  findsObjects: true,
  inputs: [],
  params: [
    lengthParam('length', 20, 'Candles of the band.', 2),
    realParam('deviations', 2, 0.5, 10, 'Standard deviations between its middle and its edges.'),
    COOLDOWN_PARAM,
  ],
  parts: (_inputs, [length]) => [zscore('close', length), atr(14), atr(100)],
  create: ([score, range, longRange], [length, deviations, cooldown], tape) =>
    createReversionKernel({ tape, atr: range, longAtr: longRange }, score, { length, deviations, cooldown }),
};

/** Candidate signals of closes that come back into their band; defaults 20 candles, 2 deviations, a cooldown of 12 candles. */
export function reversionSignal(length?: number, deviations?: number, cooldown?: number): FeatureSpec {
  return feature(REVERSION_SIGNAL, [], [length, deviations, cooldown]);
}
