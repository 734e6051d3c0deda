import { feature } from '../build.ts';
import type { KernelDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';
import { keltnerBand } from './keltner-band.ts';

export const KELTNER_UPPER: KernelDefinition = {
  ...keltnerBand(1),
  kind: 'keltner_upper',
  description: 'Upper edge of the Keltner channel, in price.',
  source: 'Keltner channel after L. Bradford Raschke: EMA of the close plus `multiple` average true ranges.',
};

/** Upper edge of the Keltner channel; defaults 20, 10 and 2. */
export function keltnerUpper(length?: number, atrLength?: number, multiple?: number): FeatureSpec {
  return feature(KELTNER_UPPER, [], [length, atrLength, multiple]);
}
