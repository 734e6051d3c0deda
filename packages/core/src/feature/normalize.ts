import { feature, literal, LITERAL_KIND, on } from './build.ts';
import { featureDefinition } from './registry.ts';
import type { FeatureInput, FeatureSpec } from './spec.ts';

/** Deepest nesting of a feature; a limit, so that a hostile text cannot exhaust the stack. */
export const MAX_DEPTH = 64;

/**
 * The feature with every parameter filled in and every part checked: equal features become equal objects.
 * @throws RangeError when a kind is unknown, or an input, a parameter or an interval is not what the kind takes.
 */
export function normalizeFeature(spec: FeatureSpec): FeatureSpec {
  if (spec.kind === LITERAL_KIND) throw new RangeError('a number alone is no feature');
  return normalized(spec, MAX_DEPTH);
}

function normalized(spec: FeatureSpec, depth: number): FeatureSpec {
  if (depth === 0) throw new RangeError(`a feature may be nested ${MAX_DEPTH} deep at most`);
  const definition = featureDefinition(spec.kind);
  const names = definition.params.map((param) => param.name);
  for (const name of Object.keys(spec.params)) {
    if (!names.includes(name)) throw new RangeError(`${spec.kind} has no parameter "${name}"; it has ${names.join(', ') || 'none'}`);
  }
  if (spec.kind === LITERAL_KIND) {
    if (spec.interval !== undefined) throw new RangeError('a number has no interval');
    return literal(spec.params['value']);
  }
  const inputs = spec.inputs.map((input): FeatureInput => (typeof input === 'string' ? input : normalized(input, depth - 1)));
  const whole = feature(
    definition,
    inputs,
    names.map((name) => spec.params[name]),
  );
  return spec.interval === undefined ? whole : on(whole, spec.interval);
}
