import { describe, expect, it } from 'vitest';
import { handSignals, quietTape, reasonsOf, type HandEvent } from './hand.ts';

const NIGHT = Date.UTC(2025, 0, 1, 19);
const tape = quietTape(40, NIGHT, {});

/** Swings that leave room on either side of 100, where every candle is. */
const SWINGS: readonly HandEvent[] = [
  { row: 2, kind: 'swing', direction: -1, top: 94 },
  { row: 2, kind: 'swing', direction: 1, top: 106 },
];
const bullish = { kind: 'order_block', direction: 1, top: 100, bottom: 97, object: 1, quality: 0.5 } as const;
const bearish = { kind: 'order_block', direction: -1, top: 103, bottom: 100, object: 2, quality: 0.5 } as const;
const sweep = { kind: 'sweep', direction: 1, top: 99, bottom: 98 } as const;

/** Rows, directions and reasons of what is raised. */
function raised(base: readonly HandEvent[], cooldown = 0, longAtr = 4): string[] {
  return handSignals({ tape, base: [...SWINGS, ...base], cooldown, longAtr }).map(
    (signal) => `${signal.knownAt} ${signal.direction} ${reasonsOf(signal)}`,
  );
}

describe('SIG-1: what raises a candidate', () => {
  it.each([
    ['a touch', { ...bullish, state: 'touched' }, 'order_block'],
    ['a mitigation', { ...bullish, state: 'mitigated' }, 'order_block'],
    ['the other order block', { ...bullish, kind: 'extreme_order_block', state: 'touched' }, 'order_block'],
    ['a gap', { ...bullish, kind: 'fair_value_gap', state: 'touched' }, 'fair_value_gap'],
    ['a sweep', sweep, 'sweep'],
    ['a break', { kind: 'break_of_structure', direction: 1, top: 99 }, 'break_of_structure'],
    ['a change of character', { kind: 'change_of_character', direction: 1, top: 99 }, 'change_of_character'],
  ] as const)('%s', (_, event, reason) => {
    expect(raised([{ row: 20, ...event }])).toEqual([`20 1 ${reason}`]);
  });

  it('nothing else: zones that arise, break, fill or expire, levels, swings', () => {
    const quiet: HandEvent[] = [
      { row: 5, ...bullish },
      { row: 6, ...bullish, state: 'broken' },
      { row: 7, ...bearish, kind: 'fair_value_gap', state: 'filled' },
      { row: 8, ...bearish, state: 'expired' },
      { row: 9, kind: 'liquidity', direction: 1, top: 105, bottom: 104 },
      { row: 9, kind: 'liquidity', direction: 1, top: 105, bottom: 104, state: 'swept' },
      { row: 10, kind: 'previous_day', direction: 1, top: 108 },
    ];
    expect(raised(quiet)).toEqual([]);
  });

  it('a structure of a higher interval raises nothing by itself', () => {
    const middle: HandEvent[] = [{ row: 20, ...bullish, state: 'touched' }];
    expect(handSignals({ tape, base: SWINGS, middle })).toEqual([]);
  });

  it('triggers of one direction at one row are one candidate with all reasons', () => {
    const events: HandEvent[] = [
      { row: 20, ...sweep },
      { row: 20, ...bullish, state: 'touched' },
      { row: 20, kind: 'change_of_character', direction: 1, top: 99 },
    ];
    expect(raised(events)).toEqual(['20 1 order_block,sweep,change_of_character']);
  });

  it('of two directions the more confident one is raised, of equal ones none', () => {
    const both: HandEvent[] = [
      { row: 20, ...bullish, state: 'touched' },
      { row: 20, ...bearish, state: 'touched' },
    ];
    expect(raised(both)).toEqual([]);
    const up: HandEvent = { row: 10, kind: 'break_of_structure', direction: 1, top: 99 };
    expect(raised([up, ...both])).toEqual(['10 1 break_of_structure', '20 1 order_block']);
    const down: HandEvent = { row: 10, kind: 'break_of_structure', direction: -1, top: 101 };
    expect(raised([down, ...both])).toEqual(['10 -1 break_of_structure', '20 -1 order_block']);
  });

  it('within the cooldown a direction raises no other one; what is dropped does not prolong it, and the other direction is free', () => {
    const touches = [10, 14, 20, 22].map((row): HandEvent => ({ row, ...bullish, state: 'touched' }));
    expect(raised(touches, 10)).toEqual(['10 1 order_block', '20 1 order_block']);
    expect(raised(touches, 0)).toHaveLength(4);
    expect(raised([...touches.slice(0, 2), { row: 15, ...bearish, state: 'touched' }], 10)).toEqual([
      '10 1 order_block',
      '15 -1 order_block',
    ]);
  });

  it('a more confident candidate that is dropped for its cooldown still stands against the other direction', () => {
    const events: HandEvent[] = [
      { row: 10, kind: 'break_of_structure', direction: 1, top: 99 },
      { row: 12, ...bullish, state: 'touched' },
      { row: 12, ...bearish, state: 'touched' },
    ];
    expect(raised(events, 10)).toEqual(['10 1 break_of_structure']);
  });
});

