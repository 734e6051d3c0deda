import { createHash } from 'node:crypto';
import { canonicalText, parseFeature, SIDE_INPUT, type FeatureSpec } from '@orrery/core';

/** The reserved input: +1 for a signal to buy, −1 for one to sell. */
export const SIDE: typeof SIDE_INPUT = SIDE_INPUT;

/** SHA-256, in hex. */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Identity of a model's inputs: SHA-256 over their texts joined by newlines. */
export function featureHash(inputs: readonly string[]): string {
  return sha256(inputs.join('\n'));
}

/** The features among the inputs, in their order: all but `side`. */
export function featureInputs(inputs: readonly string[]): readonly FeatureSpec[] {
  return inputs.filter((input) => input !== SIDE).map(parseFeature);
}

/**
 * Inputs as a card holds them: canonical texts.
 * @throws RangeError when one is no feature, or two are the same
 */
export function canonicalInputs(inputs: readonly string[]): readonly string[] {
  const texts = inputs.map((input) => (input.trim() === SIDE ? SIDE : canonicalText(parseFeature(input))));
  const twice = texts.find((text, k) => texts.indexOf(text) < k);
  if (twice !== undefined) throw new RangeError(`input ${twice} is there twice`);
  return texts;
}
