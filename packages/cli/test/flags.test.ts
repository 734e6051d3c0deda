import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flagValue, flagsOf } from '../src/flag-values.ts';
import { editDistance, suggestion } from '../src/nearest.ts';

describe('flagValue', () => {
  it('gives a value the type that its flag declares', () => {
    expect(flagValue('--n', { type: 'number', summary: '' }, '-1.5e3')).toBe(-1500);
    expect(flagValue('--l', { type: 'list', summary: '' }, ['A,B', ' C '])).toEqual(['A', 'B', 'C']);
    expect(flagValue('--r', { type: 'repeat', summary: '' }, ['k=1,2', 'm=3'])).toEqual(['k=1,2', 'm=3']);
    expect(flagValue('--s', { type: 'string', summary: '' }, 7)).toBe('7');
    expect(flagValue('--b', { type: 'boolean', summary: '' }, 'false')).toBe(false);
  });
  it.each<[Parameters<typeof flagValue>[1], unknown, string]>([
    [{ type: 'number', summary: '' }, '12abc', '--f 12abc: not a number'],
    [{ type: 'number', summary: '' }, '', '--f : not a number'],
    [{ type: 'number', summary: '' }, 'Infinity', '--f Infinity: not a number'],
    [{ type: 'number', summary: '' }, '0x10', '--f 0x10: not a number'],
    [{ type: 'string', summary: '', choices: ['a', 'b'] }, 'c', '--f c: takes one of a, b'],
    [{ type: 'string', summary: '' }, '', '--f is empty: give it a value'],
    [{ type: 'string', summary: '' }, { a: 1 }, '--f is not a single value: give it a value'],
    [{ type: 'string', summary: '' }, ['a', 'b'], '--f was given 2 times: give it once'],
  ])('refuses %j %j', (flag, raw, line) => {
    expect(() => flagValue('--f', flag, raw)).toThrow(expect.objectContaining({ name: 'InputError', message: line }));
  });
  it('reads every finite number as it is written', () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        (x) => flagValue('--f', { type: 'number', summary: '' }, String(x)) === Number(String(x)),
      ),
    );
  });
});

describe('flagsOf', () => {
  it('refuses to hand out a flag under another type than the declared one', () => {
    const flags = flagsOf(new Map([['seed', 7]]));
    expect(flags.number('seed')).toBe(7);
    expect(flags.string('absent')).toBeUndefined();
    expect(() => flags.string('seed')).toThrow('flag seed is not declared as a string');
    expect(() => flags.text('absent')).toThrow('flag absent is not declared as required or with a default');
  });
});

describe('nearest', () => {
  it('counts edits', () => {
    // kitten → sitting is the textbook's example: three edits.
    expect(editDistance('kitten', 'sitting')).toBe(3);
    expect(editDistance('', 'abc')).toBe(3);
  });
  it('is a distance', () => {
    const word = fc.string({ maxLength: 8 });
    fc.assert(fc.property(word, word, (a, b) => editDistance(a, b) === editDistance(b, a) && (editDistance(a, b) === 0) === (a === b)));
    fc.assert(fc.property(word, word, word, (a, b, c) => editDistance(a, c) <= editDistance(a, b) + editDistance(b, c)));
  });
  it('names the nearest word, or all when none is near', () => {
    expect(suggestion('docter', ['doctor', 'runs'])).toBe('did you mean doctor?');
    expect(suggestion('zzz', ['doctor', 'runs'])).toBe('known: doctor, runs');
  });
});
