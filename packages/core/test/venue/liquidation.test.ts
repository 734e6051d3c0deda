import { describe, expect, it } from 'vitest';
import { cases, outcomeOf, statedBy, play, titled } from './table.ts';

// The last column is what is left in the wallet. No trading fees; maintenance margin 10 %, clearance fee 1 %, 10×.
// A long of 10 at 100 with 190 goes at 90: 190 − 100 = 90 = 10 % of 900. A short with 210 goes at 110: 210 − 100 = 110.
const CROSS = `
LIQ-1 a long, just above                         | wallet 190 10  | -                   | 100 101 91 95                | -                              | 190
LIQ-1 a long, touched                            | wallet 190 10  | -                   | 100 101 90 95                | liquidated sell 10@90 fee 9    | 81
LIQ-1 a long, through                            | wallet 190 10  | -                   | 100 101 80 95                | liquidated sell 10@90 fee 9    | 81
LIQ-1 a long, in a later candle                  | wallet 190 10  | -                   | 100 101 95 96; 96 97 90 91   | - ; liquidated sell 10@90 fee 9 | 81
LIQ-1 a short, just below                        | wallet 210 -10 | -                   | 100 109 99 105               | -                              | 210
LIQ-1 a short, touched                           | wallet 210 -10 | -                   | 100 110 99 105               | liquidated buy 10@110 fee 11   | 99
LIQ-1 a short, through                           | wallet 210 -10 | -                   | 100 125 99 105               | liquidated buy 10@110 fee 11   | 99
LIQ-1 nothing is held                            | wallet 190 0   | -                   | 100 101 10 95                | -                              | 190
LIQ-1 a rising long                              | wallet 190 10  | -                   | 100 200 100 200              | -                              | 190
LIQ-6 between ticks: a long is rounded down      | wallet 200 10  | -                   | 100 101 80 95                | liquidated sell 10@88 fee 8.8  | 71.2
LIQ-6 between ticks: a short is rounded up       | wallet 200 -10 | -                   | 100 125 99 105               | liquidated buy 10@110 fee 11   | 89
LIQ-6 volume does not matter                     | wallet 190 10  | -                   | 100 101 80 95 0              | liquidated sell 10@90 fee 9    | 81
LIQ-6 nor does a cap of it                       | cap 10% wallet 190 10 | -            | 100 101 80 95 10             | liquidated sell 10@90 fee 9    | 81
LIQ-3 an open beyond it: a long                  | wallet 190 10  | -                   | 85 86 84 85                  | liquidated sell 10@85 fee 8.5  | 31.5
LIQ-3 an open beyond it: a short                 | wallet 210 -10 | -                   | 115 116 114 115              | liquidated buy 10@115 fee 11.5 | 48.5
LIQ-3 an open exactly at it                      | wallet 190 10  | -                   | 90 91 89 90                  | liquidated sell 10@90 fee 9    | 81
LIQ-7 the fee takes at most what is left         | clear 20% wallet 190 10 | -          | 100 101 80 95                | liquidated sell 10@90 fee 90   | 0
LIQ-7 nothing left, no fee                       | wallet 190 10  | -                   | 81 82 80 81                  | liquidated sell 10@81          | 0
LIQ-7 a little left                              | clear 2% wallet 190 10 | -           | 82 83 81 82                  | liquidated sell 10@82 fee 10   | 0
LIQ-8 an open beyond all of the margin           | wallet 190 10  | -                   | 70 71 69 70                  | liquidated sell 10@70 absorbed 110 | 0
LIQ-8 a short beyond all of it                   | wallet 210 -10 | -                   | 130 131 129 130              | liquidated buy 10@130 absorbed 90 | 0
LIQ-1 a lot more is nearer                       | wallet 190 11  | -                   | 100 101 91 95                | liquidated sell 11@91 fee 10.01 | 80.99
`;

