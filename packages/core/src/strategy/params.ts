/** A whole number with bounds. */
export interface IntParam {
  readonly type: 'int';
  readonly default: number;
  readonly min: number;
  readonly max: number;
}
/** Any finite number with bounds. */
export interface NumberParam {
  readonly type: 'number';
  readonly default: number;
  readonly min: number;
  readonly max: number;
}
export interface BooleanParam {
  readonly type: 'boolean';
  readonly default: boolean;
}
/** One of a few words. */
export interface ChoiceParam<Word extends string = string> {
  readonly type: 'choice';
  readonly default: Word;
  readonly words: readonly Word[];
}
/** One declaration serves flags, sweeps and docs alike. */
export type Param = IntParam | NumberParam | BooleanParam | ChoiceParam;
export type Params = Readonly<Record<string, Param>>;
/** The values that declared parameters take. */
export type ParamValues<P extends Params> = {
  readonly [K in keyof P]: P[K] extends BooleanParam ? boolean : P[K] extends ChoiceParam<infer Word> ? Word : number;
};
export type ParamValue = number | boolean | string;

interface Bounds {
  readonly min: number;
  readonly max: number;
}

/** A whole number, e.g. `int(12, { min: 2, max: 200 })`. */
export function int(value: number, bounds: Bounds): IntParam {
  return { type: 'int', default: value, ...bounds };
}
/** A number, e.g. `number(0.5, { min: 0, max: 1 })`. */
export function number(value: number, bounds: Bounds): NumberParam {
  return { type: 'number', default: value, ...bounds };
}
/** A switch. */
export function boolean(value: boolean): BooleanParam {
  return { type: 'boolean', default: value };
}
/** One of a few words; the first is the default. */
export function choice<const Word extends string>(first: Word, ...others: readonly Word[]): ChoiceParam<Word> {
  return { type: 'choice', default: first, words: [first, ...others] };
}

/** A parameter that is not declared, or a value that is out of its bounds. */
export class ParamError extends Error {
  override readonly name = 'ParamError';
}

/**
 * Defaults overridden by `given`, each checked.
 * @throws ParamError naming the parameter, the value and what it may be.
 */
export function resolveParams<P extends Params>(declared: P, given: Readonly<Record<string, unknown>>): ParamValues<P> {
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(declared, name)) {
      throw new ParamError(
        `no parameter "${name}"; there ${Object.keys(declared).length === 0 ? 'are none' : `is ${Object.keys(declared).join(', ')}`}`,
      );
    }
  }
  const values: Record<string, ParamValue> = {};
  for (const [name, param] of Object.entries(declared)) {
    values[name] = Object.hasOwn(given, name) ? checked(name, param, given[name]) : param.default;
  }
  // Built from `declared` key by key.
  return values as ParamValues<P>;
}

/** A value from a flag's text. The text is returned as it is where it cannot be what the parameter wants; `resolveParams` then says so. */
export function parseParam(param: Param | undefined, text: string): unknown {
  if (param === undefined || param.type === 'choice') return text;
  if (param.type === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}

function checked(name: string, param: Param, value: unknown): ParamValue {
  const bad = (what: string): ParamError =>
    new ParamError(`parameter ${name} is ${typeof value === 'number' ? value : JSON.stringify(value)}; it must be ${what}`);
  switch (param.type) {
    case 'int':
    case 'number': {
      const what = `a ${param.type === 'int' ? 'whole ' : ''}number from ${param.min} to ${param.max}`;
      if (typeof value !== 'number' || !(value >= param.min && value <= param.max)) throw bad(what);
      if (param.type === 'int' && !Number.isInteger(value)) throw bad(what);
      return value;
    }
    case 'boolean':
      if (typeof value !== 'boolean') throw bad('true or false');
      return value;
    case 'choice':
      if (typeof value !== 'string' || !param.words.includes(value)) throw bad(`one of ${param.words.join(', ')}`);
      return value;
    default:
      throw new ParamError(`unknown parameter type ${String(param satisfies never)}`);
  }
}
