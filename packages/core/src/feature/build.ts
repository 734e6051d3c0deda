import { CANDLE_COLUMNS } from '../market/tape.ts';
import { INTERVALS, isInterval, type Interval } from '../market/interval.ts';
import type { FeatureDefinition, ParamDefinition } from './definition.ts';
import type { FeatureInput, FeatureSpec } from './spec.ts';

/** What a builder takes as an input: a column's name, another feature, or, for arithmetic, a number. */
export type FeatureArgument = FeatureInput | number;

/** Kind of the number literals in feature texts; it has no name of its own there: `mul(close,0.5)`. */
export const LITERAL_KIND = 'literal';

/**
 * A checked feature of the given kind; a parameter that is undefined takes its default.
 * @throws RangeError when an input or a parameter is not what the kind takes.
 */
export function feature(
  definition: FeatureDefinition,
  inputs: readonly FeatureArgument[],
  values: readonly (number | undefined)[] = [],
): FeatureSpec {
  const { kind, params } = definition;
  if (inputs.length !== definition.inputs.length) {
    throw new RangeError(`${kind} reads ${countText(definition.inputs)}, got ${inputs.length}`);
  }
  const record: Record<string, number> = {};
  const numbers: number[] = [];
  for (let k = 0; k < params.length; k++) {
    const param = params[k];
    const value = values[k] ?? param.default;
    const fault = paramFault(param, value);
    if (fault !== null) throw new RangeError(`${kind}: ${fault}`);
    record[param.name] = plainZero(value);
    numbers.push(value);
  }
  const fault = definition.check?.(numbers) ?? null;
  if (fault !== null) throw new RangeError(`${kind}: ${fault}`);
  return { kind, params: record, inputs: inputs.map((input, k) => checkedInput(definition, input, k)) };
}

/**
 * The same feature computed on a higher interval's candles, each of which is visible only once it has closed.
 * @throws RangeError when the text is no interval.
 */
export function on(spec: FeatureSpec, interval: Interval): FeatureSpec {
  if (!isInterval(interval)) throw new RangeError(`"${String(interval)}" is no interval; take one of ${INTERVALS.join(', ')}`);
  return { ...spec, interval };
}

/** A number as an input of arithmetic. @throws RangeError when it is not finite. */
export function literal(value: number): FeatureSpec {
  if (!Number.isFinite(value)) throw new RangeError(`a number in a feature must be finite, got ${value}`);
  return { kind: LITERAL_KIND, params: { value: plainZero(value) }, inputs: [] };
}

function checkedInput(definition: FeatureDefinition, input: FeatureArgument, index: number): FeatureInput {
  const name = definition.inputs[index];
  const isNumber = typeof input === 'number' || (typeof input === 'object' && input.kind === LITERAL_KIND);
  if (isNumber && definition.takesNumbers !== true) {
    throw new RangeError(
      `${definition.kind}: its input ${name} is a candle column or a feature, not a number; e.g. ${exampleText(definition)}`,
    );
  }
  if (typeof input === 'number') return literal(input);
  if (typeof input !== 'string') return input;
  if (!(CANDLE_COLUMNS as readonly string[]).includes(input)) {
    throw new RangeError(`${definition.kind}: "${String(input)}" is no candle column; take one of ${CANDLE_COLUMNS.join(', ')}`);
  }
  return input;
}

/** What is wrong with a parameter's value, or null. */
export function paramFault(param: ParamDefinition, value: number): string | null {
  const isFit = value >= param.min && value <= param.max && (!param.integer || Number.isInteger(value));
  if (isFit) return null;
  return `${param.name} must be a ${param.integer ? 'whole number' : 'number'} from ${param.min} to ${param.max}, got ${value}`;
}

/** A text that uses the kind with its defaults, e.g. `rsi(close,14)`. */
export function exampleText(definition: FeatureDefinition): string {
  const inputs = definition.inputExamples ?? definition.inputs.map((_, k) => (k === 0 ? 'close' : 'open'));
  return `${definition.kind}(${[...inputs, ...definition.params.map((param) => String(param.default))].join(',')})`;
}

function countText(inputs: readonly string[]): string {
  return inputs.length === 1 ? `1 input (${inputs[0]})` : `${inputs.length} inputs${inputs.length > 0 ? ` (${inputs.join(', ')})` : ''}`;
}

/** −0 and 0 would be two features with one text. */
function plainZero(value: number): number {
  return value === 0 ? 0 : value;
}
