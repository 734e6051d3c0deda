import { filtered, strategyContract, type ContractOptions, type ModelBindings } from '@orrery/core';
import { describe, expect, it } from 'vitest';
import {
  bollingerReversion,
  donchianBreakout,
  emaCross,
  emaCrossFiltered,
  ensemble,
  findStrategy,
  hybrid,
  ict,
  STRATEGIES,
} from '../src/index.ts';

/** A model that agrees with about half of the signals, whatever they are: the contract's own answers are between 0 and 1. */
const MODELS: ModelBindings = {
  filter: { id: 'test-0', hash: '0'.repeat(64), inputs: ['side', 'rsi(close,5)', 'zscore(close,8)'], outputs: ['probability'] },
};
const QUALITY: ModelBindings = { quality: { ...MODELS['filter']!, id: 'test-1' } };
/** Small swings and no cooldown, so that a few hundred candles hold many signals, and nothing else that keeps them from being entered. */
const BUSY = { swingLeft: 1, swingRight: 1, cooldown: 0, minReward: 0, minConfidence: 0 };
const VARIANTS: readonly (readonly [string, (typeof STRATEGIES)[number], ContractOptions])[] = [
  ['ema-cross', emaCross, {}],
  ['ema-cross, short lengths', emaCross, { params: { fast: 2, slow: 3 } }],
  ['donchian-breakout', donchianBreakout, {}],
  ['donchian-breakout, short channels and a target', donchianBreakout, { params: { entry: 2, exit: 1, range: 1, target: 1 } }],
  ['donchian-breakout, short side', donchianBreakout, { params: { direction: 'short' } }],
  ['donchian-breakout, stops beyond a price of 0', donchianBreakout, { params: { stop: 50 } }],
  ['bollinger-reversion', bollingerReversion, {}],
  ['bollinger-reversion, tight band', bollingerReversion, { params: { length: 3, deviations: 0.5, stop: 0.3 } }],
  ['ema-cross-filtered', emaCrossFiltered, { bindings: MODELS }],
  ['ema-cross-filtered, short lengths', emaCrossFiltered, { bindings: MODELS, params: { fast: 2, slow: 3, threshold: 0.7 } }],
  ['ema-cross-filtered, a model that always agrees', emaCrossFiltered, { bindings: MODELS, predict: () => [1] }],
  ['filtered brackets', filtered(donchianBreakout), { bindings: MODELS, params: { entry: 2, exit: 1, range: 1, target: 1 } }],
  ['filtered reversion', filtered(bollingerReversion), { bindings: MODELS, params: { length: 3, deviations: 0.5, stop: 0.3 } }],
  ['bollinger-reversion, trend of an hour', bollingerReversion, { params: { trend: '1h', trendLength: 5, deviations: 1 } }],
  ['ict', ict, { params: BUSY }],
  ['ict, without a limit of risk', ict, { params: { ...BUSY, breaker: 'bypass', maxExposure: 150, maxCorrelation: 1, expiryHours: 0.5 } }],
  ['hybrid without its model', hybrid, { params: BUSY }],
  ['hybrid', hybrid, { bindings: QUALITY, params: { ...BUSY, maxExposure: 150 } }],
  ['hybrid, a model that always agrees', hybrid, { bindings: QUALITY, predict: () => [1], params: { ...BUSY, maxExposure: 150 } }],
  ['ensemble', ensemble, { params: { ...BUSY, voteThreshold: 0 } }],
];

for (const [name, definition, options] of VARIANTS) {
  describe(`${name} keeps the laws`, () => {
    it.each([...strategyContract(definition, options)])('$name', ({ run }) => {
      expect(run).not.toThrow();
    });
  });
}

describe('the list of strategies', () => {
  it('finds each by its id, and nothing else', () => {
    expect(STRATEGIES.map((strategy) => strategy.id)).toEqual([
      'ema-cross',
      'donchian-breakout',
      'bollinger-reversion',
      'ema-cross-filtered',
      'ict',
      'hybrid',
      'ensemble',
    ]);
    for (const strategy of STRATEGIES) expect(findStrategy(strategy.id)).toBe(strategy);
    expect(findStrategy('ema')).toBe(undefined);
  });
  it('describes each in a sentence', () => {
    for (const { description } of STRATEGIES) expect(description).toMatch(/^[A-Z].{20,}\.$/);
  });
});
