import {
  canonicalText,
  type FeatureInput,
  featureDefinition,
  type FeatureSpec,
  type Interval,
  isInterval,
  LITERAL_KIND,
  normalizeFeature,
  parseFeature,
} from '@orrery/core';

/** One structure that a run's features read. */
export interface StructureSpec {
  /** `structure(left,right,expiry)` without an interval. */
  readonly spec: FeatureSpec;
  /** Its canonical text. */
  readonly text: string;
  /** The interval whose candles it was found on. */
  readonly interval: Interval;
}

export interface StructureSpecs {
  /** Each once, in the order in which they are come upon. */
  readonly specs: readonly StructureSpec[];
  /** Features that this version cannot read, so that nobody knows whether they have structures. */
  readonly unread: readonly string[];
}

/**
 * The structures that features are made from. Kinds made from a structure, such as `ict(…)`, are followed to it.
 * @param features canonical texts, as a run's configuration has them
 * @param base the run's interval; one that is not known has no structures
 */
export function structureSpecs(features: readonly string[], base: string): StructureSpecs {
  const found = new Map<string, StructureSpec>();
  const unread: string[] = [];
  if (!isInterval(base)) return { specs: [], unread: features };
  for (const text of features) {
    try {
      collect(normalizeFeature(parseFeature(text)), base, found);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      unread.push(text);
    }
  }
  return { specs: [...found.values()], unread };
}

function collect(input: FeatureInput, above: Interval, found: Map<string, StructureSpec>): void {
  if (typeof input === 'string') return;
  const { interval = above, ...spec } = input;
  if (spec.kind === 'structure') {
    const text = canonicalText(spec);
    const key = `${text}@${interval}`;
    if (!found.has(key)) found.set(key, { spec, text, interval });
    return;
  }
  for (const part of partsOf(spec)) collect(part, interval, found);
}

/** What a kind reads; a number written as an input reads nothing. */
function partsOf(spec: FeatureSpec): readonly FeatureInput[] {
  if (spec.kind === LITERAL_KIND) return [];
  const definition = featureDefinition(spec.kind);
  const params = definition.params.map((param) => spec.params[param.name] ?? param.default);
  if (definition.type === 'composed') return [definition.compose(spec.inputs, params)];
  return definition.parts?.(spec.inputs, params) ?? spec.inputs;
}
