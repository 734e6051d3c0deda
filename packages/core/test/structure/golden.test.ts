import { describe, expect, it } from 'vitest';
import {
  BOTTOM,
  DIRECTION,
  drawnStructures,
  KIND,
  KNOWN_AT,
  ORIGIN,
  QUALITY,
  SESSIONS,
  STATE,
  STRUCTURE_KINDS,
  STRUCTURE_STATES,
  structure,
  TOP,
} from '../../src/index.ts';
import { eventsOf, logOf } from './candles.ts';
import { drawnTape } from './drawn-market.ts';

/** Everything but levels: row at which it is known, what it is, prices, row that it is drawn from, and its state. */
const STRUCTURES = `
 6 swing high 110 from 4: created
10 swing low 98 from 8: created
14 swing high 110 from 4: superseded
14 swing high 110 from 12: created
14 equal highs 110 from 4: created
18 swing low 98 from 8: superseded
18 swing low 100 from 16: created
19 swing high 110 from 12: swept
19 equal highs 110 from 4: swept
19 bullish fair_value_gap 105-107 from 17: created
19 bearish sweep 110-111 from 4: created
20 bullish fair_value_gap 105-107 from 17: mitigated
21 swing high 110 from 12: superseded
21 bullish fair_value_gap 105-107 from 17: filled
21 swing high 111 from 19: created
24 swing low 100 from 16: superseded
24 swing low 103 from 22: created
26 swing high 111 from 19: broken
26 bullish break_of_structure 111 from 19: created
26 bullish order_block 105-109 from 24: created
26 bullish extreme_order_block 103-107 from 22: created
26 bullish fair_value_gap 109-111 from 24: created
27 bullish fair_value_gap 110-115 from 25: created
29 bullish fair_value_gap 110-115 from 25: touched
30 bullish fair_value_gap 110-115 from 25: mitigated
30 swing high 120 from 28: created
31 bullish fair_value_gap 109-111 from 24: mitigated
31 bullish fair_value_gap 110-115 from 25: filled
32 bullish order_block 105-109 from 24: touched
32 bullish fair_value_gap 109-111 from 24: broken
33 bullish order_block 105-109 from 24: mitigated
33 bullish extreme_order_block 103-107 from 22: touched
35 swing low 103 from 22: superseded
35 swing low 106 from 33: created
39 bullish order_block 105-109 from 24: broken
39 bullish extreme_order_block 103-107 from 22: mitigated
39 swing high 120 from 28: superseded
39 swing low 106 from 33: broken
39 swing high 114 from 37: created
39 bearish change_of_character 106 from 33: created
39 bearish order_block 109-113 from 36: created
39 bearish extreme_order_block 110-114 from 37: created
39 bearish fair_value_gap 108-110 from 37: created
40 bullish extreme_order_block 103-107 from 22: broken
43 bearish fair_value_gap 108-110 from 37: touched
43 swing low 100 from 41: created
43 equal lows 100 from 16: created
44 bearish order_block 109-113 from 36: touched
44 bearish extreme_order_block 110-114 from 37: touched
44 bearish fair_value_gap 108-110 from 37: filled
46 swing high 114 from 37: superseded
46 swing high 110 from 44: created
49 swing low 100 from 41: superseded
49 equal lows 100 from 16: superseded
49 swing low 100 from 47: created
49 equal lows 100 from 41: created
51 swing high 110 from 44: superseded
51 swing low 100 from 47: swept
51 equal lows 100 from 41: swept
51 swing high 106 from 49: created
51 bullish sweep 98-100 from 41: created
53 swing low 100 from 47: superseded
53 swing high 106 from 49: broken
53 swing low 98 from 51: created
53 bullish change_of_character 106 from 49: created
53 bullish order_block 98-103 from 51: created
53 bullish extreme_order_block 98-103 from 51: created
54 bearish order_block 109-113 from 36: mitigated
54 bearish extreme_order_block 110-114 from 37: mitigated
54 bullish fair_value_gap 105-107 from 52: created
55 bearish order_block 109-113 from 36: broken
55 bullish fair_value_gap 109-111 from 53: created
56 bearish extreme_order_block 110-114 from 37: broken
59 swing high 118 from 57: created
60 swing low 98 from 51: superseded
60 swing high 118 from 57: broken
60 swing low 112 from 58: created
60 bullish break_of_structure 118 from 57: created
60 bullish order_block 112-117 from 58: created
60 bullish extreme_order_block 112-116 from 59: created
`;