const STOPS = `
LIQ-3 a stop between entry and liquidation       | wallet 190 10  | sell 10 stop 95 reduce  | 100 101 80 85            | 1 sell 10@95 taker             | 140
LIQ-3 a short's stop between                     | wallet 210 -10 | buy 10 stop 105 reduce  | 100 125 99 120           | 1 buy 10@105 taker             | 160
LIQ-3 a stop beyond                              | wallet 190 10  | sell 10 stop 88 reduce  | 100 101 80 85            | 1 canceled liquidation, liquidated sell 10@90 fee 9 | 81
LIQ-3 a short's stop beyond                      | wallet 210 -10 | buy 10 stop 112 reduce  | 100 125 99 120           | 1 canceled liquidation, liquidated buy 10@110 fee 11 | 99
LIQ-3 a stop at the same point                   | wallet 190 10  | sell 10 stop 90 reduce  | 100 101 80 85            | 1 sell 10@90 taker             | 90
LIQ-3 a short's stop at the same point           | wallet 210 -10 | buy 10 stop 110 reduce  | 100 125 99 120           | 1 buy 10@110 taker             | 110
LIQ-3 an open beyond the stop alone              | wallet 190 10  | sell 10 stop 95 reduce  | 92 93 80 85              | 1 sell 10@92 taker             | 110
LIQ-3 an open beyond both                        | wallet 190 10  | sell 10 stop 95 reduce  | 85 86 80 85              | 1 canceled liquidation, liquidated sell 10@85 fee 8.5 | 31.5
LIQ-3 a market order that would close            | wallet 190 10  | sell 10 market reduce   | 85 86 84 85              | 1 canceled liquidation, liquidated sell 10@85 fee 8.5 | 31.5
LIQ-3 a stop for a part of it                    | wallet 190 10  | sell 5 stop 95 reduce   | 100 101 90 95            | 1 sell 5@95 taker              | 165
LIQ-3 closePosition between                      | wallet 190 10  | sell all stop 95        | 100 101 80 85            | 1 sell 10@95 taker             | 140
LIQ-3 a trailing stop between                    | wallet 190 10  | sell 10 trail 5% reduce | 100 100 80 85            | 1 sell 10@95 taker             | 140
LIQ-3 a target and liquidation, pessimistic      | pessimistic wallet 190 10 | sell 10 target 105 reduce | 100 106 89 100 | 1 canceled liquidation, liquidated sell 10@90 fee 9 | 81
LIQ-3 a target and liquidation, the high nearer  | heuristic wallet 190 10 | sell 10 target 105 reduce | 100 106 89 100 | 1 sell 10@105 taker          | 240
LIQ-3 a target and liquidation, optimistic       | optimistic wallet 190 10 | sell 10 target 105 reduce | 100 106 89 100 | 1 sell 10@105 taker         | 240
LIQ-3 a purchase that brings it about            | 20x wallet 190 10 | buy 10 limit 95      | 100 101 94 96            | 1 buy 10@95 maker, liquidated sell 20@95 fee 19 | 121
LIQ-4 every order of the account goes            | wallet 190 10  | sell 5 target 120 reduce; B:buy 1 limit 50 | 100 101 90 95 & 100 100 100 100 | 1 canceled liquidation, B:2 canceled liquidation, liquidated sell 10@90 fee 9 | 81
LIQ-4 nothing is left behind                     | wallet 190 10  | sell 5 target 105 reduce | 100 101 90 95; 100 110 100 105 | 1 canceled liquidation, liquidated sell 10@90 fee 9 ; - | 81
LIQ-3 funding comes before it                    | wallet 190 10  | -                   | 92 93 91 92 fund 10%         | funding -92, liquidated sell 10@92 fee 9.2 | 8.8
LIQ-3 funding that is received may avert it      | wallet 190 10  | -                   | 88 89 88 89 fund -10%        | funding 88                     | 278
`;

// 10 % to 1,000, then 20 % less 100. A long of 20 at 100 with 460 goes at 90: 460 − 200 = 260 = 20 % of 1,800 less 100. Eleven lots at
// 90 are 990, below the floor; nine go. What is then left with 361.9 goes at 738.1 / 9.9 = 74.6.
const STEPS = `
LIQ-5 down to the floor of its bracket           | 5x wallet 460 20 | -                 | 100 101 90 95                | liquidated sell 9@90 fee 8.1   | 361.9
LIQ-5 what is left stands                        | 5x wallet 460 20 | -                 | 100 101 75 95                | liquidated sell 9@90 fee 8.1   | 361.9
LIQ-5 and goes in the first bracket, all of it   | 5x wallet 460 20 | -                 | 100 101 70 95                | liquidated sell 9@90 fee 8.1, liquidated sell 11@74 fee 8.14 | 67.76
LIQ-5 a short: nine lots are below the floor     | 5x wallet 540 -20 | -                | 100 115 99 105               | liquidated buy 11@110 fee 12.1 | 417.9
LIQ-5 an open far beyond: two steps at once      | clear 20% 2x wallet 1600 30 | -      | 54 55 53 54                  | liquidated sell 12@54 fee 129.6, liquidated sell 18@54 fee 90.4 | 0
LIQ-5 one step suffices there                    | 2x wallet 1600 30 | -                | 54 55 53 54                  | liquidated sell 12@54 fee 6.48 | 1041.52
LIQ-5 in the first bracket: all at once          | 5x wallet 190 10@90 | -              | 90 90 78 85                  | liquidated sell 10@78 fee 7.8  | 62.2
LIQ-8 the last step bears what is missing        | 5x wallet 460 20 | -                 | 70 71 69 70                  | liquidated sell 6@70, liquidated sell 14@70 absorbed 140 | 0
`;

describe('liquidation of a cross account', () => {
  it.each(titled(cases(CROSS)))('%s', (_, row) => expect(outcomeOf(row, 'free mmr 10% clear 1% 10x')).toEqual(statedBy(row)));
  it.each(titled(cases(STOPS)))('%s', (_, row) => expect(outcomeOf(row, 'free mmr 10% clear 1% 10x')).toEqual(statedBy(row)));
  it.each(titled(cases(STEPS)))('%s', (_, row) =>
    expect(outcomeOf(row, 'free brackets 10%x10<1000<20%x5 clear 1%')).toEqual(statedBy(row)),
  );

  it('LIQ-1: says at which mark price, and why', () => {
    const [row] = cases('a | wallet 190 10 | - | 100 101 80 95 | -');
    const fact = play(row!, { settings: 'free mmr 10% clear 1% 10x' }).facts.find(({ type }) => type === 'PositionLiquidated');
    expect(fact).toMatchObject({ cause: 'margin', positionSide: 'both', mark: 9_000_000_000, ts: 119_999, instrument: 0 });
  });
  it('FEE-5: pays the clearance fee alone, on top of the fees of the orders before', () => {
    // 1,000 at 0.05 % is half a USDT: 190.5 − 0.5 = 190.
    const [row] = cases('a | wallet 190.5 10 | - | 100 101 80 95 | liquidated sell 10@90 fee 9 | 81');
    expect(outcomeOf(row!, 'mmr 10% clear 1% 10x')).toEqual(statedBy(row!));
  });
});
