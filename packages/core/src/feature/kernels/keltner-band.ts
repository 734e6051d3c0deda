import { lengthParam, realParam, type KernelDefinition } from '../definition.ts';
import { atr } from './atr.ts';
import { createBand } from './band.ts';
import { ema } from './ema.ts';

/** Everything but the names of an edge of the Keltner channel: `sign` 1 is the upper one, −1 the lower. */
export function keltnerBand(sign: 1 | -1): Pick<KernelDefinition, 'type' | 'inputs' | 'params' | 'parts' | 'create'> {
  return {
    type: 'kernel',
    inputs: [],
    params: [
      lengthParam('length', 20, 'Candles in the window.'),
      lengthParam('atr_length', 10, 'True ranges in the average true range.'),
      realParam('multiple', 2, 0, 100, 'Average true ranges between the middle and each band.'),
    ],
    parts: (_inputs, [length, atrLength]) => [ema('close', length), atr(atrLength)],
    create: ([center, spread], [, , multiple]) => createBand(center, spread, sign * multiple),
  };
}
