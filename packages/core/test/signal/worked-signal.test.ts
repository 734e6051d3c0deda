import { describe, expect, it } from 'vitest';
import { handSignals, quietTape, reasonsOf, type HandEvent } from './hand.ts';

/** 2025-01-01 19:00 UTC, so that the candle of row 120 closes at 05:05, between two kill zones. */
const EVENING = Date.UTC(2025, 0, 1, 19);

/**
 * The base structure on paper: lows 90 and 94, highs 100 and 112 (both rising), a break upwards at row 70, an order block 96–98 of the
 * candle of row 20 and of quality 0.8, a gap 99–101. Row 120 dips to 97, into the block, and closes at 100.
 */
const BASE: readonly HandEvent[] = [
  { row: 10, kind: 'swing', direction: -1, top: 90 },
  { row: 12, kind: 'swing', direction: 1, top: 100 },
  { row: 60, kind: 'swing', direction: -1, top: 94 },
  { row: 64, kind: 'swing', direction: 1, top: 112 },
  { row: 70, kind: 'break_of_structure', direction: 1, top: 100 },
  { row: 70, kind: 'order_block', direction: 1, top: 98, bottom: 96, origin: 20, object: 7, quality: 0.8 },
  { row: 71, kind: 'fair_value_gap', direction: 1, top: 101, bottom: 99, quality: 0.3 },
  { row: 80, kind: 'liquidity', direction: 1, top: 106, bottom: 105 },
  { row: 120, kind: 'order_block', direction: 1, top: 98, bottom: 96, origin: 20, object: 7, quality: 0.8, state: 'touched' },
];
const MIDDLE: readonly HandEvent[] = [
  { row: 30, kind: 'swing', direction: 1, top: 112 },
  { row: 33, kind: 'swing', direction: -1, top: 92 },
  { row: 48, kind: 'change_of_character', direction: 1, top: 104 },
  { row: 48, kind: 'order_block', direction: 1, top: 97.5, bottom: 95, quality: 0.5 },
  { row: 48, kind: 'order_block', direction: -1, top: 120, bottom: 95, quality: 0.5 },
];
const tape = quietTape(121, EVENING, { 108: { close: 106 }, 120: { high: 101, low: 97, close: 100, volume: 30 } });

/** Rows 70 (the break) and 120 (the touch) are signals; the second one is worked out below. */
const signals = handSignals({ tape, base: BASE, middle: MIDDLE, atr: 4, longAtr: 2 });
const signal = signals[1]!;

describe('one signal, worked by hand', () => {
  it('SIG-1: is raised by the touch of a live order block, at that row', () => {
    expect(signals.map(({ knownAt, direction }) => [knownAt, direction])).toEqual([
      [70, 1],
      [120, 1],
    ]);
    expect(signals.map(reasonsOf)).toEqual(['break_of_structure,discount,kill_zone', 'order_block,discount']);
  });

  it('SIG-2: has the parts and the confidence that follow from the paper', () => {
    const { trend_alignment, market_structure, price_position, momentum, volatility } = signal.parts;
    // Base up (1), middle up (2), higher without a break (½ of 3).
    expect(trend_alignment).toBe((1 + 2 + 1.5) / 6);
    // Highs 100 to 112 and lows 90 to 94 rise: ¼ each; the break is 50 rows old: ½ of ½.
    expect(market_structure).toBeCloseTo(0.25 + 0.25 + 0.25, 15);
    // The middle's range is 92 to 112: 12 of 20 below its high.
    expect(price_position).toBe(0.6);
    // From 106 to 100 in 12 rows: 1.5 ATRs against it, of 3 either way.
    expect(momentum).toBe(0.25);
    // ATR(14) is twice ATR(100): two thirds of the way down from 1.5 to 3 are left.
    expect(signal.volatilityRatio).toBe(2);
    expect(volatility).toBeCloseTo(2 / 3, 15);
    expect(signal.confidence).toBeCloseTo(0.4 * 0.75 + 0.2 * 0.75 + 0.2 * 0.6 + 0.1 * 0.25 + 0.1 * (2 / 3), 15);
  });

  it('SIG-3: has the qualities of its zone', () => {
    expect(signal.quality).toEqual({
      zone: 0.8,
      // The block's candle is 100 rows old.
      freshness: 0.5,
      // The candle, 97 to 101, meets the gap and the middle's bullish block besides: 2 of 3. The bearish block does not count.
      confluence: 2 / 3,
      // 12 for 5: (2.4 − 1) / 3.
      reward: expect.closeTo(1.4 / 3, 15),
      // 30 with a mean of 10 before.
      volume: 0.75,
    });
  });

  it('SIG-4: stops a quarter ATR below the block, and aims at the high, not at the equal highs that are only one risk away', () => {
    expect(signal).toMatchObject({ entry: 100, stop: 95, target: 112 });
  });
});
