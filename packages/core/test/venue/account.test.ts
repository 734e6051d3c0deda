import { describe, expect, it } from 'vitest';
import { cases, outcomeOf, statedBy, titled } from './table.ts';

// Two longs of 10 at 100 with 290: the margins are the sum of both prices, so they go where 9 · (a + b) = 1710: where a + b = 190.
const TWO = `
LIQ-9 both fall in step                          | wallet 290 10 B:10  | -     | 100 100 95 97 & 100 100 95 97 | liquidated sell 10@95 fee 9.5 | 230.5
LIQ-9 not far enough                             | wallet 290 10 B:10  | -     | 100 100 96 97 & 100 100 95 97 | -                             | 290
LIQ-9 one moves, the larger margin goes          | wallet 290 10 B:10  | -     | 100 100 90 95 & 100 100 100 100 | B:liquidated sell 10@100 fee 10 | 280
LIQ-9 the other way round                        | wallet 290 10 B:10  | -     | 100 100 100 100 & 100 100 90 95 | liquidated sell 10@100 fee 10 | 280
LIQ-9 one falls what the other gains             | wallet 290 10 B:-10 | -     | 100 100 80 80 & 100 100 80 80 | -                             | 290
LIQ-9 both at an open                            | wallet 290 10 B:10  | -     | 94 94 94 94 & 94 94 94 94     | liquidated sell 10@94 fee 9.4 | 220.6
LIQ-8 both far beyond: the last bears the rest   | wallet 290 10 B:10  | -     | 80 80 80 80 & 80 80 80 80     | liquidated sell 10@80, B:liquidated sell 10@80 absorbed 110 | 0
LIQ-1 a profit of one holds the other            | wallet 290 10 B:10  | -     | 100 100 90 90 & 120 120 120 120 | -                           | 290
LIQ-9 a stop in one averts it for both           | wallet 290 10 B:10  | sell 10 stop 96 reduce | 100 100 90 95 & 100 100 96 97 | 1 sell 10@96 taker | 250
LIQ-4 orders of both go                          | wallet 290 10 B:10  | sell 1 target 120 reduce; B:sell 1 target 120 reduce | 100 100 95 97 & 100 100 95 97 | 1 canceled liquidation, B:2 canceled liquidation, liquidated sell 10@95 fee 9.5 | 230.5
LIQ-5 the larger margin first                    | wallet 290 5 B:15   | -     | 100 100 95 97 & 100 100 95 97 | B:liquidated sell 15@95 fee 14.25 | 200.75
LIQ-9 a candle of one alone                      | wallet 290 10 B:10  | -     | 100 100 90 95 & x             | B:liquidated sell 10@100 fee 10 | 280
`;

// A long and a short of one symbol with 185: 1.5 of the price is the margin, 5 · price − 315 the balance; they meet at 90.
const HEDGE = `
LIQ-5 the long has the larger margin             | wallet 185 L10 S5  | -      | 100 101 90 95                | liquidated long sell 10@90 fee 9 | 76
LIQ-1 not far enough                             | wallet 185 L10 S5  | -      | 100 101 91 95                | -                              | 185
LIQ-5 the short has                              | wallet 215 L5 S10  | -      | 100 110 99 105               | liquidated short buy 10@110 fee 11 | 104
LIQ-5 a tie goes to the long                     | wallet 215 L10 S10 | -      | 100 108 99 105               | liquidated long sell 10@107 fee 10.7 | 274.3
LIQ-4 orders of both sides go                    | wallet 185 L10 S5  | sell 10 stop 80 long; buy 5 stop 130 short | 100 101 90 95 | 1 canceled liquidation, 2 canceled liquidation, liquidated long sell 10@90 fee 9 | 76
MARG-2 each side binds its own                   | mmr 5% wallet 200 L10     | sell 10 market short | 100 100 100 100        | 1 sell 10@100 taker            | 200
MARG-4 and no more than there is                 | mmr 5% wallet 200 L10     | sell 11 market short | 100 100 100 100        | 1 rejected insufficient_margin | 200
`;

const DELISTING = `
LIQ-10 settled when its first dead candle closes | ends 2 10  | -              | 100 105 95 104; 104 104 104 104 0 | - ; settled sell 10@104    | 10040
LIQ-10 a short                                   | ends 2 -10 | -              | 100 105 95 104; 104 104 104 104 0 | - ; settled buy 10@104     | 9960
LIQ-10 nothing is held                           | ends 2 0   | -              | 100 105 95 104; 104 104 104 104 0 | - ; -                      | 10000
LIQ-10 its orders go                             | ends 2 10  | buy 5 limit 90 | 100 105 95 104; 104 104 104 104 0 | - ; 1 canceled delisted, settled sell 10@104 | 10040
LIQ-10 even without a position                   | ends 2 0   | buy 5 limit 90 | 100 105 95 104; 104 104 104 104 0 | - ; 1 canceled delisted    | 10000
LIQ-10 later orders are refused                  | ends 2 10  | - >> - >> buy 5 market | 100 105 95 104; 104 104 104 104 0; 104 104 104 104 0 | - ; settled sell 10@104 ; 1 rejected venue | 10040
LIQ-10 nothing is settled twice                  | ends 2 10  | -              | 100 105 95 104; 104 104 104 104 0; 104 104 104 104 0 | - ; settled sell 10@104 ; - | 10040
LIQ-10 another symbol goes on                    | ends 2 10 B:10 | B:sell 10 limit 110 | 100 105 95 104 & 100 100 100 100; 104 104 104 104 0 & 100 111 100 105 | - ; settled sell 10@104, B:1 sell 10@110 maker | 10140
FUND-4 no funding after the end                  | ends 2 10  | -              | 100 105 95 104; 104 104 104 104 0; 104 104 104 104 0 fund 1% | - ; settled sell 10@104 ; - | 10040
`;

describe('several positions', () => {
  it.each(titled(cases(TWO)))('%s', (_, row) => expect(outcomeOf(row, 'free mmr 10% clear 1% 125x')).toEqual(statedBy(row)));
  it.each(titled(cases(HEDGE)))('%s', (_, row) => expect(outcomeOf(row, 'hedge free mmr 10% clear 1% 10x')).toEqual(statedBy(row)));
  it.each(titled(cases(DELISTING)))('%s', (_, row) => expect(outcomeOf(row, 'free')).toEqual(statedBy(row)));
});
