import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  atr,
  CANDLE_COLUMNS,
  canonicalText,
  ema,
  exampleText,
  feature,
  FEATURE_DEFINITIONS,
  INTERVALS,
  literal,
  macdLine,
  mul,
  normalizeFeature,
  on,
  parseFeature,
  rsi,
  sub,
  zscore,
  type FeatureArgument,
  type FeatureSpec,
} from '../../src/index.ts';
import { TEXTS } from './market.ts';

/** Any valid feature: every kind, with parameters over their whole ranges, nested. */
const anyFeature: fc.Arbitrary<FeatureSpec> = fc.letrec<{ spec: FeatureSpec; input: FeatureArgument }>((tie) => ({
  input: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'feature' },
    fc.constantFrom<FeatureArgument>(...CANDLE_COLUMNS),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    tie('spec'),
  ),
  spec: fc.constantFrom(...FEATURE_DEFINITIONS).chain((definition) =>
    fc
      .tuple(
        fc.tuple(...definition.inputs.map(() => tie('input'))),
        fc.tuple(
          ...definition.params.map(({ min, max, integer }) =>
            integer ? fc.oneof(fc.integer({ min, max: min + 50 }), fc.integer({ min, max })) : fc.double({ min, max, noNaN: true }),
          ),
        ),
        fc.option(fc.constantFrom(...INTERVALS), { nil: undefined }),
      )
      .map(([inputs, params, interval]) => {
        const taken = inputs.map((input) =>
          definition.takesNumbers !== true && typeof input === 'number' ? ('close' as const) : (input as FeatureArgument),
        );
        const values = definition.check === undefined ? params : params.toSorted((a, b) => a - b).map((value, k) => value + k);
        const fits = values.every((value, k) => value >= definition.params[k].min && value <= definition.params[k].max);
        const whole = feature(definition, taken, fits ? values : []);
        return interval === undefined ? whole : on(whole, interval);
      }),
  ),
})).spec;

describe('canonical text', () => {
  it('writes inputs, then every parameter, then the interval', () => {
    expect(canonicalText(ema('close', 12))).toBe('ema(close,12)');
    expect(canonicalText(atr())).toBe('atr(14)');
    expect(canonicalText(on(ema('close', 50), '1h'))).toBe('ema(close,50)@1h');
    expect(canonicalText(on(zscore(sub(ema('close', 12), ema('close', 26)), 90), '15m'))).toBe(
      'zscore(sub(ema(close,12),ema(close,26)),90)@15m',
    );
    expect(canonicalText(mul('close', 0.5))).toBe('mul(close,0.5)');
  });

  it('does not depend on how a parameter came to its value', () => {
    expect(canonicalText({ kind: 'rsi', params: {}, inputs: ['close'] })).toBe('rsi(close,14)');
    expect(canonicalText(add('close', -0))).toBe('add(close,0)');
  });

  it('is read back to an equal feature, and written again alike', () => {
    fc.assert(
      fc.property(anyFeature, (spec) => {
        const text = canonicalText(spec);
        expect(parseFeature(text)).toEqual(normalizeFeature(spec));
        expect(canonicalText(parseFeature(text))).toBe(text);
      }),
      { numRuns: 1000 },
    );
  });

  it('differs where features differ', () => {
    fc.assert(
      fc.property(anyFeature, anyFeature, (a, b) => {
        const areEqual = JSON.stringify(normalizeFeature(a)) === JSON.stringify(normalizeFeature(b));
        expect(canonicalText(a) === canonicalText(b)).toBe(areEqual);
      }),
      { numRuns: 1000 },
    );
  });

  it.each(TEXTS)('%s is its own canonical text', (text) => {
    expect(canonicalText(parseFeature(text))).toBe(text);
  });
});

