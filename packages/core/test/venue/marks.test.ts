import { describe, expect, it } from 'vitest';
import { SimVenue } from '../../src/index.ts';
import { fundingOf, MINUTE, prepare, ROOMY_VENUE, scripted, tapeOf, whole } from '../engine/fixture.ts';
import { cases, outcomeOf, statedBy, play, titled } from './table.ts';

const TRIGGERS = `
FILL-12 the mark price does not reach it         |  10 | sell 10 stop 95 mark    | 100 101 90 95 mark 100 100 96 98  | -
FILL-12 it does: filled at the traded price      |  10 | sell 10 stop 95 mark    | 100 101 90 95 mark 100 100 95 98  | 1 sell 10@90 taker
FILL-12 half way down both                       |  10 | sell 10 stop 95 mark    | 100 100 80 90 mark 100 100 90 95  | 1 sell 10@90 taker
FILL-12 between ticks: sold lower                |  10 | sell 10 stop 95 mark    | 100 100 85 90 mark 100 100 90 95  | 1 sell 10@92 taker
FILL-12 half way up both                         | -10 | buy 10 stop 105 mark    | 100 120 100 110 mark 100 110 100 105 | 1 buy 10@110 taker
FILL-12 between ticks: bought higher             | -10 | buy 10 stop 105 mark    | 100 115 100 110 mark 100 110 100 105 | 1 buy 10@108 taker
FILL-12 a target                                 |  10 | sell 10 target 105 mark | 100 104 100 102 mark 100 105 100 102 | 1 sell 10@104 taker
FILL-12 at the open                              |  10 | sell 10 stop 95 mark    | 97 98 96 97 mark 94 98 94 97      | 1 sell 10@97 taker
FILL-12 closePosition                            |  10 | sell all stop 95 mark   | 100 101 90 95 mark 100 100 95 98  | 1 sell 10@90 taker
FILL-12 a traded trigger does not look at it     |  10 | sell 10 stop 95         | 100 101 95 96 mark 100 100 99 100 | 1 sell 10@95 taker
MARK-1 without mark prices traded ones stand for them | 10 | sell 10 stop 95 mark | 100 101 94 96                    | 1 sell 10@95 taker
`;

const BOUNDS = `
FILL-15 as far apart as is tolerated             |  10 | sell 10 stop 95 protect | 100 100 95 96 mark 100 100 100 100 | 1 sell 10@95 taker
FILL-15 further apart: not yet                   |  10 | sell 10 stop 94 protect | 100 100 93 94 mark 100 100 100 100 | -
FILL-15 without protection all the same          |  10 | sell 10 stop 94         | 100 100 93 94 mark 100 100 100 100 | 1 sell 10@94 taker
FILL-15 asked again at the next open             |  10 | sell 10 stop 94 protect | 100 100 93 94 mark 100 100 100 100; 94 95 94 94 mark 98 98 98 98 | - ; 1 sell 10@94 taker
FILL-15 a buy                                    | -10 | buy 10 stop 106 protect | 100 107 100 106 mark 100 100 100 100 | -
FILL-15 a mark trigger looks at the difference too | 10 | sell 10 stop 95 mark protect | 100 100 100 100 mark 100 100 94 96 | -
`;

const TAKE_BOUND = `
FILL-18 a market order at the bound              |   0 | buy 10 market           | 105 105 105 105 mark 100 100 100 100 | 1 buy 10@105 taker
FILL-18 beyond it                                |   0 | buy 10 market           | 106 106 106 106 mark 100 100 100 100 | 1 expired take_bound
FILL-18 a sell at the bound                      |   0 | sell 10 market          | 95 95 95 95 mark 100 100 100 100     | 1 sell 10@95 taker
FILL-18 a sell beyond it                         |   0 | sell 10 market          | 94 94 94 94 mark 100 100 100 100     | 1 expired take_bound
FILL-18 a stop beyond it                         |  10 | sell 10 stop 94         | 100 100 94 96 mark 100 100 100 100   | 1 expired take_bound
FILL-18 a limit has none                         |   0 | buy 10 limit 90         | 100 100 89 96 mark 100 100 100 100   | 1 buy 10@90 maker
`;

