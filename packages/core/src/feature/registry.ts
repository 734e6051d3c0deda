import type { FeatureDefinition } from './definition.ts';
import { nearestName } from './nearest.ts';
import { ADD } from './kernels/add.ts';
import { ATR } from './kernels/atr.ts';
import { EMA } from './kernels/ema.ts';
import { LITERAL } from './kernels/literal.ts';
import { MUL } from './kernels/mul.ts';
import { RMA } from './kernels/rma.ts';
import { RSI } from './kernels/rsi.ts';
import { SMA } from './kernels/sma.ts';
import { SUB } from './kernels/sub.ts';
import { SUM_DEFINITION } from './kernels/sum.ts';
import { TRUE_RANGE } from './kernels/true-range.ts';

/** Every kind of feature that has a name, in the order of the documentation. */
export const FEATURE_DEFINITIONS: readonly FeatureDefinition[] = [SMA, EMA, RMA, SUM_DEFINITION, RSI, TRUE_RANGE, ATR, ADD, SUB, MUL];

const BY_KIND: ReadonlyMap<string, FeatureDefinition> = new Map(
  [...FEATURE_DEFINITIONS, LITERAL].map((definition) => [definition.kind, definition]),
);

/** The definition of a kind, or undefined. */
export function findFeatureDefinition(kind: string): FeatureDefinition | undefined {
  return BY_KIND.get(kind);
}

/** The definition of a kind. @throws RangeError naming the nearest known kind. */
export function featureDefinition(kind: string): FeatureDefinition {
  const definition = BY_KIND.get(kind);
  if (definition !== undefined) return definition;
  throw new RangeError(unknownKindText(kind));
}

/** Says that there is no such kind, and which one may have been meant. */
export function unknownKindText(kind: string): string {
  const nearest = nearestName(
    kind,
    FEATURE_DEFINITIONS.map((definition) => definition.kind),
  );
  return `unknown feature "${kind}"; did you mean ${nearest}?`;
}
