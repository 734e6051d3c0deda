import { describe, expect, it } from 'vitest';
import { structureSpecs } from '../../src/structure/structure-specs.ts';

const textsOf = (features: readonly string[], base = '5m'): readonly string[] =>
  structureSpecs(features, base).specs.map(({ text, interval }) => `${text}@${interval}`);

describe('structureSpecs', () => {
  it('finds the structure that a feature is, with its defaults and its interval', () => {
    expect(textsOf(['ema(close,12)', 'structure()', 'structure(2,2,50)@1h'])).toEqual(['structure(3,3,500)@5m', 'structure(2,2,50)@1h']);
  });

  it('follows ict to its three structures: its own, the middle one and the higher one', () => {
    expect(textsOf(['ict(structure(3,3,500)@15m,structure(2,2,100)@1h,4,4,300,12)'])).toEqual([
      'structure(4,4,300)@5m',
      'structure(3,3,500)@15m',
      'structure(2,2,100)@1h',
    ]);
  });

  it('takes each structure once, and follows columns that are made from one', () => {
    expect(textsOf(['structure(3,3,500)', 'structure(3,3,500)', 'ict(structure(3,3,500),structure(3,3,500))'])).toEqual([
      'structure(3,3,500)@5m',
    ]);
    expect(textsOf(['market_bias(2,4)@4h', 'sub(swing_high(2,4),close)'])).toEqual(['structure(2,4,500)@4h', 'structure(2,4,500)@5m']);
  });

  it('names features that it cannot read instead of guessing', () => {
    expect(structureSpecs(['made_up(3)', 'structure(1,1,20)'], '5m')).toMatchObject({
      specs: [{ text: 'structure(1,1,20)', interval: '5m' }],
      unread: ['made_up(3)'],
    });
    expect(structureSpecs(['structure()'], '7m')).toEqual({ specs: [], unread: ['structure()'] });
  });
});
