import type { SignalSummary } from '@orrery/core';
import type { SignalSample } from '@orrery/data';

/** What became of 12 made-up signals: 7 long and 5 short, 4 accepted, 7 rejected. */
export const SIGNALS: SignalSummary = {
  raised: { long: 7, short: 5 },
  accepted: { long: 3, short: 1 },
  rejected: [
    { reason: 'low_confidence', long: 1, short: 1 },
    { reason: 'graded_breaker', long: 2, short: 3 },
  ],
  sources: [
    { source: 'ict', long: 4, short: 5 },
    { source: 'trend_signal', long: 3, short: 0 },
  ],
  virtual: {
    events: {
      CREATED: 8,
      PRICE_UPDATED: 1200,
      MAX_PNL_UPDATED: 31,
      MIN_PNL_UPDATED: 29,
      NEAR_TAKE_PROFIT: 4,
      NEAR_STOP_LOSS: 5,
      TAKE_PROFIT_HIT: 2,
      STOP_LOSS_HIT: 3,
      EXPIRED: 1,
      FORCED_CLOSE: 1,
      CLOSED: 7,
    },
    closed: { long: 4, short: 3 },
    won: { long: 1, short: 2 },
    meanReturnPercent: -0.0625,
    open: 1,
  },
  breakers: [
    { time: Date.UTC(2025, 2, 3, 7, 9), symbol: null, breaker: 'graded', from: 0, to: 1, cause: 'tripped', valuePercent: 5.184 },
    { time: Date.UTC(2025, 2, 4), symbol: 'BTCUSDT', breaker: 'volatility', from: 1, to: 0, cause: 'released', valuePercent: 180 },
  ],
  breakerChanges: 3,
  counters: { virtualLooksSpared: 3675, virtual_looks: 2092 },
};

/** A closed virtual position. */
export function sampleOf(given: Partial<SignalSample>): SignalSample {
  return {
    signalId: 1,
    symbol: 'BTCUSDT',
    side: 'long',
    signalTime: 0,
    entryTime: 0,
    exitTime: 0,
    outcome: 'take_profit',
    grossReturn: 0,
    netReturn: 0,
    win: false,
    weight: 1,
    confidence: 0.5,
    parts: [],
    quality: [],
    ...given,
  };
}