describe('further reasons', () => {
  it("the higher interval's bias, the cheap side of the range, and a kill zone", () => {
    const noon = quietTape(40, Date.UTC(2025, 0, 1, 10), {});
    const base: HandEvent[] = [
      { row: 2, kind: 'swing', direction: -1, top: 98 },
      { row: 2, kind: 'swing', direction: 1, top: 106 },
      { row: 20, ...bullish, state: 'touched' },
    ];
    const higher: HandEvent[] = [{ row: 5, kind: 'change_of_character', direction: 1, top: 99 }];
    // Row 20 closes at 11:45, in New York's.
    expect(handSignals({ tape: noon, base, higher }).map(reasonsOf)).toEqual(['order_block,higher_timeframe_trend,discount,kill_zone']);
  });
});

describe('SIG-2: before ATR(100) is there nothing is raised', () => {
  it('by any trigger', () => expect(raised([{ row: 20, ...bullish, state: 'touched' }], 0, NaN)).toEqual([]));
});

describe('SIG-3: the best trigger', () => {
  it('gives zone, freshness and stop, in whatever order the triggers come', () => {
    const events: HandEvent[] = [
      // 0.9 · 2^(−100/100) is less than 0.5 of a new one.
      { row: 120, ...bullish, bottom: 95, origin: 20, quality: 0.9, state: 'touched' },
      { row: 120, ...bullish, bottom: 97, origin: 120, quality: 0.5, object: 3, state: 'touched' },
    ];
    for (const order of [events, events.toReversed()]) {
      const [signal] = handSignals({ tape: quietTape(121, NIGHT, {}), base: [...SWINGS, ...order] });
      expect(signal).toMatchObject({ stop: 96, quality: { zone: 0.5, freshness: 1 } });
    }
  });

  it('of a sweep is as good as the close has come away from the level, in ATRs', () => {
    // From 99 to 100 with an ATR of 4; the stop is a quarter of one below the wick at 98.
    const [signal] = handSignals({ tape, base: [...SWINGS, { row: 20, ...sweep }] });
    expect(signal).toMatchObject({ stop: 97, quality: { zone: 0.25, freshness: 1, confluence: 0 } });
  });

  it('counts other triggers as confluence, and a block that is both kinds of order block once', () => {
    const block: HandEvent = { row: 10, ...bullish };
    const twin: HandEvent = { row: 10, ...bullish, kind: 'extreme_order_block', object: 3 };
    const touches: HandEvent[] = [
      { ...block, row: 20, state: 'touched' },
      { ...twin, row: 20, state: 'touched' },
      { row: 20, ...sweep },
    ];
    const [signal] = handSignals({ tape, base: [...SWINGS, block, twin, ...touches] });
    expect(signal!.quality.confluence).toBe(1 / 3);
  });
});