/** Levels of days and sessions. The tape begins within Sydney (21–06), at the beginning of Tokyo (00–09); London is 07–16, New York 13–22. */
const LEVELS = `
 8 tokyo high 110 from 4: created
 8 tokyo low 98 from 8: created
15 london high 110 from 12: created
15 london low 98 from 8: created
19 tokyo high 110 from 4: swept
19 london high 110 from 12: swept
21 new_york high 111 from 19: created
21 new_york low 100 from 16: created
23 previous_day high 111 from 19: created
23 previous_day low 98 from 8: created
26 new_york high 111 from 19: broken
26 previous_day high 111 from 19: broken
29 sydney high 120 from 28: created
29 sydney low 103 from 22: created
32 tokyo low 98 from 8: superseded
32 tokyo high 120 from 28: created
32 tokyo low 105 from 24: created
39 london low 98 from 8: superseded
39 tokyo low 105 from 24: broken
39 london high 114 from 31: created
39 london low 103 from 39: created
40 sydney low 103 from 22: broken
40 london low 103 from 39: broken
45 new_york low 100 from 16: superseded
45 new_york high 114 from 37: created
45 new_york low 100 from 41: created
47 previous_day low 98 from 8: superseded
47 previous_day high 120 from 28: created
47 previous_day low 100 from 41: created
51 new_york low 100 from 41: swept
51 previous_day low 100 from 41: swept
53 sydney high 120 from 28: superseded
53 sydney high 110 from 45: created
53 sydney low 98 from 51: created
54 sydney high 110 from 45: broken
55 london high 114 from 31: swept
55 new_york high 114 from 37: swept
56 tokyo high 120 from 28: superseded
56 tokyo high 117 from 56: created
56 tokyo low 98 from 51: created
57 tokyo high 117 from 56: swept
`;

/** An event in the words of the tables above. */
function wordsOf(event: readonly number[]): string {
  const kind = STRUCTURE_KINDS[event[KIND]];
  const isUp = event[DIRECTION] > 0;
  const side = isUp ? 'high' : 'low';
  const name =
    kind === 'swing' || kind === 'previous_day'
      ? `${kind} ${side}`
      : kind === 'session'
        ? `${SESSIONS[event[QUALITY]].name} ${side}`
        : kind === 'liquidity'
          ? `equal ${side}s`
          : `${isUp ? 'bullish' : 'bearish'} ${kind}`;
  const prices = event[TOP] === event[BOTTOM] ? event[TOP] : `${event[BOTTOM]}-${event[TOP]}`;
  return `${String(event[KNOWN_AT]).padStart(2)} ${name} ${prices} from ${event[ORIGIN]}: ${STRUCTURE_STATES[event[STATE]]}`;
}

const isLevel = (event: readonly number[]): boolean => ['previous_day', 'previous_week', 'session'].includes(STRUCTURE_KINDS[event[KIND]]);
const linesOf = (text: string): string[] => text.split('\n').slice(1, -1);

describe('the drawn market', () => {
  const events = eventsOf(logOf(drawnTape(), 'structure(2,2,30)'));

  it('STR-3 STR-4 STR-5 STR-6 STR-7 STR-8 STR-9: has the structures that are marked in it, each when it is known', () => {
    expect(events.filter((event) => !isLevel(event)).map(wordsOf)).toEqual(linesOf(STRUCTURES));
  });

  it('STR-10: has the highs and lows of its days and sessions', () => {
    expect(events.filter(isLevel).map(wordsOf)).toEqual(linesOf(LEVELS));
  });

  it('STR-5: measures order blocks by displacement, volume and imbalance of the impulse', () => {
    // At row 26 the true range is 7 after a mean of 4: ATR (13·4 + 7) / 14 = 59/14. Mean volume (25·10 + 20 + 40) / 27 = 310/27.
    const [ofRow24, ofRow22] = events
      .filter((event) => event[KNOWN_AT] === 26 && event[STATE] === 0 && event[QUALITY] > 0)
      .map((event) => event[QUALITY]);
    // Rows 25 and 26: 106 to 116 is 10, 10 / (10 + 59/14) = 140/199; volume 30, 30 / (30 + 310/27) = 81/112; gap 109–111.
    expect(ofRow24).toBeCloseTo((140 / 199 + 81 / 112 + 1) / 3, 14);
    // Rows 23 to 26: 104 to 116 is 12, 168/227; volume 20, 54/85; the same gap.
    expect(ofRow22).toBeCloseTo((168 / 227 + 54 / 85 + 1) / 3, 14);
  });

  it('STR-7: measures a gap by its height against the ATR', () => {
    const gap = events.find((event) => event[KNOWN_AT] === 19 && STRUCTURE_KINDS[event[KIND]] === 'fair_value_gap');
    // Height 2, ATR 4.
    expect(gap?.[QUALITY]).toBe(2 / 6);
  });

  it('can be drawn: every object with its whole life', () => {
    const drawn = drawnStructures(drawnTape(), structure(2, 2, 30));
    expect(drawn.map(({ object }) => object)).toEqual(drawn.map((_, k) => k));
    expect(drawn.find(({ kind, origin }) => kind === 'order_block' && origin === 24)).toMatchObject({
      direction: 1,
      top: 109,
      bottom: 105,
      knownAt: 26,
      endRow: 39,
      states: [
        { state: 'created', row: 26 },
        { state: 'touched', row: 32 },
        { state: 'mitigated', row: 33 },
        { state: 'broken', row: 39 },
      ],
    });
    // A break is a moment; the last swing is still live.
    expect(drawn.find(({ kind }) => kind === 'break_of_structure')).toMatchObject({ origin: 19, knownAt: 26, endRow: 26 });
    expect(drawn.filter(({ kind, endRow }) => kind === 'swing' && endRow === null).map(({ origin }) => origin)).toEqual([58]);
  });

  it('cannot be drawn as another kind, or of another interval', () => {
    expect(() => drawnStructures(drawnTape(), { ...structure(2, 2, 30), interval: '4h' })).toThrow(
      new RangeError('structure(2,2,30)@4h cannot be drawn: only structure(left,right,expiry) without an interval can'),
    );
  });
});
