import { isInterval, INTERVALS } from '../market/interval.ts';
import { CANDLE_COLUMNS, type CandleColumn } from '../market/tape.ts';
import { exampleText, feature, literal, on, paramFault, type FeatureArgument } from './build.ts';
import type { FeatureDefinition } from './definition.ts';
import { MAX_DEPTH } from './normalize.ts';
import { findFeatureDefinition, unknownKindText } from './registry.ts';
import type { FeatureInput, FeatureSpec } from './spec.ts';

/** Characters of a faulty text that a message repeats. */
const LONGEST_SHOWN = 200;

/**
 * Reads a feature such as `rsi(close,14)`, `atr(14)`, `ema(close,50)@1h`. Parameters at the end that are left out take
 * their defaults, `obv` is `obv()`, spaces count for nothing.
 * @throws RangeError with one line that names the column and the mend.
 */
export function parseFeature(text: string): FeatureSpec {
  const reader = new FeatureReader(text);
  const result = reader.argument(MAX_DEPTH);
  reader.expectEnd();
  if (typeof result === 'number') throw reader.fault(0, 'a number alone is no feature');
  if (typeof result === 'string') throw reader.fault(0, `a column alone is no feature; write lag(${result},0)`);
  return result;
}

class FeatureReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** A number, a column or a feature. */
  argument(depth: number): FeatureInput | number {
    this.#skipSpace();
    const start = this.#at;
    if (depth === 0) throw this.fault(start, `nested deeper than ${MAX_DEPTH}`);
    const digits = this.#take(/[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y);
    if (digits !== '') return Number(digits);
    const name = this.#take(/[A-Za-z_][A-Za-z0-9_]*/y);
    if (name === '') throw this.fault(start, `expected a feature such as ema(close,12), got ${this.#next()}`);
    if (isColumn(name)) {
      if (this.#accept('@')) throw this.fault(start, `a column has no interval; write lag(${name},0)@1h`);
      return name;
    }
    const definition = findFeatureDefinition(name);
    if (definition === undefined || !/^[a-z]/.test(name) || name === 'literal') throw this.fault(start, unknownKindText(name));
    const spec = this.#call(definition, start, depth);
    return this.#accept('@') ? this.#interval(spec) : spec;
  }

  expectEnd(): void {
    this.#skipSpace();
    if (this.#at < this.#text.length) throw this.fault(this.#at, `expected the end, got ${this.#next()}`);
  }

  fault(at: number, message: string): RangeError {
    const shown = this.#text.length > LONGEST_SHOWN ? `${this.#text.slice(0, LONGEST_SHOWN)}…` : this.#text;
    // Quoted as JSON, so that a line break in the text cannot break the message.
    return new RangeError(`feature ${JSON.stringify(shown)}, column ${at + 1}: ${message}`);
  }

  #call(definition: FeatureDefinition, start: number, depth: number): FeatureSpec {
    const inputs: FeatureArgument[] = [];
    const values: number[] = [];
    if (this.#accept('(') && !this.#accept(')')) {
      do this.#place(definition, inputs, values, depth);
      while (this.#accept(','));
      if (!this.#accept(')')) throw this.fault(this.#at, `expected , or ), got ${this.#next()}`);
    }
    if (inputs.length < definition.inputs.length) {
      throw this.fault(
        start,
        `${definition.kind} needs ${definition.inputs.length} input${definition.inputs.length > 1 ? 's' : ''}, e.g. ${exampleText(definition)}`,
      );
    }
    return this.#checked(start, () => feature(definition, inputs, values));
  }

  /** Reads one argument into its place: inputs come first, then parameters. */
  #place(definition: FeatureDefinition, inputs: FeatureArgument[], values: number[], depth: number): void {
    this.#skipSpace();
    const start = this.#at;
    const value = this.argument(depth - 1);
    if (inputs.length < definition.inputs.length) {
      if (typeof value === 'number' && definition.takesNumbers !== true) {
        throw this.fault(start, `${definition.kind} needs an input before its numbers, e.g. ${exampleText(definition)}`);
      }
      inputs.push(typeof value === 'number' ? this.#checked(start, () => literal(value)) : value);
      return;
    }
    const param = definition.params[values.length];
    if (param === undefined) throw this.fault(start, `too many arguments; ${definition.kind} is written ${exampleText(definition)}`);
    if (typeof value !== 'number') throw this.fault(start, `${param.name} of ${definition.kind} must be a number, e.g. ${param.default}`);
    const fault = paramFault(param, value);
    if (fault !== null) throw this.fault(start, `${definition.kind}: ${fault}`);
    values.push(value);
  }

  #interval(spec: FeatureSpec): FeatureSpec {
    this.#skipSpace();
    const start = this.#at;
    const text = this.#take(/[A-Za-z0-9]*/y);
    if (!isInterval(text)) throw this.fault(start, `"${text}" is no interval; take one of ${INTERVALS.join(', ')}`);
    return on(spec, text);
  }

  /** Gives the complaint of a builder the place in the text. */
  #checked<T>(start: number, build: () => T): T {
    try {
      return build();
    } catch (error) {
      throw error instanceof RangeError ? this.fault(start, error.message) : error;
    }
  }

  #accept(character: string): boolean {
    this.#skipSpace();
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }

  #skipSpace(): void {
    this.#take(/\s*/y);
  }

  #next(): string {
    return this.#at < this.#text.length ? `"${this.#text[this.#at]}"` : 'the end';
  }
}

function isColumn(name: string): name is CandleColumn {
  return (CANDLE_COLUMNS as readonly string[]).includes(name);
}
