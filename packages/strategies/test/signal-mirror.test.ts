import {
  runOn,
  strategyContract,
  type ContractOptions,
  type JournalEntry,
  type Market,
  type ModelBindings,
  type StrategyDefinition,
} from '@orrery/core';
import { describe, expect, it } from 'vitest';
import { ensemble, hybrid, ict } from '../src/index.ts';
import { messagesOf, reflected, reflectedEvent, reflectedSignal, walkingMarket, withoutReturn } from './mirror.ts';

/** Answers of this model are between 0 and 1, so that it agrees with about half of the signals. */
const MODEL: ModelBindings = {
  quality: { id: 'test-0', hash: '0'.repeat(64), inputs: ['side', 'rsi(close,5)', 'zscore(close,8)'], outputs: ['probability'] },
};
/** Swings of three candles, and every signal let through that has levels: so that there is much to look at in few candles. */
const EAGER = { swingLeft: 1, swingRight: 1, cooldown: 0, minConfidence: 0, minReward: 0 };
const TIMEFRAMES = { middleTimeframe: '15m', higherTimeframe: '1h' };

const VARIANTS: readonly (readonly [string, StrategyDefinition, ContractOptions])[] = [
  ['ict', ict, {}],
  ['ict, eager', ict, { params: EAGER }],
  ['ict on three intervals', ict, { params: { ...EAGER, ...TIMEFRAMES } }],
  ['hybrid without a model', hybrid, { params: EAGER }],
  ['hybrid', hybrid, { params: EAGER, bindings: MODEL }],
  ['ensemble', ensemble, { params: { ...EAGER, voteThreshold: 0 } }],
  ['ensemble with a model', ensemble, { params: { ...EAGER, voteThreshold: 0 }, bindings: MODEL }],
];

describe('the laws of a strategy, beside contract.test.ts', () => {
  for (const [name, definition, options] of VARIANTS.filter(
    ([name]) => name.includes('three intervals') || name === 'ensemble with a model',
  )) {
    it.each([...strategyContract(definition, { markets: 3, ...options })])(`${name} keeps $name`, ({ run }) => {
      expect(run).not.toThrow();
    });
  }
});

/** The journal of a run over a walk of 1,200 candles of two symbols, and that over its mirror image. */
function both(definition: StrategyDefinition, options: ContractOptions, seed: number): readonly [Journal, Journal] {
  const market = walkingMarket(seed, 1200, 2);
  const journalOf = (one: Market): Journal => {
    const { entries, error } = runOn(definition, one, options);
    expect(error).toBeNull();
    return entries;
  };
  return [journalOf(market), journalOf(reflected(market))];
}
type Journal = readonly JournalEntry[];

describe.each(VARIANTS)('in the mirror, %s', (_, definition, options) => {
  it('raises the mirrored signals, to the last bit, longs and shorts', () => {
    const count = { long: 0, short: 0 };
    for (const seed of [1, 2, 3]) {
      const [straight, mirrored] = both(definition, options, seed).map((journal) => messagesOf(journal, 'SignalRaised'));
      expect(mirrored).toEqual(straight!.map(reflectedSignal));
      for (const { direction } of straight!) count[direction] += 1;
    }
    expect(Math.min(count.long, count.short)).toBeGreaterThan(100);
  });
});

/** What closes a position by force, and what a win rate is of, follows from signals alone here: without a breaker, and without fees. */
const UNBROKEN = { ...EAGER, breaker: 'bypass' };
const WITHOUT_MODEL: readonly (readonly [string, StrategyDefinition, ContractOptions])[] = [
  ['ict', ict, { params: { breaker: 'bypass' } }],
  ['ict, eager', ict, { params: UNBROKEN }],
  ['ict on three intervals', ict, { params: { ...UNBROKEN, ...TIMEFRAMES } }],
  ['ensemble', ensemble, { params: { ...UNBROKEN, voteThreshold: 0 } }],
];
describe.each(WITHOUT_MODEL)('in the mirror, the virtual positions of %s', (_, definition, options) => {
  it('live the mirrored lives, and die in every way', () => {
    const causes = new Set<string>();
    for (const seed of [1, 2, 3]) {
      const [straight, mirrored] = both(definition, options, seed).map((journal) => messagesOf(journal, 'VirtualPositionEvent'));
      expect(mirrored!.map(withoutReturn)).toEqual(straight!.map(reflectedEvent));
      for (const { kind } of straight!) causes.add(kind);
    }
    expect([...causes]).toEqual(expect.arrayContaining(['TAKE_PROFIT_HIT', 'STOP_LOSS_HIT', 'FORCED_CLOSE', 'NEAR_TAKE_PROFIT']));
  });
});

describe.each(VARIANTS)('%s says of each signal what became of it', (_, definition, options) => {
  it('once: rejected with one reason, or accepted with orders that were sent', () => {
    const [journal] = both(definition, options, 4);
    const ends = new Map<number, number>();
    for (const { message } of journal) {
      if (message.type === 'SignalRaised') ends.set(message.signalId, 0);
      if (message.type === 'SignalRejected' || message.type === 'SignalAccepted') {
        expect(ends.get(message.signalId)).toBe(0);
        ends.set(message.signalId, 1);
      }
    }
    expect([...ends.keys()]).toEqual(Array.from(ends, (__, k) => k + 1));
    // The last signals may still be with the model when the data ends.
    expect([...ends.values()].filter((end) => end === 0).length).toBeLessThanOrEqual(2);
    expect(ends.size).toBeGreaterThan(60);
  });
});
