import { createStructureColumn } from '../../structure/structure-column.ts';
import { BOTTOM, DIRECTION, KIND, STATE, STRUCTURE_KINDS, TOP } from '../../structure/structure-event.ts';
import { feature } from '../build.ts';
import type { KernelDefinition } from '../definition.ts';
import type { FeatureSpec } from '../spec.ts';
import { atr } from './atr.ts';
import { inAtrs, logOf, STRUCTURE_SOURCE } from './structure-source.ts';
import { structure } from './structure.ts';

const FAIR_VALUE_GAP = STRUCTURE_KINDS.indexOf('fair_value_gap');

export const FVG: KernelDefinition = {
  type: 'kernel',
  kind: 'fvg',
  description: 'Height in ATRs of the fair value gap that the candle completes, above 0 bullish, below 0 bearish; 0 where there is none.',
  source: `STR-7; ATRs of 14 candles. ${STRUCTURE_SOURCE}`,
  readsObjects: true,
  inputs: [],
  params: [],
  parts: () => [structure(), atr(14)],
  create([source, range], _params, tape) {
    let height = 0;
    return createStructureColumn(logOf(source), tape, range.warmup, {
      take(log, event) {
        if (log.at(event, KIND) !== FAIR_VALUE_GAP || log.at(event, STATE) !== 0) return;
        height = log.at(event, DIRECTION) * (log.at(event, TOP) - log.at(event, BOTTOM));
      },
      value(row) {
        const found = height;
        height = 0;
        if (!Number.isFinite(range.out[row])) return NaN;
        return found < 0 ? -inAtrs(-found, range.out[row]) : inAtrs(found, range.out[row]);
      },
      clear() {
        height = 0;
      },
    });
  },
};

/** Signed height in ATRs of the fair value gap that the candle completes, else 0. */
export function fvg(): FeatureSpec {
  return feature(FVG, []);
}
