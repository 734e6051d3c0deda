import { describe, expect, it } from 'vitest';
import type { InstrumentId, Ticks } from '../../../src/index.ts';
import type { SignalDraft } from '../../../src/strategy/signal/signal-source.ts';
import { Vote } from '../../../src/strategy/signal/vote.ts';

const draft = (direction: 1 | -1, confidence: number, instrument = 0): SignalDraft => ({
  instrument: instrument as InstrumentId,
  source: 'one',
  direction,
  entry: 100 as Ticks,
  stop: (100 - 10 * direction) as Ticks,
  target: (100 + 20 * direction) as Ticks,
  confidence,
  parts: [],
  quality: [],
  reasonBits: 1,
  volatilityRatio: 1,
});

describe('SIG-8: the votes of an ensemble', () => {
  it('weighs one voice against all that could speak', () => {
    // Weights 2, 1, 1: the first says long with 0.6. Support 2 · 0.6 = 1.2 of 4.
    const outcome = new Vote('ensemble', [2, 1, 1], 5, 1).cast([draft(1, 0.6), null, null], 1);
    expect(outcome?.vote).toBeCloseTo(0.3, 12);
    expect(outcome?.draft.confidence).toBeCloseTo(0.6, 12);
    expect(outcome?.draft).toMatchObject({ source: 'ensemble', direction: 1, reasonBits: 1 | (1 << 8) });
  });

  it('adds opinions that are still fresh, and takes the levels of the strongest of this candle', () => {
    const vote = new Vote('ensemble', [2, 1, 1], 5, 1);
    vote.cast([null, draft(1, 0.8), null], 1);
    // At frame 6 the second's opinion is 5 frames old and still counts: support 2 · 0.5 + 1 · 0.8 = 1.8 of 4.
    const outcome = vote.cast([draft(1, 0.5), null, null], 6);
    expect(outcome?.vote).toBeCloseTo(0.45, 12);
    // Mean confidence of those that agree, by weight: 1.8 / 3.
    expect(outcome?.draft.confidence).toBeCloseTo(0.6, 12);
  });

  it('forgets an opinion after its memory', () => {
    const vote = new Vote('ensemble', [2, 1, 1], 5, 1);
    vote.cast([null, draft(1, 0.8), null], 1);
    expect(vote.cast([draft(1, 0.5), null, null], 7)?.vote).toBeCloseTo(0.25, 12);
  });

  it('takes opposition off, from the vote and from the confidence', () => {
    const vote = new Vote('ensemble', [1, 1], 5, 1);
    vote.cast([null, draft(-1, 0.2)], 1);
    // Support 0.6, opposition 0.2, of 2: vote 0.2; confidence 0.6 · 0.6 / 0.8.
    const outcome = vote.cast([draft(1, 0.6), null], 2);
    expect(outcome?.vote).toBeCloseTo(0.2, 12);
    expect(outcome?.draft.confidence).toBeCloseTo(0.45, 12);
  });

  it('says nothing where two of equal strength disagree, and is its own mirror', () => {
    const tied = new Vote('ensemble', [1, 1], 5, 1).cast([draft(1, 0.6), draft(-1, 0.6)], 1);
    expect(tied).toBeNull();
    const [long, short] = ([1, -1] as const).map((d) => {
      const vote = new Vote('ensemble', [3, 2], 5, 1);
      vote.cast([null, draft(-d as 1 | -1, 0.4)], 1);
      return vote.cast([draft(d, 0.7), null], 2);
    });
    expect(short?.vote).toBe(long?.vote);
    expect(short?.draft.confidence).toBe(long?.draft.confidence);
    expect([long?.draft.direction, short?.draft.direction]).toEqual([1, -1]);
  });

  it('keeps instruments apart', () => {
    const vote = new Vote('ensemble', [1, 1], 5, 2);
    vote.cast([null, draft(1, 0.9, 1)], 1);
    expect(vote.cast([draft(1, 0.6), null], 1)?.vote).toBeCloseTo(0.3, 12);
  });
});
