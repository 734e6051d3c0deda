import { describe, expect, it } from 'vitest';
import { boundsVerdict } from '../src/data/bounds-verdict.ts';
import { boundsSection } from '../src/sections/bounds.ts';
import { sampleRun } from './sample-run.ts';

const base = sampleRun({ seed: 11, symbols: ['BTCUSDT'], days: 10, intervalMinutes: 60 }).result;

describe('boundsVerdict', () => {
  it.each([
    ['990', '1000.5', '1010', false, 'The sign does not hold'],
    ['1000', '1000', '1000.00000001', false, 'The sign does not hold'],
    ['1000.00000001', '1003', '1010', true, 'The sign holds: every reading ends with a gain.'],
    ['900', '950', '999.99999999', true, 'The sign holds: every reading ends with a loss.'],
    ['1000', '1000', '1000', true, 'The sign holds: every reading ends at the start equity.'],
  ])('of ends %s, %s and %s against 1000', (pessimistic, heuristic, optimistic, holds, text) => {
    const verdict = boundsVerdict({ pessimistic, heuristic, optimistic }, '1000');
    expect(verdict.holds).toBe(holds);
    expect(verdict.text).toContain(text);
  });

  it('takes the interval over all three, whichever ends lowest', () => {
    expect(boundsVerdict({ pessimistic: '11', heuristic: '9', optimistic: '10' }, '10')).toMatchObject({ low: 9e8, high: 11e8 });
  });
});

describe('boundsSection', () => {
  it('draws the three ends against the start, with the interval in words', () => {
    const account = { ...base.account, startEquity: '1000' };
    const { markup } = boundsSection({ ...base, account, bounds: { pessimistic: '990', heuristic: '1000', optimistic: '1010.5' } });
    expect(markup).toMatch(/between 990\.00 and 1,010\.50 USDT, 20\.50\s+apart/);
    expect(markup).toContain('class="fails"');
    expect(markup.match(/<circle/g)).toHaveLength(3);
    expect(markup).toContain('1,010.50 (+10.50)');
  });

  it('says why there is no interval', () => {
    const without = (ambiguousCandles: number): string => boundsSection({ ...base, bounds: null, ambiguousCandles }).markup;
    expect(without(0)).toContain('No candle was ambiguous');
    expect(without(3)).toContain('The other readings were not run');
  });
});
