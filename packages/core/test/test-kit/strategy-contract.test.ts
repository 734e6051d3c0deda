import { describe, expect, it } from 'vitest';
import { strategyContract, type ContractOptions, type Law, type Market, type Strategy, type StrategyDefinition } from '../../src/index.ts';
import * as planted from './planted.ts';

type Tested = Strategy<unknown> | StrategyDefinition | ((market: Market) => Strategy<unknown>);

/** The engine hands states back as they came, so for tests their types do not matter. */
const plain = <S>(strategy: Strategy<S>): Strategy<unknown> => strategy as unknown as Strategy<unknown>;

function law(subject: Tested, word: string, options: ContractOptions = {}): Law {
  const laws = strategyContract(subject, options);
  const found = laws.find(({ name }) => name.startsWith(word));
  if (found === undefined) throw new Error(`no law ${word}; there is ${laws.map(({ name }) => name).join(', ')}`);
  return found;
}
function brokenLaws(subject: Tested, options: ContractOptions = {}): readonly string[] {
  return strategyContract(subject, options).flatMap(({ name, run }) => {
    try {
      run();
      return [];
    } catch {
      return [name.split(':')[0]];
    }
  });
}

describe('a planted bug is caught by the law that it breaks', () => {
  const cases: readonly (readonly [string, Strategy<unknown>])[] = [
    ['causality', plain(planted.peeksAtNextClose)],
    ['block invariance', plain(planted.peeksAtNextFeature)],
    ['determinism', plain(planted.capturesTheTape())],
    ['determinism', plain(planted.countsOutsideState())],
    ['determinism', plain(planted.sharesItsState())],
    ['determinism', plain(planted.feelsAnotherRun())],
    ['finite commands', plain(planted.targetsNaN)],
    ['finite commands', plain(planted.ordersNaN)],
    ['repeated facts', plain(planted.doublesOnFill)],
    ['relabelling', plain(planted.favoursTheFirst)],
    ['survival', plain(planted.throwsOnIdleCandles)],
    ['conservation', plain(planted.changesTheInstrument)],
    ['survival', plain(planted.writesToTheView)],
  ];
  it.each(cases)('%s', (name, subject) => {
    expect(law(subject, name).run).toThrow(`strategy ${subject.id} breaks the law of ${name}`);
  });

  // A bug that lives in one place breaks one law: the report then points at it.
  it('and by no other, where it breaks no other', () => {
    expect(brokenLaws(plain(planted.peeksAtNextClose))).toEqual(['causality']);
    expect(brokenLaws(plain(planted.ordersNaN))).toEqual(['finite commands']);
    expect(brokenLaws(plain(planted.doublesOnFill))).toEqual(['repeated facts']);
    expect(brokenLaws(plain(planted.favoursTheFirst))).toEqual(['relabelling']);
    expect(brokenLaws(plain(planted.throwsOnIdleCandles))).toEqual(['survival']);
  });
});

describe('an honest strategy passes', () => {
  it.each([
    ['written for the engine', plain(planted.honest)],
    ['written in the comfortable form', planted.comfortable],
    ['that asks a model and acts on the answer', plain(planted.asksAModel)],
    ['that reads a model output as a column', plain(planted.readsAModel)],
  ])('%s', (_, subject) => {
    expect(brokenLaws(subject)).toEqual([]);
  });
  it('that counts reports by design, when it says so', () => {
    expect(brokenLaws(plain(planted.doublesOnFill), { repeatsFacts: false })).toEqual([]);
  });
});

describe('LAW-1: reports in odd orders', () => {
  it('break a strategy that counts on their order, and no other law sees it', () => {
    expect(brokenLaws(plain(planted.expectsAcceptanceFirst))).toEqual(['odd orders']);
    expect(law(plain(planted.expectsAcceptanceFirst), 'odd').run).toThrow(
      'where report 1 comes 1 candle late: strategy expects-acceptance-first, AAAUSDT, candle closing at',
    );
  });
  // Half of the reports are late, split, swapped or repeated in these runs.
  it('ORD-11: leave the account and the book of a strategy that trades all the time as the reports say', () => {
    expect(law(planted.comfortable, 'odd', { markets: 20, seed: 100 }).run).not.toThrow();
  });
});

describe('LAW-2: a model that fails', () => {
  it('leaves a position without the exit that waited for its answer', () => {
    expect(brokenLaws(plain(planted.entersBeforeTheAnswer))).toEqual(['model failure']);
    expect(law(plain(planted.entersBeforeTheAnswer), 'model').run).toThrow(
      'where every request fails: the position of AAAUSDT has no exit order; with a model that answers it always has one',
    );
  });
  it('ends the run of a strategy that takes every answer for a share', () => {
    expect(brokenLaws(plain(planted.trustsTheAnswer))).toEqual(['model failure']);
    expect(law(plain(planted.trustsTheAnswer), 'model').run).toThrow(/where every request is answered with NaN: .* target\(NaN\)/);
  });
  it('is no matter for a strategy without models', () => {
    expect(strategyContract(planted.comfortable).map(({ name }) => name.split(':')[0])).not.toContain('model failure');
  });
});

describe('LAW-3: candles that a strategy is given by another way', () => {
  it('are cut off and poisoned as well, so that a look ahead in them is found', () => {
    expect(brokenLaws(planted.knowsAllCandles as Tested)).toEqual(['causality']);
  });
  it('may be read as far as they have closed', () => {
    expect(brokenLaws(planted.rereadsPastCandles as Tested)).toEqual([]);
  });
});

describe('the report of a broken law', () => {
  const report = (subject: Strategy<unknown>, name: string, options: ContractOptions = {}): string => {
    try {
      law(subject, name, options).run();
    } catch (error) {
      return (error as Error).message;
    }
    return '';
  };
  it('names the law, the seed, the candles and the first differing entry', () => {
    const text = report(plain(planted.peeksAtNextClose), 'causality', { seed: 41 });
    expect(text).toContain('breaks the law of causality');
    expect(text).toContain('smallest market found (seed 41)');
    expect(text).toMatch(/journal entry \d+ differs/);
    expect(text).toMatch(/whole market: \{"seq":/);
    expect(text).toMatch(/close time, ms\s+symbol\s+open\s+high\s+low\s+close\s+volume/);
  });
  // Two candles are all that a look at the next one needs, one candle without trades all that this exception needs.
  it('shows a market small enough to read', () => {
    const candles = (text: string): number => text.split('\n').filter((line) => /^\s+\d{13}\s/.test(line)).length;
    expect(candles(report(plain(planted.throwsOnIdleCandles), 'survival'))).toBe(1);
    expect(candles(report(plain(planted.peeksAtNextClose), 'causality'))).toBeLessThanOrEqual(4);
    expect(report(plain(planted.peeksAtNextClose), 'causality')).not.toContain('candles before these');
  });
  it('is the same every time', () => {
    expect(report(plain(planted.peeksAtNextClose), 'causality')).toBe(report(plain(planted.peeksAtNextClose), 'causality'));
  });
});

describe('the contract', () => {
  it('leaves relabelling out for a strategy that looks across symbols', () => {
    const names = strategyContract({ ...planted.favoursTheFirst, scope: 'portfolio' }).map(({ name }) => name.split(':')[0]);
    expect(names).not.toContain('relabelling');
    expect(names).toHaveLength(10);
  });
  it('refuses parameters that the definition does not take', () => {
    expect(() => strategyContract(planted.comfortable, { params: { speed: 1 } })).toThrow('no parameter "speed"');
  });
});
