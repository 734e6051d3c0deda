import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { InstrumentId, RateE8, Ticks } from '../../../src/index.ts';
import { modelRefusal, recalibrated, signalRefusal, toE8 } from '../../../src/strategy/signal/signal-filter.ts';
import type { SignalDraft } from '../../../src/strategy/signal/signal-source.ts';

const LIMITS = { minConfidence: 0.35, minQuality: 0.4, minReward: 1.5 };
const draft = (confidence: number, quality: number, target = 120): SignalDraft => ({
  instrument: 0 as InstrumentId,
  source: 'one',
  direction: 1,
  entry: 100 as Ticks,
  stop: 90 as Ticks,
  target: target as Ticks,
  confidence,
  parts: [],
  quality: [quality, quality],
  reasonBits: 1,
  volatilityRatio: 1,
});

describe('SIG-5: limits of the signal itself', () => {
  it.each([
    ['is good', draft(0.36, 0.4), null],
    [
      'is at the least confidence, which is not above it',
      draft(0.35, 0.4),
      { reason: 'low_confidence', value: 35_000_000, limit: 35_000_000 },
    ],
    ['has no number for a confidence', draft(NaN, 0.4), { reason: 'low_confidence', value: 0, limit: 35_000_000 }],
    ['has too little quality', draft(0.5, 0.39), { reason: 'low_quality', value: 39_000_000, limit: 40_000_000 }],
    ['has its target as near as its stop', draft(0.5, 0.5, 110), { reason: 'low_reward', value: 100_000_000, limit: 150_000_000 }],
    ['fails two, and the first is told', draft(0.1, 0.1, 101), { reason: 'low_confidence', value: 10_000_000, limit: 35_000_000 }],
  ])('a signal that %s', (_, signal, refusal) => {
    expect(signalRefusal(signal, LIMITS, 0 as RateE8)).toEqual(refusal);
  });

  it('SIG-5: the reward is what is left after fees, over the risk with them', () => {
    // 0.5 % of 100 + 120 is 1.1, of 100 + 90 is 0.95: (20 − 1.1) / (10 + 0.95).
    const limits = { ...LIMITS, minReward: 1.8 };
    expect(signalRefusal(draft(0.5, 0.5), limits, 500_000 as RateE8)).toEqual({
      reason: 'low_reward',
      value: Math.round((18.9 / 10.95) * 1e8),
      limit: 180_000_000,
    });
    expect(signalRefusal(draft(0.5, 0.5), limits, 0 as RateE8)).toBeNull();
  });
});

describe('SIG-9: what a model says of a signal', () => {
  const limits = { threshold: 0.5, weight: 0.5, minConfidence: 0.35 };
  it.each([
    ['agrees', 0.6, 0.5, null],
    ['is just below its threshold', 0.6, 0.499, { reason: 'low_model_probability', value: 49_900_000, limit: 50_000_000 }],
    ['gave no number', 0.6, NaN, { reason: 'model_failed', value: null, limit: null }],
    ['gave no probability', 0.6, 1.5, { reason: 'model_failed', value: null, limit: null }],
    ['agrees, and what is left is too little', 0.1, 0.6, { reason: 'low_recalibrated_confidence', value: 35_000_000, limit: 35_000_000 }],
  ])('a model that %s', (_, confidence, probability, refusal) => {
    expect(modelRefusal(confidence, probability, limits)).toEqual(refusal);
  });

  it('recalibrates to (1 − w) · confidence + w · probability', () => {
    expect(recalibrated(0.4, 0.8, 0.25)).toBeCloseTo(0.5, 12);
  });

  it('SIG-9: whatever is said, a signal passes only with a probability from the threshold to 1', () => {
    fc.assert(
      fc.property(fc.double(), fc.double({ min: 0, max: 1, noNaN: true }), (probability, confidence) => {
        if (modelRefusal(confidence, probability, limits) === null) expect(probability >= 0.5 && probability <= 1).toBe(true);
      }),
    );
  });
});

describe('a measure in the journal', () => {
  it.each([
    [0.35, 35_000_000],
    [0, 0],
    [-0.2, 0],
    [NaN, 0],
    [Infinity, 0],
  ])('%s is %s', (value, e8) => {
    expect(toE8(value)).toBe(e8);
  });
});
