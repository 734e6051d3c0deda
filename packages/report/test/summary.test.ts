import { describe, expect, it } from 'vitest';
import { renderSummary } from '../src/index.ts';
import { sampleRun } from './sample-run.ts';

const run = sampleRun({
  seed: 11,
  symbols: ['BTCUSDT', 'ETHUSDT'],
  days: 40,
  intervalMinutes: 60,
  warnings: ['No funding before\n2024-12-01.'],
});
const lines = renderSummary(run.result, run.definitions).split('\n');

describe('renderSummary', () => {
  it('says what ran', () => {
    expect(lines[0]).toBe('ema-cross  BTCUSDT, ETHUSDT  1h');
    expect(lines[1]).toBe('2024-11-18 00:00 to 2024-12-27 23:59 UTC  run sample-11');
  });

  it('aligns two columns of metrics and money', () => {
    const find = (label: string): string => lines.find((line) => line.startsWith(label)) ?? '';
    expect(find('Total return')).toMatch(/^Total return +\S+ % {3}Buy-and-hold return +\S+ %$/);
    expect(find('Total return')).toHaveLength(79);
    expect(find('Start equity, USDT')).toMatch(/^Start equity, USDT +10,000\.00 {3}End equity, USDT +[\d,.]+$/);
    expect(find('Fees')).toMatch(/^Fees +−[\d,.]+ {3}Funding +[+−][\d,.]+$/);
  });

  it('keeps a warning on one line and ends with the digest', () => {
    expect(lines).toContain('WARNING  No funding before 2024-12-01.');
    expect(lines.slice(-2)).toEqual([`digest   ${run.result.digest}`, '']);
  });

  it('shows twelve of hundreds of warnings and says how many more there are', () => {
    const warnings = Array.from({ length: 300 }, (_, k) => `warning ${k + 1}`);
    const shown = renderSummary({ ...run.result, warnings }, run.definitions)
      .split('\n')
      .filter((line) => line.startsWith('WARNING'));
    expect(shown).toHaveLength(13);
    expect(shown[11]).toBe('WARNING  warning 12');
    expect(shown[12]).toBe('WARNING  and 288 more, in the report and in result.json');
  });

  it('tells of liquidations where there are any, and only there', () => {
    const forced = sampleRun({ seed: 6, symbols: ['AUSDT', 'BUSDT'], days: 60, intervalMinutes: 60, forced: true });
    const text = renderSummary(forced.result, forced.definitions);
    expect(text).toMatch(/Liquidations +2\nLiquidation fees +−[\d.]+ {3}Absorbed by the fund +\+[\d.]+\n/);
    expect(lines.join('\n')).not.toContain('Absorbed');
  });

  it('gives the bounds with whether the sign holds', () => {
    const bounded = (pessimistic: string): string => {
      const bounds = { pessimistic, heuristic: '10010', optimistic: '10020.5' };
      return renderSummary({ ...run.result, bounds }, run.definitions);
    };
    expect(bounded('10000.01')).toContain(
      'bounds   end equity 10,000.01 to 10,020.50 USDT. The sign holds: every reading ends with a gain.\n',
    );
    expect(bounded('9999.99')).toMatch(/^bounds {3}end equity 9,999\.99 to 10,020\.50 USDT\. The sign does not hold/m);
    const same = { pessimistic: '9990', heuristic: '9990', optimistic: '9990' };
    expect(renderSummary({ ...run.result, bounds: same }, run.definitions)).toContain('bounds   end equity 9,990.00 USDT. The sign holds');
    expect(renderSummary({ ...run.result, bounds: null }, run.definitions)).not.toMatch(/^bounds/m);
  });

  it('starts with the word for synthetic data', () => {
    const synthetic = sampleRun({ seed: 1, symbols: ['A'], days: 3, synthetic: true });
    expect(renderSummary(synthetic.result, synthetic.definitions).startsWith('SYNTHETIC DATA')).toBe(true);
  });

  it('hands no control character of a name to the terminal', () => {
    const result = { ...run.result, config: { ...run.result.config, strategy: 'x\u001b[2Jy\u0007' } };
    expect(renderSummary(result, run.definitions).split('\n')[0]).toBe('x [2Jy   BTCUSDT, ETHUSDT  1h');
  });
});
