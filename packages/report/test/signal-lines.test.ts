import type { SignalSummary } from '@orrery/core';
import { describe, expect, it } from 'vitest';
import { renderSummary } from '../src/index.ts';
import { sampleRun } from './sample-run.ts';

const run = sampleRun({ seed: 11, symbols: ['BTCUSDT'], days: 5, intervalMinutes: 60 });
const SIGNALS: SignalSummary = {
  raised: { long: 1200, short: 34 },
  accepted: { long: 5, short: 6 },
  rejected: [
    { reason: 'already_open', long: 1, short: 1 },
    { reason: 'correlation', long: 0, short: 1 },
    { reason: 'denied', long: 1, short: 0 },
    { reason: 'low_confidence', long: 1000, short: 10 },
    { reason: 'low_reward', long: 2, short: 2 },
    { reason: 'outvoted', long: 1, short: 2 },
    { reason: 'too_small', long: 20, short: 10 },
  ],
  sources: [{ source: 'ict', long: 1200, short: 34 }],
  virtual: {
    events: {
      CREATED: 12,
      PRICE_UPDATED: 0,
      MAX_PNL_UPDATED: 0,
      MIN_PNL_UPDATED: 0,
      NEAR_TAKE_PROFIT: 0,
      NEAR_STOP_LOSS: 0,
      TAKE_PROFIT_HIT: 4,
      STOP_LOSS_HIT: 5,
      EXPIRED: 0,
      FORCED_CLOSE: 0,
      CLOSED: 9,
    },
    closed: { long: 4, short: 5 },
    won: { long: 3, short: 1 },
    meanReturnPercent: -0.0526,
    open: 3,
  },
  breakers: [],
  breakerChanges: 7,
  counters: {},
};
const linesOf = (signals: SignalSummary | null): readonly string[] =>
  renderSummary({ ...run.result, signals }, run.definitions)
    .split('\n')
    .filter((line) => /^(signals|rejected|virtual|breakers) /.test(line));

describe('signals in the summary', () => {
  it('are counted both ways, the most frequent reasons first, with what the mirrors earned', () => {
    expect(linesOf(SIGNALS)).toEqual([
      'signals  1,234 (1,200 long, 34 short) raised, 11 (5 long, 6 short) accepted',
      'rejected low confidence 1,010, too small 30, low reward 4, outvoted 3, already open 2, other reasons 2',
      'virtual  9 (4 long, 5 short) closed, 4 won, mean return after fees −0.053 %; 3 open at the end',
      'breakers changed 7 times',
    ]);
  });
  it('leave out what there was none of', () => {
    const quiet = { ...SIGNALS, rejected: [], breakerChanges: 0, virtual: { ...SIGNALS.virtual, meanReturnPercent: null } };
    expect(linesOf(quiet)).toEqual([
      'signals  1,234 (1,200 long, 34 short) raised, 11 (5 long, 6 short) accepted',
      'virtual  9 (4 long, 5 short) closed, 4 won; 3 open at the end',
    ]);
    expect(linesOf(null)).toEqual([]);
  });
});
