import { feature } from '../build.ts';
import { lengthParam, realParam, type KernelDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';
import { atr } from './atr.ts';
import { createBand } from './band.ts';
import { ema } from './ema.ts';

export const KELTNER_LOWER: KernelDefinition = {
  type: 'kernel',
  kind: 'keltner_lower',
  description: 'Lower edge of the Keltner channel, in price.',
  source: 'Keltner channel after L. Bradford Raschke: EMA of the close minus `multiple` average true ranges.',
  inputs: [],
  params: [
    lengthParam('length', 20, 'Candles in the window.'),
    lengthParam('atr_length', 10, 'True ranges in the average true range.'),
    realParam('multiple', 2, 0, 100, 'Average true ranges between the middle and each band.'),
  ],
  parts: (_inputs, [length, atrLength]) => [ema('close', length), atr(atrLength)],
  create: ([center, spread], [, , multiple]) => createBand(center, spread, -multiple),
};

/** Lower edge of the Keltner channel; defaults 20, 10 and 2. */
export function keltnerLower(length?: number, atrLength?: number, multiple?: number): FeatureSpec {
  return feature(KELTNER_LOWER, [], [length, atrLength, multiple]);
}
