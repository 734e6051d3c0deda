import { LITERAL_KIND } from './build.ts';
import { normalizeFeature } from './normalize.ts';
import { featureDefinition } from './registry.ts';
import type { FeatureInput, FeatureSpec } from './spec.ts';

/**
 * The text that is a feature's identity: inputs, then every parameter in the order of its definition, no spaces, e.g.
 * `zscore(sub(ema(close,12),ema(close,26)),90)@15m`. Different features have different texts, and {@link parseFeature}
 * reads the text back to an equal feature.
 * @throws RangeError when the feature is not valid.
 */
export function canonicalText(spec: FeatureSpec): string {
  return textOf(normalizeFeature(spec));
}

function textOf(input: FeatureInput): string {
  if (typeof input === 'string') return input;
  if (input.kind === LITERAL_KIND) return String(input.params['value']);
  const params = featureDefinition(input.kind).params.map((param) => String(input.params[param.name]));
  const body = `${input.kind}(${[...input.inputs.map(textOf), ...params].join(',')})`;
  return input.interval === undefined ? body : `${body}@${input.interval}`;
}
