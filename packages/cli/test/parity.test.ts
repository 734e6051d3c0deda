import { SAMPLE, SAMPLE_ROOT } from '@orrery/data';
import { describe, expect, it } from 'vitest';
import { orrery } from './program.ts';

const SYMBOLS = SAMPLE.symbols.join(',');
const WORDS = ['parity', '--data', SAMPLE_ROOT, '--symbols', SYMBOLS, '--interval', '5m', '--json'];

interface Document {
  readonly schema: string;
  readonly identical: boolean;
  readonly digest: string;
  readonly decisions: number;
  readonly trades: number;
  readonly runs: readonly { readonly mode: string; readonly identical: boolean; readonly faults: Readonly<Record<string, number>> }[];
  readonly differences: readonly { readonly isVenueFact: boolean }[];
}

async function parity(...words: readonly string[]): Promise<Document> {
  const { code, stdout, stderr } = await orrery([...WORDS, ...words]);
  if (code !== 0) throw new Error(`parity ended with ${code}: ${stderr}${stdout}`);
  return JSON.parse(stdout) as Document;
}

describe('orrery parity', () => {
  it('finds the same decisions and trades on paper and live as in the backtest', async () => {
    const document = await parity('--strategy', 'ema-cross', '--candles', '400');
    expect(document).toMatchObject({ schema: 'orrery.parity/1', identical: true });
    expect(document.runs.map(({ mode, identical }) => [mode, identical])).toEqual([
      ['paper', true],
      ['live', true],
    ]);
    expect(document.trades).toBeGreaterThan(20);
    expect(document.differences.filter(({ isVenueFact }) => !isVenueFact)).toEqual([]);
  });

  it('finds them on a bad day, too: connections drop, messages are lost, doubled and reordered, answers fail', async () => {
    const document = await parity('--strategy', 'ema-cross', '--candles', '250', '--faults', 'standard', '--seed', '3');
    expect(document.identical).toBe(true);
    const [, live] = document.runs;
    expect(Object.values(live?.faults ?? {}).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(50);
  });

  it('finds them for a strategy with protected entries', async () => {
    const document = await parity('--strategy', 'donchian-breakout', '--candles', '200', '--mode', 'live');
    expect(document.identical).toBe(true);
    expect(document.decisions).toBeGreaterThan(20);
  });

  it('finds them in an isolated account at another leverage with a spread, too', async () => {
    const words = ['--margin', 'isolated', '--leverage', '10', '--half-spread-bps', '1', '--fee-tier', 'vip1', '--bnb-discount'];
    const document = await parity('--strategy', 'donchian-breakout', '--candles', '200', ...words);
    expect(document.identical).toBe(true);
    expect(document.trades).toBeGreaterThan(3);
  });

  it.each([
    [['--faults', 'thunder=1'], /--faults thunder=1: give none, standard, or kind=rate .*; kinds: /],
    [['--faults', 'drop=2'], /--faults drop=2: give none/],
    [['--faults', 'drop=0.1=2'], /--faults drop=0.1=2: give none/],
    [['--candles', '0'], /--candles 0: takes a whole number from 1/],
    [['--mode', 'demo'], /--mode demo/],
    [['--latency-ms', '1..5'], /--latency-ms 1..5: is drawn by .*; give one number/],
    [['--fine', '1m'], /fine/],
    [['--symbols', '@top2'], /--symbols/],
    [['--fills', 'bounds'], /--fills bounds: takes one of pessimistic, heuristic, optimistic$/m],
  ])('refuses %j in one line', async (words, reason) => {
    const { code, stderr } = await orrery([...WORDS, '--strategy', 'ema-cross', ...words]);
    expect([code, stderr.trim().split('\n').length]).toEqual([2, 1]);
    expect(stderr).toMatch(reason);
  });
});
