import { parseSats } from '@orrery/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { waterfall } from '../../src/data/waterfall.ts';
import { waterfallSection } from '../../src/sections/waterfall.ts';
import { sampleRun } from '../sample-run.ts';

/**
 * 1,000 + (90.00000001 + 10 + 4) gross − 4 slippage − 12.00000003 fees − 2.5 funding − 7.25 liquidation fees + 1.25 absorbed
 * = 1,079.49999998.
 */
const account = {
  startEquity: '1000',
  endEquity: '1079.49999998',
  fees: '12.00000003',
  funding: '-2.5',
  slippage: '4',
  realizedPnl: '90.00000001',
  unrealizedPnl: '10',
  liquidations: 1,
  liquidationFees: '7.25',
  absorbed: '1.25',
};

describe('waterfall', () => {
  it('leads from start to end equity, each step from where the last one ended', () => {
    expect(waterfall(account).map(({ label, kind, amount, from, to }) => [label, kind, amount, from, to])).toEqual([
      ['Start equity', 'level', 100_000_000_000, 100_000_000_000, 100_000_000_000],
      ['Gross profit, before slippage', 'change', 10_400_000_001, 100_000_000_000, 110_400_000_001],
      ['Slippage', 'change', -400_000_000, 110_400_000_001, 110_000_000_001],
      ['Fees', 'change', -1_200_000_003, 110_000_000_001, 108_799_999_998],
      ['Funding', 'change', -250_000_000, 108_799_999_998, 108_549_999_998],
      ['Liquidation fees', 'change', -725_000_000, 108_549_999_998, 107_824_999_998],
      ['Absorbed by the insurance fund', 'change', 125_000_000, 107_824_999_998, 107_949_999_998],
      ['End equity', 'level', 107_949_999_998, 107_949_999_998, 107_949_999_998],
    ]);
  });

  it('adds up to the last unit for any account, with a step for what the account does not explain', () => {
    const amount = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 }).map((sats) => (sats / 1e8).toFixed(8));
    const accounts = fc.record({
      startEquity: amount,
      endEquity: amount,
      fees: amount,
      funding: amount,
      slippage: amount,
      realizedPnl: amount,
      unrealizedPnl: amount,
      liquidations: fc.nat(),
      liquidationFees: amount,
      absorbed: amount,
    });
    fc.assert(
      fc.property(accounts, (one) => {
        const steps = waterfall(one);
        for (const [i, step] of steps.slice(1).entries()) expect(step.from).toBe(steps[i].to);
        const changes = steps.filter(({ kind }) => kind === 'change').reduce((sum, step) => sum + step.amount, 0);
        expect(parseSats(one.startEquity) + changes).toBe(parseSats(one.endEquity));
      }),
    );
  });

  it('has nothing unexplained in a run with liquidations that adds up', () => {
    const { result } = sampleRun({ seed: 6, symbols: ['AUSDT', 'BUSDT'], days: 60, intervalMinutes: 60, forced: true });
    expect(result.account.liquidations).toBe(2);
    expect(waterfall(result.account).map((step) => step.label)).not.toContain('Unexplained');
  });
});

describe('waterfallSection', () => {
  const { markup } = waterfallSection(account);

  it('draws every step with its number to the cent', () => {
    const texts = [...markup.matchAll(/<text class="level-text[^>]*>([^<]*)<\/text>/g)].map((match) => match[1]);
    expect(texts).toEqual(
      [
        ['Start equity', '1,000.00'],
        ['Gross profit, before slippage', '+104.00'],
        ['Slippage', '−4.00'],
        ['Fees', '−12.00'],
        ['Funding', '−2.50'],
        ['Liquidation fees', '−7.25'],
        ['Absorbed by the insurance fund', '+1.25'],
        ['End equity', '1,079.50'],
      ].flat(),
    );
  });

  it('tables them to the last unit, down to the net profit', () => {
    const cells = [...markup.matchAll(/<td class="number[^>]*>([^<]*)<\/td>/g)].map((match) => match[1]);
    expect(cells.slice(0, 3)).toEqual(['1,000.00000000', '104.00000001', '1,104.00000001']);
    expect(cells.slice(-2)).toEqual(['1,079.49999998', '79.49999998']);
    expect(cells).toContain('−12.00000003');
  });

  it('marks zero where the account falls to it', () => {
    const ruined = { ...account, realizedPnl: '-1089.49999998', endEquity: '-100', absorbed: '1.25000001' };
    expect(markup).not.toContain('level-zero');
    expect(waterfallSection(ruined).markup).toContain('level-zero');
  });
});