describe('parsing', () => {
  it('fills in parameters that are left out and ignores spaces', () => {
    expect(parseFeature('atr')).toEqual(atr(14));
    expect(parseFeature(' rsi ( close ) @ 1h ')).toEqual(on(rsi('close', 14), '1h'));
    expect(parseFeature('macd_line(close, 5)')).toEqual(macdLine('close', 5, 26));
    expect(parseFeature('mul(close,-1.5e-3)')).toEqual(mul('close', -0.0015));
  });

  it('reads the example of every kind', () => {
    for (const definition of FEATURE_DEFINITIONS)
      expect(canonicalText(parseFeature(exampleText(definition)))).toBe(exampleText(definition));
  });

  it.each([
    ['emma(close,12)', 1, 'unknown feature "emma"; did you mean ema?'],
    ['sub(close, bolinger_uper(close))', 12, 'unknown feature "bolinger_uper"; did you mean bollinger_upper?'],
    ['rsi(14)', 5, 'rsi needs an input before its numbers, e.g. rsi(close,14)'],
    ['rsi', 1, 'rsi needs 1 input, e.g. rsi(close,14)'],
    ['sub(close)', 1, 'sub needs 2 inputs, e.g. sub(close,open)'],
    ['ema(close,12', 13, 'expected , or ), got the end'],
    ['ema(close;12)', 10, 'expected , or ), got ";"'],
    ['ema(close,0)', 11, 'ema: length must be a whole number from 1 to 100000, got 0'],
    ['ema(close,1.5)', 11, 'ema: length must be a whole number from 1 to 100000, got 1.5'],
    ['ema(close,open)', 11, 'length of ema must be a number, e.g. 20'],
    ['ema(close,1,2)', 13, 'too many arguments; ema is written ema(close,20)'],
    ['macd_line(close,26,12)', 1, 'macd_line: fast must be below slow, got 26 and 12'],
    ['ema(close,12)@7m', 15, `"7m" is no interval; take one of ${INTERVALS.join(', ')}`],
    ['ema(close@1h,12)', 5, 'a column has no interval; write lag(close,0)@1h'],
    ['ema(close,12))', 14, 'expected the end, got ")"'],
    ['close', 1, 'a column alone is no feature; write lag(close,0)'],
    ['12', 1, 'a number alone is no feature'],
    ['add(close,1e999)', 11, 'a number in a feature must be finite, got Infinity'],
    ['literal(5)', 1, 'unknown feature "literal"; did you mean ema?'],
    ['', 1, 'expected a feature such as ema(close,12), got the end'],
  ])('"%s" is refused at column %i', (text, at, message) => {
    expect(() => parseFeature(text)).toThrow(new RangeError(`feature "${text}", column ${at}: ${message}`));
  });

  it('answers in one line, whatever the text holds', () => {
    expect(() => parseFeature('ema(close\n;')).toThrow(new RangeError('feature "ema(close\\n;", column 11: expected , or ), got ";"'));
    expect(() => parseFeature('x'.repeat(100_000))).toThrow(/^feature "x{200}…", column 1: unknown feature "x{64}"; did you mean \w+\?$/);
  });

  it('refuses a hostile depth instead of exhausting the stack', () => {
    expect(() => parseFeature('abs('.repeat(100_000))).toThrow(/nested deeper than 64/);
  });

  it('answers any text with a feature or one line', () => {
    const pieces = fc.constantFrom('ema', 'sub', 'atr', 'close', '(', ')', ',', '@', '1h', '12', '-', '.', ' ', 'é', '\n');
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 15 }), (parts) => {
        try {
          expect(typeof canonicalText(parseFeature(parts.join('')))).toBe('string');
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('builders', () => {
  it('refuse at once what a graph would refuse later', () => {
    expect(() => ema('close', 0)).toThrow(new RangeError('ema: length must be a whole number from 1 to 100000, got 0'));
    expect(() => rsi(literal(5))).toThrow(/rsi: its input input is a candle column or a feature, not a number/);
    expect(() => ema('price' as 'close')).toThrow(
      new RangeError('ema: "price" is no candle column; take one of open, high, low, close, volume'),
    );
    expect(() => on(ema('close'), '7m' as '1m')).toThrow(/"7m" is no interval/);
  });
});
