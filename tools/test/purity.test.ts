import { describe, expect, it } from 'vitest';
import { blank } from './source-text.ts';
import { readText, repositoryFiles } from './workspace.ts';

/** Everything by which a run could depend on more than its inputs, or on the engine that runs it. */
const IMPURE: readonly RegExp[] = [
  /\b(?:Date|performance|process|Buffer|globalThis|Intl|WebAssembly|fetch|crypto|require)\b(?!\s*[:?]|\w)/,
  /\b(?:setTimeout|setInterval|setImmediate|queueMicrotask)\b/,
  /\b(?:async|await|Promise|PromiseLike)\b/,
  /\bMath\s*\.\s*(?:random|acosh?|asinh?|atan[2h]?|cbrt|cosh?|expm?1?|hypot|log(?:10|1p|2)?|pow|sinh?|tanh?)\b/,
  /\bMath\s*\[/,
  // `a ** b` is Math.pow in another dress; powers of ten are let through: exact as bigint, and found so by the last test.
  /(?<!\b10n?\s*)\*\*/,
  /\.(?:toLocale\w+|localeCompare)\b/,
  /\bnode:/,
];
/** A `let` or `var` that no function or block encloses keeps memory between runs. */
const MODULE_STATE = /^(?:export\s+)?(?:let|var)\b/;

const pure = repositoryFiles().filter((file) => /^packages\/(?:core|strategies)\/src\/.*\.ts$/.test(file));

describe('purity of core and strategies', () => {
  it('finds the files that it is about', () => {
    expect(pure.length).toBeGreaterThan(5);
  });
  it.each(pure)('%s knows no clock, randomness, promise, Node or unspecified arithmetic', (file) => {
    const lines = blank(readText(file), { comments: true, strings: true }).split('\n');
    const found = lines.flatMap((line, index) =>
      IMPURE.filter((pattern) => pattern.test(line)).map((pattern) => `${file}:${index + 1}: ${pattern.source}`),
    );
    expect(found).toEqual([]);
    expect(
      lines.filter((line) => MODULE_STATE.test(line)),
      'state at module level',
    ).toEqual([]);
  });
  it('would see each of them', () => {
    const bad = [
      'Date.now()',
      'new Date()',
      'await x',
      'Math.exp(1)',
      'Math.log1p(x)',
      'Math.random()',
      'x ** 2',
      'setTimeout(f, 1)',
      'Promise.all(x)',
      'a.localeCompare(b)',
    ];
    expect(bad.filter((line) => !IMPURE.some((pattern) => pattern.test(line)))).toEqual([]);
    const good = ['Math.sqrt(x)', 'Math.floor(x)', 'Math.abs(x)', 'Math.max(a, b)', 'updateDate(x)', 'x * y'];
    expect(good.filter((line) => IMPURE.some((pattern) => pattern.test(line)))).toEqual([]);
    expect(MODULE_STATE.test('let counter = 0;')).toBe(true);
  });
  it('may use whole powers of ten, which this engine computes exactly as far as they are doubles', () => {
    const exponents = Array.from({ length: 23 }, (_, index) => index);
    expect(exponents.map((exponent) => 10 ** exponent)).toEqual(exponents.map((exponent) => Number(`1e${exponent}`)));
  });
});