// A long of 10 at 100 with 190 goes at a mark price of 90.
const LIQUIDATION = `
MARK-2 traded prices do not liquidate            | wallet 190 10 | -           | 100 100 85 95 mark 100 100 91 95   | -                              | 190
MARK-2 the mark price alone does                 | wallet 190 10 | -           | 100 100 100 100 mark 100 100 90 95 | liquidated sell 10@100 fee 10  | 180
MARK-2 at the traded price of the same point     | wallet 190 10 | -           | 100 100 94 95 mark 100 100 80 95   | liquidated sell 10@97 fee 9.7  | 150.3
MARK-2 traded beyond all that is left            | wallet 190 10 | -           | 100 100 80 90 mark 100 100 90 95   | liquidated sell 10@80 absorbed 10 | 0
LIQ-3 a traded stop that comes first             | wallet 190 10 | sell 10 stop 95 reduce | 100 100 80 90 mark 100 100 90 95 | 1 sell 10@95 taker    | 140
LIQ-3 a traded stop that comes too late          | wallet 190 10 | sell 10 stop 95 reduce | 100 100 94 95 mark 100 100 80 95 | 1 canceled liquidation, liquidated sell 10@97 fee 9.7 | 150.3
LIQ-3 an open whose mark price is beyond         | wallet 190 10 | -           | 95 96 94 95 mark 89 95 88 95       | liquidated sell 10@95 fee 9.5  | 130.5
MARG-4 an order that opens with a loss at the mark price | mmr 1% wallet 100 0 | - >> buy 7 market | 100 100 100 100 mark 100 100 95 95; 100 100 100 100 mark 95 95 95 95 | - ; 1 buy 7@100 taker | 100
`;

const FUNDING = `
FUND-1 on the mark price that was published with it | 10 | -                     | 100 101 99 100 fund 1% at 90       | funding -9
FUND-1 before the mark price of the candle       |  10 | -                       | 100 101 99 100 mark 98 99 97 98 fund 1% at 90 | funding -9
FUND-1 else on the candle's mark open            |  10 | -                       | 100 101 99 100 mark 98 99 97 98 fund 1% | funding -9.8
FUND-1 else on its traded open                   |  10 | -                       | 100 101 99 100 fund 1%             | funding -10
FUND-3 a short receives a positive rate          | -10 | -                       | 100 101 99 100 fund 1%             | funding 10
FUND-3 a short pays a negative one               | -10 | -                       | 100 101 99 100 fund -1%            | funding -10
FUND-3 a long receives it                        |  10 | -                       | 100 101 99 100 fund -1%            | funding 10
FUND-2 an entry at that open is not charged      |   0 | buy 10 market           | 100 101 99 100 fund 1%             | 1 buy 10@100 taker
FUND-2 an addition at that open is not charged   |  10 | buy 5 market            | 100 101 99 100 fund 1%             | funding -10, 1 buy 5@100 taker
FUND-2 an exit at that open is                   |  10 | sell 10 market          | 100 101 99 100 fund 1%             | funding -10, 1 sell 10@100 taker
FUND-2 an exit before it is not                  |  10 | sell 10 market          | 100 101 99 100; 100 101 99 100 fund 1% | 1 sell 10@100 taker ; -
FUND-2 a limit that fills before it is charged   |   0 | buy 10 limit 95         | 100 101 94 96; 96 97 95 96 fund 1% | 1 buy 10@95 maker ; funding -9.6
FUND-2 a limit that fills behind it is not       |   0 | buy 10 limit 95         | 100 101 94 96 fund 1%; 96 97 95 96 | 1 buy 10@95 maker ; -
FUND-2 a stop in the candle of the funding pays first | 10 | sell 10 stop 95     | 100 101 94 96 fund 1%              | funding -10, 1 sell 10@95 taker
FUND-1 each symbol at its own time               | 10 B:5 | -                    | 100 101 99 100 fund 1% & 100 101 99 100; 100 101 99 100 & 100 101 99 100 fund 2% | funding -10 ; B:funding -10
FUND-4 without volume too                        |  10 | -                       | 100 100 100 100 0 fund 1%          | funding -10
`;

