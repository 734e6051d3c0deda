import { describe, expect, it } from 'vitest';
import { defineStrategy, runOn, type Fact, type ModelFault, type Oddity, type Strategy } from '../../src/index.ts';
import { standing } from './hand-made.ts';

/** All long at the first candle. Report 1 is the order's acceptance, report 2 its fill at the second candle. */
const longOnce = defineStrategy({
  id: 'long-once',
  features: () => ({}),
  state: () => ({ n: 0 }),
  decide({ desk, state }) {
    state.n += 1;
    if (state.n === 1) desk.target(1);
  },
});
/** `pos type` of what came in, with the ordinal and lots of fills. */
const came = (plan: readonly Oddity[]): readonly string[] =>
  runOn(longOnce, standing(100, 100, 100, 100), { facts: plan }).entries.flatMap(({ pos, lane, message }) => {
    if (lane !== 'in') return [];
    return [message.type === 'OrderFilled' ? `${pos} fill ${message.fill} ${message.qty}` : `${pos} ${message.type}`];
  });
const lotsAt = (plan: readonly Oddity[]): readonly number[] => {
  const lots: number[] = [];
  runOn(longOnce, standing(100, 100, 100, 100), { facts: plan, look: ({ symbols }) => void lots.push(symbols[0].lots) });
  return lots;
};

describe('ORD-11: a venue whose reports arrive as a plan says', () => {
  it('says nothing else where there is no plan', () => {
    expect(came([])).toEqual(['1 OrderAccepted', '2 fill 1 100000']);
  });
  it('late: the position is there when the report is, at last after the end', () => {
    expect(came([{ kind: 'late', report: 2, candles: 1 }])).toEqual(['1 OrderAccepted', '3 fill 1 100000']);
    expect(lotsAt([{ kind: 'late', report: 2, candles: 1 }])).toEqual([0, 0, 100_000, 100_000, 100_000]);
    expect(lotsAt([{ kind: 'late', report: 2, candles: 4 }])).toEqual([0, 0, 0, 0, 100_000]);
  });
  it('an acceptance after the fill changes nothing', () => {
    expect(came([{ kind: 'late', report: 1, candles: 2 }])).toEqual(['2 fill 1 100000', '3 OrderAccepted']);
    expect(lotsAt([{ kind: 'late', report: 1, candles: 2 }])).toEqual([0, 100_000, 100_000, 100_000, 100_000]);
  });
  it('in parts, the second first: both are booked', () => {
    expect(came([{ kind: 'split', report: 2 }])).toEqual(['1 OrderAccepted', '2 fill 2 50000', '2 fill 1 50000']);
    expect(lotsAt([{ kind: 'split', report: 2 }])).toEqual([0, 100_000, 100_000, 100_000, 100_000]);
  });
  it('repeated, or about an order that is gone: it stands in the journal alone', () => {
    expect(came([{ kind: 'twice', report: 2 }])).toEqual(['1 OrderAccepted', '2 fill 1 100000', '2 fill 1 100000']);
    expect(came([{ kind: 'after-end', report: 2 }])).toEqual(['1 OrderAccepted', '2 fill 1 100000', '2 OrderAccepted', '2 fill 99 1']);
    expect(came([{ kind: 'split-twice', report: 2 }])).toEqual(['1 OrderAccepted', '2 fill 2 50000', '2 fill 2 50000', '2 fill 1 50000']);
    for (const kind of ['twice', 'split-twice', 'after-end'] as const) expect(lotsAt([{ kind, report: 2 }]).at(-1)).toBe(100_000);
  });
});

/** Asks at the first candle; notes what comes. */
function asking(heard: Fact[]): Strategy<{ hasAsked: boolean }> {
  return {
    id: 'asking',
    scope: 'instrument',
    features: [],
    models: [{ id: 'm', hash: '', inputs: [], outputs: [] }],
    initialState: () => ({ hasAsked: false }),
    decide(state, { instrument }, desk) {
      if (!state.hasAsked) desk.predict(0, instrument, [1]);
      state.hasAsked = true;
    },
    onFact: (_, fact) => void heard.push(fact),
  };
}
const answered = (models: readonly ModelFault[]): readonly string[] => {
  const heard: Fact[] = [];
  runOn(asking(heard), standing(100, 100, 100), { models, predict: () => [0.25] });
  // Candles close every 300,000 ms, at the last millisecond.
  return heard.map((fact) =>
    `${(fact.ts + 1) / 300_000} ${fact.type} ${fact.type === 'PredictionReady' ? fact.values.join(' ') : ''}`.trim(),
  );
};

describe('LAW-2: a model that answers as a plan says', () => {
  it.each<[readonly ModelFault[], readonly string[]]>([
    [[], ['1 PredictionReady 0.25']],
    [[{ kind: 'fails', request: 1 }], ['1 PredictionFailed']],
    [[{ kind: 'silent', request: 'every' }], []],
    [[{ kind: 'late', request: 1, frames: 1 }], ['2 PredictionReady 0.25']],
    [[{ kind: 'late', request: 1, frames: 3 }], []],
    [[{ kind: 'out-of-range', request: 1, value: Infinity }], ['1 PredictionReady Infinity']],
    [[{ kind: 'fails', request: 2 }], ['1 PredictionReady 0.25']],
  ])('%j', (plan, expected) => {
    expect(answered(plan)).toEqual(expected);
  });
  it('leaves NaN in a column where it fails, and its value where it answers nonsense', () => {
    const read: number[] = [];
    const strategy: Strategy<null> = {
      id: 'reading',
      scope: 'instrument',
      features: [],
      models: [{ id: 'm', hash: '', inputs: [], outputs: ['up'] }],
      initialState: () => null,
      decide: (_, candle) => void read.push(candle.feature(0)),
    };
    runOn(strategy, standing(100, 100, 100), {
      models: [
        { kind: 'fails', request: 1 },
        { kind: 'out-of-range', request: 3, value: 9 },
      ],
    });
    // The column's stand-in is the fraction of 7.31 times the close: 731 has none.
    expect(read).toEqual([NaN, 0, 9]);
  });
});
