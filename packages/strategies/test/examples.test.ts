import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { strategyContract } from '@orrery/core';
import { describe, expect, it } from 'vitest';
import bracket from '../../../examples/bracket.ts';
import emaCross from '../../../examples/ema-cross.ts';
import multiTimeframe from '../../../examples/multi-timeframe.ts';
import { replay, triggersOf, type Candle } from './replay.ts';

const folder = fileURLToPath(new URL('../../../examples/', import.meta.url));
const EXAMPLES = [
  ['bracket.ts', bracket],
  ['ema-cross.ts', emaCross],
  ['multi-timeframe.ts', multiTimeframe],
] as const;

/** Tried in invariant-examples.test.ts. */
const TESTS_OF_STRATEGIES = ['own-invariants.ts', 'property-test.ts', 'with-fast-check.ts'];

const flat = (price: number): Candle => [price, price, price, price];
const times = (count: number, candle: Candle): readonly Candle[] => Array.from({ length: count }, () => candle);

describe('the examples', () => {
  it('are all tested here, and each is named in their README', () => {
    const files = readdirSync(folder).filter((file) => file.endsWith('.ts'));
    expect(files.sort()).toEqual([...EXAMPLES.map(([file]) => file), ...TESTS_OF_STRATEGIES].sort());
    const readme = readFileSync(`${folder}README.md`, 'utf8');
    for (const file of files) expect(readme).toContain(`[${file}](${file})`);
  });
  it.each(EXAMPLES)('%s fits on a screen', (file) => {
    expect(readFileSync(`${folder}${file}`, 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(25);
  });
  for (const [file, example] of EXAMPLES) {
    describe(`${file} keeps the laws`, () => {
      it.each([...strategyContract(example, { markets: 3 })])('$name', ({ run }) => {
        expect(run).not.toThrow();
      });
    });
  }
});

describe('what the examples do', () => {
  it('ema-cross: short at equal averages, long once the fast one is above', () => {
    // 26 equal closes give the slow average its first value at row 25; 10,000 / 100 = 100,000 lots.
    const { fills } = replay(emaCross, {}, [...times(26, flat(100)), flat(100), [100, 110, 100, 110], flat(110)]);
    // Short at row 26. At the close at 110 the equity is 9,000: 9,000 / 110 = 81.818… = 81,818 lots long.
    expect(fills).toEqual(['26 sell market 100000@100', '28 buy market 181818@110']);
  });
  it('bracket: half of the account, stop two and target three ranges away', () => {
    // Each candle spans 10 and closes at 100; the average range is 10 until the last, whose true range is 110 − 95 = 15:
    // (13 × 10 + 15) / 14 = 10.357…; stop 110 − 20.71 = 89.29 → 89, target 110 + 31.07 = 141.07 → 141; 5,000 / 110 → 45,454 lots.
    const run = replay(bracket, {}, [...times(20, [100, 105, 95, 100]), [100, 110, 95, 110], [111, 145, 105, 144], flat(90)]);
    expect(triggersOf(run).slice(0, 2)).toEqual(['20 stop_market sell 89', '20 take_profit_market sell 141']);
    expect(run.fills.slice(0, 2)).toEqual(['21 buy market 45454@111', '21 sell take_profit_market 45454@141']);
  });
  it('multi-timeframe: buys weakness above the average of hours, sells strength', () => {
    // 20 hours at 100, then 5 at 200, put the hourly average at 100 + 100 × (1 − (19/21)⁵) = 139.4. The rise has faded to an average gain
    // of 0.09 when the fall begins: a loss of 2 leaves a strength of 37, one of 8 more takes it to 11. So the close at 190 buys:
    // 10,000 / 190 → 52,631 lots, at the next open.
    const fall = [198, 190, 180, 170, 160, 150].map(flat);
    const { fills } = replay(multiTimeframe, {}, [...times(20 * 12, flat(100)), ...times(60, flat(200)), ...fall]);
    expect(fills).toEqual(['302 buy market 52631@180']);
  });
});