describe('mark price', () => {
  it.each(titled(cases(TRIGGERS)))('%s', (_, row) => expect(outcomeOf(row)).toEqual(statedBy(row)));
  it.each(titled(cases(BOUNDS)))('%s', (_, row) => expect(outcomeOf(row, 'tolerate 5%')).toEqual(statedBy(row)));
  it.each(titled(cases(TAKE_BOUND)))('%s', (_, row) => expect(outcomeOf(row, 'bound 5%')).toEqual(statedBy(row)));
  it.each(titled(cases(LIQUIDATION)))('%s', (_, row) => expect(outcomeOf(row, 'free mmr 10% clear 1% 10x')).toEqual(statedBy(row)));
});
describe('funding', () => {
  it.each(titled(cases(FUNDING)))('%s', (_, row) => expect(outcomeOf(row, 'free')).toEqual(statedBy(row)));
  it('MARK-3: says the mark price in 1e-8', () => {
    const [row] = cases('a | 10 | - | 100 101 99 100 fund 1% at 90.125 | -');
    expect(play(row!).facts[0]).toMatchObject({ mark: 9_012_500_000, amount: -901_250_000 }); // 10 · 90.125 · 1 %
  });
});

const LONG = 'buy 10 market; sell 10 stop 95 of 1; sell 10 target 105 of 1';
const FINE = `
FINE-1 the high came first                       | 0 | ${LONG} | 100 110 90 102 { 100 110 100 104 / 104 104 90 102 } | 1 buy 10@100 taker, 3 sell 10@105 taker, 2 canceled other_filled
FINE-1 the low came first                        | 0 | ${LONG} | 100 110 90 102 { 100 100 90 96 / 96 110 96 102 }    | 1 buy 10@100 taker, 2 sell 10@95 taker, 3 canceled other_filled
FINE-1 not wholly covered: the candle itself     | 0 | ${LONG} | 100 110 90 102 { 100 110 100 104 / x }              | 1 buy 10@100 taker, 2 sell 10@95 taker, 3 canceled other_filled
FINE-1 a turn that the candle does not show      | 0 | buy 10 limit 98; sell 10 limit 99 of 1 | 100 101 97 97 { 100 100 97 97 / 97 101 97 97 } | 1 buy 10@98 maker, 2 sell 10@99 maker
FINE-1 nothing was traded at first               | 0 | buy 10 market | 100 104 100 104 { 100 100 100 100 0 / 104 104 104 104 } | 1 buy 10@104 taker
FINE-1 three parts                               | 10 | sell 10 stop 95; sell 10 target 105 reduce | 100 106 94 100 { 100 103 99 103 / 103 106 103 104 / 104 104 94 100 } | 2 sell 10@105 taker, 1 sell 10@95 taker
FINE-1 the volume cap is theirs                  | cap 50% 0 | buy 10 market | 100 102 100 101 100 { 100 100 100 100 10 / 101 102 101 101 90 } | 1 buy 5@100 taker part, 1 buy 5@101 taker
FINE-1 an order rests from part to part          | 0 | buy 10 limit 95 | 100 101 94 100 { 100 101 96 97 / 97 100 94 100 }   | 1 buy 10@95 maker
`;
describe('fine candles', () => {
  it.each(titled(cases(FINE)))('%s', (_, row) => expect(outcomeOf(row)).toEqual(statedBy(row)));
  it('FINE-1: a fill has the time of its finer candle', () => {
    const [row] = cases('a | 10 | sell 10 stop 95 | 100 101 94 100 { 100 100 94 96 / 96 101 96 100 } | -');
    expect(play(row!).facts.at(-1)).toMatchObject({ type: 'OrderFilled', ts: 89_999, price: 95 });
  });
  it('FINE-1, FUND-1: funding is charged at the finest open there is', () => {
    const [row] = cases('a | free 10 | - | 100 110 100 110 { 100 100 100 100 / 110 110 110 110 } | funding -11');
    expect(play(row!, { funding: fundingOf([1.5, 1_000_000]) }).text).toBe(row!.expected);
  });
  it('FINE-1: counts the candles that were covered, and those that were not', () => {
    const text = '100 101 94 100 { 100 100 94 96 / 96 101 96 100 }; 100 101 94 100 { 100 100 94 96 / x }';
    const [row] = cases(`a | 10 | buy 1 limit 50 | ${text} | -`);
    const { venue } = play(row!);
    // The candle in which the position was entered has no finer ones either.
    expect([venue.fineCandles, venue.coarseCandles]).toEqual([1, 2]);
  });
});

