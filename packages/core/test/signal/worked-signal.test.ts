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

describe('one signal, worked by hand', () => {
  const signals = handSignals({ tape, base: BASE, middle: MIDDLE, atr: 4, longAtr: 2 });
  const [signal] = signals;

  it('SIG-1: a touch of the live order block raises it, at that row and at no other', () => {
    expect(signals.map(({ knownAt, direction }) => [knownAt, direction])).toEqual([
      [70, 1],
      [120, 1],
    ]);
  });
});
