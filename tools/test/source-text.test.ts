import { describe, expect, it } from 'vitest';
import { blank, importsOf } from './source-text.ts';

describe('blank', () => {
  it('removes comments and keeps line numbers', () => {
    expect(blank('a // Date\nb /* Date\n */ c', { comments: true, strings: false })).toBe('a        \nb        \n    c');
  });
  it('removes strings and regular expressions, and keeps code inside templates', () => {
    expect(blank("x = 'Date' + `Date ${Date.now()} Date`", { comments: true, strings: true }).replaceAll(/ +/g, ' ').trim()).toBe(
      'x = + Date.now()',
    );
    expect(blank('x = /Date/.test(y) / 2; z', { comments: true, strings: true })).toBe('x =       .test(y) / 2; z');
  });
  it('is not led astray by quotes in comments, slashes in strings and braces in templates', () => {
    expect(blank("// don't\nawait x", { comments: true, strings: true })).toBe('        \nawait x');
    expect(blank("a('http://x'); async", { comments: true, strings: false })).toBe("a('http://x'); async");
    expect(blank('`${{ a: 1 }.a} //` + async', { comments: true, strings: true }).trim().endsWith('+ async')).toBe(true);
  });
});

describe('importsOf', () => {
  it('finds every form of import', () => {
    const text =
      "import a, { b } from 'm1';\nimport 'm2';\nexport * from \"m3\";\nconst c = await import('m4');\nimport type { T } from 'm5';\n// import 'no'";
    expect(importsOf(text)).toEqual(['m1', 'm2', 'm3', 'm4', 'm5']);
  });
  it('is not misled by the words in texts', () => {
    expect(importsOf("const range = { from: parse('from', from), to: parse('to', to) }; log(\"import 'x'\");")).toEqual([]);
  });
});