describe('FINE-2', () => {
  it('FINE-2: finer candles change when and at what price an order fills, not what the run sees of its candles', () => {
    const seen: number[][] = [];
    const tapes = [tapeOf([[100, 110, 90, 102] as const, [102, 103, 101, 102] as const])];
    const fine = {
      tape: {
        ...tapeOf([
          [100, 110, 100, 104],
          [104, 104, 90, 102],
        ]),
        intervalMs: MINUTE / 2,
      },
      marks: null,
    };
    fine.tape.closeTs.set([29_999, 59_999]);
    for (const given of [null, fine]) {
      const market = { instruments: [whole()], tapes, funding: [fundingOf()], fine: [given] };
      const made = prepare({
        tapes,
        venue: new SimVenue(market, ROOMY_VENUE),
        strategy: {
          ...scripted({}),
          decide: (_, candle) => void seen.push([candle.ts, candle.open(), candle.high(), candle.low(), candle.close()]),
        },
      });
      made.engine.advance(made.length);
    }
    expect(seen.slice(0, 2)).toEqual(seen.slice(2));
    expect(seen).toHaveLength(4);
  });
});

// A minute has three legs of 20 seconds. What is decided at 59.999 arrives 20.001 seconds later at the end of the first.
const LATENCY = `
LAT-2 a buy at the end of the first leg, low     | optimistic late 20.001 0  | buy 10 market  | 100 110 90 100         | 1 buy 10@90 taker
LAT-2 or at the high                             | pessimistic late 20.001 0 | buy 10 market  | 100 110 90 100         | 1 buy 10@110 taker
LAT-2 equally near, rising: the dip first        | heuristic late 20.001 0   | buy 10 market  | 100 110 90 100         | 1 buy 10@90 taker
LAT-2 half way down the first leg                | optimistic late 10.001 0  | buy 10 market  | 100 110 90 100         | 1 buy 10@95 taker
LAT-2 half way up the first leg                  | pessimistic late 10.001 0 | buy 10 market  | 100 110 90 100         | 1 buy 10@105 taker
LAT-2 a quarter, rounded up for a buy            | optimistic late 5.001 0   | buy 10 market  | 100 110 90 100         | 1 buy 10@98 taker
LAT-2 a quarter, rounded down for a sell         | optimistic late 5.001 0   | sell 10 market | 100 110 90 100         | 1 sell 10@102 taker
LAT-2 at the end of the second leg               | pessimistic late 40.001 0 | sell 10 market | 100 110 90 100         | 1 sell 10@90 taker
LAT-2 half way through the third                 | pessimistic late 50.001 0 | buy 10 market  | 100 110 90 90          | 1 buy 10@100 taker
LAT-1 beyond the candle: at the next open        | pessimistic late 60.001 0 | buy 10 market  | 100 110 90 100; 103 103 103 103 | - ; 1 buy 10@103 taker
LAT-1 beyond two candles                         | pessimistic late 120.001 0 | buy 10 market | 100 110 90 100; 103 103 103 103; 104 104 104 104 | - ; - ; 1 buy 10@104 taker
LAT-2 a flat candle                              | pessimistic late 30 0     | buy 10 market  | 100 100 100 100        | 1 buy 10@100 taker
LAT-2 a limit that arrives behind the low rests  | pessimistic late 20.001 0 | buy 10 limit 95 | 100 101 94 100        | 1 buy 10@95 maker
LAT-2 or takes at the low                        | optimistic late 20.001 0  | buy 10 limit 95 | 100 101 94 100        | 1 buy 10@94 taker
LAT-2 a cancellation too late                    | optimistic late 20.001 0  | buy 10 limit 95 >> cancel 1 | 100 100 100 100; 100 101 94 100 | - ; 1 buy 10@95 maker
LAT-2 a cancellation in time                     | pessimistic late 20.001 0 | buy 10 limit 95 >> cancel 1 | 100 100 100 100; 100 101 94 100 | - ; 1 canceled requested
LAT-2 a cancellation of what is not met          | pessimistic late 20.001 0 | buy 10 limit 90 >> cancel 1 | 100 100 100 100; 100 101 94 100 | - ; 1 canceled requested
`;
describe('latency', () => {
  it.each(titled(cases(LATENCY)))('%s', (_, row) => expect(outcomeOf(row)).toEqual(statedBy(row)));
});
