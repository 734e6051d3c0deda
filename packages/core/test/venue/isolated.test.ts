import { describe, expect, it } from 'vitest';
import { cases, outcomeOf, statedBy, titled } from './table.ts';

// No trading fees, 4×: a long of 10 at 100 has 250 of its own. At 6.25 % it goes at 80: 250 − 200 = 50 = 6.25 % of 800.
const ISOLATED = `
LIQ-1 a long, just above                         | 10  | -                     | 100 101 81 95                | -                              | 1000
LIQ-1 a long, touched                            | 10  | -                     | 100 101 80 95                | liquidated sell 10@80 fee 8    | 792
LIQ-1 a long, through                            | 10  | -                     | 100 101 60 95                | liquidated sell 10@80 fee 8    | 792
LIQ-3 an open beyond it                          | 10  | -                     | 78 79 77 78                  | liquidated sell 10@78 fee 7.8  | 772.2
LIQ-7 the fee takes at most the isolated wallet  | clear 10% 10 | -            | 100 101 80 95                | liquidated sell 10@80 fee 50   | 750
LIQ-7 nothing left of it, no fee                 | 10  | -                     | 75 76 74 75                  | liquidated sell 10@75          | 750
LIQ-8 never more than the isolated wallet        | 10  | -                     | 70 71 69 70                  | liquidated sell 10@70 absorbed 50 | 750
LIQ-8 whatever the account holds                 | wallet 100000 10 | -        | 50 51 49 50                  | liquidated sell 10@50 absorbed 250 | 99750
LIQ-8 a short                                    | -10 | -                     | 140 141 139 140              | liquidated buy 10@140 absorbed 150 | 750
LIQ-3 a stop between                             | 10  | sell 10 stop 85 reduce | 100 101 60 70               | 1 sell 10@85 taker             | 850
LIQ-3 a stop beyond                              | 10  | sell 10 stop 79 reduce | 100 101 60 70               | 1 canceled liquidation, liquidated sell 10@80 fee 8 | 792
LIQ-3 a stop at the same point                   | 10  | sell 10 stop 80 reduce | 100 101 60 70               | 1 sell 10@80 taker             | 800
LIQ-4 orders of another symbol stay              | 10  | sell 10 stop 79 reduce; B:buy 1 limit 40 | 100 101 80 95 & 50 51 50 50; 95 95 95 95 & 50 50 39 50 | 1 canceled liquidation, liquidated sell 10@80 fee 8 ; B:2 buy 1@40 maker | 792
LIQ-1 another symbol does not help               | 10 B:10 | -                 | 100 101 80 95 & 100 150 100 150 | liquidated sell 10@80 fee 8 | 792
LIQ-1 nor is it harmed                           | 10 B:10 | -                 | 70 71 69 70 & 100 100 100 100 | liquidated sell 10@70 absorbed 50 | 750
MARG-6 what is added binds at its own fill       | 10  | buy 10 market         | 120 120 120 120; 80 80 80 80 | 1 buy 10@120 taker ; liquidated sell 20@80 absorbed 50 | 450
MARG-6 half of it gives half of the wallet back  | 10  | sell 5 market         | 90 90 90 90; 70 70 70 70     | 1 sell 5@90 taker ; liquidated sell 5@70 absorbed 25 | 825
MARG-6 a loss beyond the part given back         | 10  | sell 5 market >> -    | 82 82 82 82; 60 60 60 60     | 1 sell 5@82 taker ; liquidated sell 5@60 absorbed 75 | 785
MARG-6 a third, rounded down                     | 9   | sell 3 market         | 100 100 100 100; 60 60 60 60 | 1 sell 3@100 taker ; liquidated sell 6@60 absorbed 90 | 850
MARG-6 closed, all of it comes back              | 10  | sell 10 market        | 110 110 110 110; 50 50 50 50 | 1 sell 10@110 taker ; -        | 1100
MARG-6 a flip has a wallet of its own            | 10  | sell 15 market        | 100 100 100 100; 130 130 130 130 | 1 sell 15@100 taker ; liquidated buy 5@130 absorbed 25 | 875
MARG-6 the wallet is no longer available         | 10  | buy 31 market         | 100 100 100 100              | 1 rejected insufficient_margin | 1000
MARG-6 what is left is                           | 10  | buy 30 market         | 100 100 100 100              | 1 buy 30@100 taker             | 1000
MARG-3 a profit of it is not available           | 10  | - >> buy 26 market    | 120 120 120 120; 120 120 120 120 | - ; 1 rejected insufficient_margin | 1000
MARG-3 a loss of it takes nothing away           | 10  | - >> buy 33 market    | 90 90 90 90; 90 90 90 90     | - ; 1 buy 33@90 taker          | 1000
MARG-7 a leverage is not lowered                 | 10  | leverage 2            | 100 100 100 100              | leverage 2 refused position_too_large | 1000
MARG-7 it may be without a position              | 0   | leverage 2            | 100 100 100 100              | leverage 2                     | 1000
MARG-7 it may be raised, and the wallet stays    | 10  | leverage 10           | 100 101 80 95                | leverage 10, liquidated sell 10@80 fee 8 | 792
MARG-7 what is added then binds at the new one   | 10  | leverage 10; buy 10 market | 100 100 100 100; 60 60 60 60 | leverage 10, 1 buy 10@100 taker ; liquidated sell 20@60 absorbed 450 | 650
FUND-6 is taken from the isolated wallet         | 10  | -                     | 100 101 90 95 fund 10%       | funding -100, liquidated sell 10@90 fee 9 | 791
FUND-6 and goes to it                            | 10  | -                     | 100 101 80 95 fund -10%      | funding 100                    | 1100
FUND-6 which bears more then                     | 10  | -                     | 100 100 100 100 fund -10%; 60 60 60 60 | funding 100 ; liquidated sell 10@60 absorbed 50 | 750
`;

const PAID = `
MARG-6 fees come from the cross wallet           | 10  | -                     | 70 71 69 70                  | liquidated sell 10@70 absorbed 50 | 749.5
`;

// Two lots of a bracket step: 10 % to 1,000, then 20 % less 100; 2×, so that 20 at 100 have 1,000 of their own. They go at
// 16 p = 2000 − 1000 − 100 = 900: at 56.25, sold at 56. 17 lots are 956.25 there; three go, and with them 3 / 20 of the wallet.
const STEPS = `
LIQ-5 an isolated position goes in steps as well | 20  | -                     | 100 101 56 95                | liquidated sell 3@56 fee 1.68  | 4866.32
`;

describe('isolated margin', () => {
  it.each(titled(cases(ISOLATED)))('%s', (_, row) =>
    expect(outcomeOf(row, 'isolated free mmr 6.25% clear 1% 4x wallet 1000')).toEqual(statedBy(row)),
  );
  it.each(titled(cases(PAID)))('%s', (_, row) =>
    expect(outcomeOf(row, 'isolated mmr 6.25% clear 1% 4x wallet 1000')).toEqual(statedBy(row)),
  );
  it.each(titled(cases(STEPS)))('%s', (_, row) =>
    expect(outcomeOf(row, 'isolated free brackets 10%x10<1000<20%x5 clear 1% 2x wallet 5000')).toEqual(statedBy(row)),
  );
});
