import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { checkInvariant, markets, sample, strategyContract, type Market, type StrategyDefinition } from '@orrery/core';
import { describe, expect, it } from 'vitest';
import emaCross from '../../../examples/ema-cross.ts';
import { patience } from '../../../examples/own-invariants.ts';
import doubles from '../../../examples/planted/doubles-on-a-repeated-fill.ts';
import knowsAll from '../../../examples/planted/knows-all-candles.ts';
import moves from '../../../examples/planted/moves-the-candle.ts';
import { Drawn } from '../../../examples/with-fast-check.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const read = (file: string): string => readFileSync(`${root}${file}`, 'utf8');

type Tested = StrategyDefinition | ((market: Market) => StrategyDefinition);
const thrownBy = (act: () => void): string | null => {
  try {
    act();
  } catch (error) {
    return (error as Error).message;
  }
  return null;
};
/** What each broken law throws, by the law's short name. */
const broken = (tested: Tested): Readonly<Record<string, string>> =>
  Object.fromEntries(
    strategyContract(tested).flatMap(({ name, run }) => {
      const text = thrownBy(run);
      return text === null ? [] : [[name.split(':')[0]!, text]];
    }),
  );
/** The table under a message: from its header on. */
const tableOf = (text: string | undefined): readonly string[] =>
  (text ?? '').split('\n').filter((line) => /^ {4,}(?:close time|\d)/.test(line));

const HEADER = '    close time, ms   symbol    open    high     low   close  volume  position  candle  what happened';

describe('the planted bugs', () => {
  it('are all here', () => {
    expect(readdirSync(`${root}examples/planted`).filter((file) => file.endsWith('.ts'))).toEqual([
      'doubles-on-a-repeated-fill.ts',
      'knows-all-candles.ts',
      'moves-the-candle.ts',
    ]);
  });
  it('moves-the-candle: the view does not let itself be moved, so that the look ahead is an exception on the first candle', () => {
    const { survival } = broken(moves);
    expect(survival).toContain('Cannot set property row of #<CandleView> which has only a getter');
    expect(tableOf(survival)).toEqual([
      '    close time, ms   symbol    open    high     low   close  volume  position  candle  what happened',
      '     1699833899999  AAAUSDT  4000.0  4000.0  4000.0  4000.0       1            flat',
    ]);
  });
  it('knows-all-candles: causality, shown by two candles', () => {
    const found = broken(knowsAll);
    expect(Object.keys(found)).toEqual(['causality']);
    expect(tableOf(found['causality'])).toEqual([
      HEADER,
      '     1699833899999  AAAUSDT  3800.0  3800.0  3800.0  3800.0       1            flat    sends #1 buy 2.631',
      '     1699834199999  AAAUSDT  4000.0  4000.0  4000.0  4000.0       1     2.631  flat    #1 bought 2.631 at 4000.0; sends #2 sell 5.129',
    ]);
  });
  it('doubles-on-a-repeated-fill: repeated facts, shown by one fill that is heard of twice', () => {
    const found = broken(doubles);
    expect(Object.keys(found)).toEqual(['repeated facts']);
    expect(tableOf(found['repeated facts'])).toEqual([
      HEADER,
      '     1699833899999  AAAUSDT  4000.0  4000.0  4000.0  4000.0       1            flat    sends #1 buy 0.625',
      '     1699834199999  AAAUSDT  4000.0  4000.0  4000.0  4000.0       1     0.625  flat    #1 bought 0.625 at 4000.0; sends #2 buy 0.624',
    ]);
  });
});

describe('the other examples of tests', () => {
  it('property-test.ts passes', async () => {
    expect(Object.keys(await import('../../../examples/property-test.ts'))).toEqual([]);
  });
  it('own-invariants.ts: the last of them does not hold for a strategy that turns with every crossing', () => {
    const text = thrownBy(() => checkInvariant(emaCross, patience, { params: { fast: 2, slow: 3 } })) ?? '';
    expect(text).toContain('what happened: order 2 came too early');
    expect(tableOf(text)).toHaveLength(5);
    expect(tableOf(text).at(-1)).toMatch(/sends #2 buy \d+\.\d{3} << broken here$/);
  });
  it('with-fast-check.ts: fast-check draws the markets of the test kit and shrinks them', () => {
    const drawn = new Drawn(markets());
    const market = sample(markets(), 4);
    expect(drawn.shrink(market).getNthOrLast(0)?.value).toEqual([...markets().shrink(market)][0]);
    expect(drawn.canShrinkWithoutContext(market)).toBe(true);
  });
});

describe('docs/invariants.md', () => {
  const text = read('docs/invariants.md');
  it.each([
    ['causality', () => broken(knowsAll)['causality']],
    ['repeated facts', () => broken(doubles)['repeated facts']],
    ['own', () => thrownBy(() => checkInvariant(emaCross, patience, { params: { fast: 2, slow: 3 } }))],
  ])('quotes what %s really says', (name, make) => {
    const [, quoted = ''] = new RegExp(`<!-- case: ${name} -->\\n+\`\`\`text\\n([\\s\\S]*?)\`\`\``).exec(text) ?? [];
    const said = (make() ?? '').split('\n');
    const lines = quoted.trimEnd().split('\n');
    expect(lines).toHaveLength(said.length);
    for (const [k, line] of lines.entries()) {
      // Journal entries are long: the page shows how they begin.
      if (line.endsWith(' …')) expect(said[k]!.startsWith(line.slice(0, -2))).toBe(true);
      else expect(line).toBe(said[k]);
    }
  });
  it('names every law, and quotes the planted bugs as they are', () => {
    for (const { name } of strategyContract(emaCross)) expect(text).toMatch(new RegExp(`\\| ${name.split(':')[0]!} +\\|`));
    for (const file of ['doubles-on-a-repeated-fill', 'knows-all-candles']) {
      expect(text).toContain(`\`\`\`ts\n${read(`examples/planted/${file}.ts`)}\`\`\``);
    }
  });
});
