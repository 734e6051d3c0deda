import { feature } from '../build.ts';
import type { KernelDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';
import { keltnerBand } from './keltner-band.ts';

export const KELTNER_LOWER: KernelDefinition = {
  ...keltnerBand(-1),
  kind: 'keltner_lower',
  description: 'Lower edge of the Keltner channel, in price.',
  source: 'Keltner channel after L. Bradford Raschke: EMA of the close minus `multiple` average true ranges.',
};

/** Lower edge of the Keltner channel; defaults 20, 10 and 2. */
export function keltnerLower(length?: number, atrLength?: number, multiple?: number): FeatureSpec {
  return feature(KELTNER_LOWER, [], [length, atrLength, multiple]);
}
