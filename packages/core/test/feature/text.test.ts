import { describe, expect, it } from 'vitest';
import { add, atr, canonicalText, ema, mul, on, parseFeature, rsi, sub } from '../../src/index.ts';

describe('canonical text', () => {
  it('writes inputs, then every parameter, then the interval', () => {
    expect(canonicalText(ema('close', 12))).toBe('ema(close,12)');
    expect(canonicalText(atr())).toBe('atr(14)');
    expect(canonicalText(on(ema('close', 50), '1h'))).toBe('ema(close,50)@1h');
    expect(canonicalText(on(rsi(sub(ema('close', 12), on(ema('close', 26), '4h')), 90), '15m'))).toBe(
      'rsi(sub(ema(close,12),ema(close,26)@4h),90)@15m',
    );
    expect(canonicalText(mul('close', 0.5))).toBe('mul(close,0.5)');
  });

  it('does not depend on how a parameter came to its value', () => {
    expect(canonicalText({ kind: 'rsi', params: {}, inputs: ['close'] })).toBe('rsi(close,14)');
    expect(canonicalText(add('close', -0))).toBe('add(close,0)');
  });
});

describe('parsing', () => {
  it('fills in parameters that are left out and ignores spaces', () => {
    expect(parseFeature('atr')).toEqual(atr(14));
    expect(parseFeature(' rsi ( close ) @ 1h ')).toEqual(on(rsi('close', 14), '1h'));
  });

  it.each([
    ['emma(close,12)', 'feature "emma(close,12)", column 1: unknown feature "emma"; did you mean ema?'],
    ['rsi(14)', 'feature "rsi(14)", column 5: rsi needs an input before its numbers, e.g. rsi(close,14)'],
    ['ema(close,12', 'feature "ema(close,12", column 13: expected , or ), got the end'],
    ['ema(close,0)', 'feature "ema(close,0)", column 11: ema: length must be a whole number from 1 to 100000, got 0'],
  ])('%s is refused with the column and the mend', (text, message) => {
    expect(() => parseFeature(text)).toThrow(new RangeError(message));
  });
});
