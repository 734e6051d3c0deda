import type { RunResult } from '@orrery/core';
import { describe, expect, it } from 'vitest';
import { cautions } from '../src/sections/cautions.ts';
import { sampleRun } from './sample-run.ts';

const base = sampleRun({ seed: 11, symbols: ['BTCUSDT', 'ETHUSDT'], days: 10, intervalMinutes: 60 }).result;
const sound: RunResult = {
  ...base,
  metrics: { trades: 30, days: 90, probabilisticSharpe: 0.95, benchmarkReturn: 0.1, excessReturn: 0, openTrades: 0 },
  bounds: null,
};

describe('cautions', () => {
  it('holds nothing against a long, well-tested run', () => {
    expect(cautions(sound)).toEqual([]);
  });

  it.each([
    ['trades', 29, 'Only 29 finished trades'],
    ['days', 89, 'Only 89 days'],
    ['probabilisticSharpe', 0.9499, 'above zero is 94.99 %'],
    ['excessReturn', -0.01, 'would have returned 10.00 %'],
    ['openTrades', 3, '3 positions are still open'],
    ['openTrades', 1, 'One position is still open at the end and is valued at the last close.'],
  ])('speaks up when %s is %d', (id, value, text) => {
    const found = cautions({ ...sound, metrics: { ...sound.metrics, [id]: value } });
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(text);
  });

  it('counts gaps and symbols without funding', () => {
    const [first, second] = sound.dataset.symbols;
    const dataset = {
      ...sound.dataset,
      symbols: [
        { ...first, gaps: 2 },
        { ...second, gaps: 5, fundingRows: 0 },
      ],
    };
    expect(cautions({ ...sound, dataset })).toEqual([
      'The data have 7 gaps: nothing was decided or filled inside them.',
      'No funding rates for 1 of 2 symbols: their funding is not charged.',
    ]);
  });

  it('gives the range that ambiguous candles leave, and none when all readings agree', () => {
    const bounds = (optimistic: string): RunResult => ({ ...sound, bounds: { pessimistic: '990', heuristic: '1000', optimistic } });
    expect(cautions(bounds('1010.5'))).toEqual(['Ambiguous candles leave the end equity between 990.00 and 1,010.50 USDT.']);
    expect(cautions(bounds('10000.5'))).toEqual([
      'Ambiguous candles leave the end equity between 990.00 and 10,000.50 USDT. Whether the run gains or loses hangs on them.',
    ]);
    expect(cautions({ ...sound, bounds: { pessimistic: '1', heuristic: '1', optimistic: '1' } })).toEqual([]);
  });

  it('names the remainder of an account that does not add up, to the sat', () => {
    const account = { ...sound.account, fees: `${sound.account.fees.slice(0, -1)}${(Number(sound.account.fees.at(-1)) + 1) % 10}` };
    const [found] = cautions({ ...sound, account });
    expect(found).toMatch(/does not add up.*\(-?\d sats\).*Do not trust this result\.$/);
  });
});
