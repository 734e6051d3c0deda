import { describe, expect, it } from 'vitest';
import { cases, outcomeOf, statedBy, titled } from './table.ts';

const CLOSE_POSITION = `
FILL-16 closes a long at its trigger             |  10 | sell all stop 95            | 100 101 95 97                | 1 sell 10@95 taker
FILL-16 closes a short at its trigger            | -10 | buy all stop 105            | 100 105 99 103               | 1 buy 10@105 taker
FILL-16 target of a long                         |  10 | sell all target 105         | 100 105 99 103               | 1 sell 10@105 taker
FILL-16 target of a short                        | -10 | buy all target 95           | 100 101 95 97                | 1 buy 10@95 taker
FILL-16 gapped over                              |  10 | sell all stop 95            | 90 91 89 90                  | 1 sell 10@90 taker
FILL-16 not touched                              |  10 | sell all stop 95            | 100 101 96 97                | -
FILL-16 what was added is closed too             |  10 | sell all stop 95; buy 5 market | 100 101 95 97             | 2 buy 5@100 taker, 1 sell 15@95 taker
FILL-16 what was reduced is not                  |  10 | sell all stop 95; sell 4 market | 100 101 95 97            | 2 sell 4@100 taker, 1 sell 6@95 taker
FILL-16 expires when the position is closed      |  10 | sell all stop 95; sell 10 market | 100 101 95 97           | 2 sell 10@100 taker, 1 expired position_gone
FILL-16 expires when it is closed by a limit     |  10 | sell all stop 95; sell 10 limit 103 | 100 104 96 97        | 2 sell 10@103 maker, 1 expired position_gone
FILL-16 expires when it is flipped               |  10 | sell all stop 95; sell 15 market | 100 101 94 97           | 2 sell 15@100 taker, 1 expired position_gone
FILL-16 flipped, it need not be met              |  10 | sell all stop 95; sell 15 market | 100 101 96 97           | 2 sell 15@100 taker, 1 expired position_gone
FILL-16 a sell outlives a short                  |  -5 | sell all stop 95; buy 5 market  | 100 101 96 97; 97 98 95 96 | 2 buy 5@100 taker ; 1 expired position_gone
FILL-16 a sell closes the long behind a short    |  -5 | sell all stop 95; buy 9 market  | 100 101 95 97            | 2 buy 9@100 taker, 1 sell 4@95 taker
FILL-16 the first of two closes, the other goes  |  10 | sell all stop 95; sell all target 105 | 100 105 96 103     | 2 sell 10@105 taker, 1 expired position_gone
FILL-16 both in one candle, pessimistic          | pessimistic 10 | sell all stop 95; sell all target 105 | 100 106 93 101 | 1 sell 10@95 taker, 2 expired position_gone
FILL-16 both in one candle, the high is nearer   | heuristic 10   | sell all stop 95; sell all target 105 | 100 106 93 101 | 2 sell 10@105 taker, 1 expired position_gone
FILL-16 both in one candle, optimistic           | optimistic 10  | sell all stop 95; sell all target 105 | 100 106 93 101 | 2 sell 10@105 taker, 1 expired position_gone
FILL-16 can be cancelled                         |  10 | sell all stop 95 >> cancel 1 | 100 101 96 97; 97 98 94 95  | - ; 1 canceled requested
FILL-16 gone in a later candle                   |  10 | sell all stop 95 >> sell 10 market | 100 101 96 97; 97 98 90 95 | - ; 2 sell 10@97 taker, 1 expired position_gone
`;

const REDUCE_ONLY = `
ORD-3 a target leaves the stop alone             |  10 | sell 10 stop 95 reduce; sell 10 target 105 reduce | 100 105 96 103 | 2 sell 10@105 taker
ORD-3 which expires when it is met               |  10 | sell 10 stop 95 reduce; sell 10 target 105 reduce | 100 105 96 103; 103 104 95 99 | 2 sell 10@105 taker ; 1 expired reduce_only
ORD-3 or reduces what was bought meanwhile       |  10 | sell 10 stop 95 reduce; sell 10 target 105 reduce >> buy 5 market | 100 105 96 103; 103 103 95 99 | 2 sell 10@105 taker ; 3 buy 5@103 taker, 1 sell 5@95 taker
ORD-3 never flips a short                        | -10 | buy 25 stop 105 reduce      | 100 105 99 103               | 1 buy 10@105 taker
ORD-3 a reduction and its race in one fall       |  10 | sell 8 stop 95 reduce; sell 8 stop 92 reduce | 100 101 90 91 | 1 sell 8@95 taker, 2 sell 2@92 taker
ORD-3 a reduce-only limit behind a flip          |  10 | sell 15 market; sell 10 limit 105 reduce | 100 106 99 103  | 1 sell 15@100 taker, 2 expired reduce_only
ORD-3 reduce-only and closePosition at one price |  10 | sell 4 stop 95 reduce; sell all stop 95 | 100 101 95 97    | 1 sell 4@95 taker, 2 sell 6@95 taker
ORD-3 closePosition first, then nothing to reduce |  10 | sell all stop 95; sell 4 stop 95 reduce | 100 101 95 97   | 1 sell 10@95 taker, 2 expired reduce_only
ORD-3 an ioc that reduces is trimmed             |   6 | sell 10 limit 95 ioc reduce | 100 101 99 100               | 1 sell 6@100 taker
ORD-3 a fok that reduces is trimmed              |   6 | sell 10 limit 95 fok reduce | 100 101 99 100               | 1 sell 6@100 taker
`;

const AMEND = `
FILL-19 to a price that fills                    |   0 | buy 10 limit 90 >> amend 1 10@95 | 100 101 96 100; 100 101 94 100 | - ; 1 amended 10@95, 1 buy 10@95 maker
FILL-19 to a price that does not                 |   0 | buy 10 limit 95 >> amend 1 10@90 | 100 101 96 100; 100 101 94 100 | - ; 1 amended 10@90
FILL-19 to another quantity                      |   0 | buy 10 limit 95 >> amend 1 4@95  | 100 101 96 100; 100 101 94 100 | - ; 1 amended 4@95, 1 buy 4@95 maker
FILL-19 arrives anew: it may take                |   0 | buy 10 limit 90 >> amend 1 10@105 | 100 101 96 100; 100 101 99 100 | - ; 1 amended 10@105, 1 buy 10@100 taker
FILL-19 arrives anew: a gap takes                |   0 | buy 10 limit 90 >> amend 1 10@95 | 100 101 96 100; 92 93 91 92 | - ; 1 amended 10@95, 1 buy 10@92 taker
FILL-19 a sell                                   |   0 | sell 10 limit 110 >> amend 1 12@105 | 100 101 96 100; 100 106 99 100 | - ; 1 amended 12@105, 1 sell 12@105 maker
FILL-19 twice                                    |   0 | buy 10 limit 90 >> amend 1 10@92 >> amend 1 8@95 | 100 101 96 100; 100 101 93 100; 100 101 94 100 | - ; 1 amended 10@92 ; 1 amended 8@95, 1 buy 8@95 maker
FILL-19 to what it is                            |   0 | buy 10 limit 95 >> amend 1 10@95 | 100 101 96 100; 100 101 94 100 | - ; 1 amend refused unchanged, 1 buy 10@95 maker
FILL-19 a stop cannot be amended                 |  10 | sell 10 stop 95 >> amend 1 10@96 | 100 101 97 100; 100 101 95 100 | - ; 1 amend refused not_a_limit_order, 1 sell 10@95 taker
FILL-19 what is left of a part                   | cap 50% 0 | buy 10 limit 95 >> amend 1 8@95 | 100 101 94 100 10; 100 101 94 100 10 | 1 buy 5@95 maker part ; 1 amended 8@95, 1 buy 3@95 maker
FILL-19 to what is filled: canceled              | cap 50% 0 | buy 10 limit 95 >> amend 1 5@95 | 100 101 94 100 10; 100 101 94 100 10 | 1 buy 5@95 maker part ; 1 canceled amended_away
FILL-19 below what is filled: canceled           | cap 50% 0 | buy 10 limit 95 >> amend 1 3@95 | 100 101 94 100 10; 100 101 94 100 10 | 1 buy 5@95 maker part ; 1 canceled amended_away
FILL-19 beyond PERCENT_PRICE                     | up 105% 0 | buy 10 limit 90 >> amend 1 10@106 | 100 101 96 100; 100 101 99 100 | - ; 1 amend refused price_band
FILL-19 beyond the margin                        | wallet 100 10x 0 | buy 5 limit 90 >> amend 1 20@90 | 100 101 96 100; 100 101 99 100 | - ; 1 amend refused insufficient_margin
`;

const HEDGE = `
POS-1 a long and a short side by side            |   0 | buy 10 market long; sell 4 market short | 100 101 99 100     | 1 buy 10@100 taker, 2 sell 4@100 taker
POS-2 selling a long is trimmed to it            | L10 | sell 15 market long         | 100 101 99 100               | 1 sell 10@100 taker
POS-2 buying back a short is trimmed to it       | S10 | buy 15 market short         | 100 101 99 100               | 1 buy 10@100 taker
POS-2 selling a long that is not there           | S10 | sell 5 market long          | 100 101 99 100               | 1 expired reduce_only
POS-2 buying back a short that is not there      | L10 | buy 5 market short          | 100 101 99 100               | 1 expired reduce_only
POS-2 a limit that closes is trimmed             | L6 S9 | sell 10 limit 105 long    | 100 106 99 100               | 1 sell 6@105 maker
POS-2 a stop of the long, none of the short      | L10 S10 | sell 10 stop 95 long    | 100 101 95 97                | 1 sell 10@95 taker
POS-2 a stop of the short, none of the long      | L10 S10 | buy 10 stop 105 short   | 100 105 99 103               | 1 buy 10@105 taker
FILL-16 closing all of the long                  | L10 S4 | sell all stop 95 long    | 100 101 95 97                | 1 sell 10@95 taker
FILL-16 closing all of the short                 | L10 S4 | buy all target 95 short  | 100 101 95 97                | 1 buy 4@95 taker
FILL-16 of the long, while the short is closed   | L10 S4 | sell all stop 95 long; buy 4 market short | 100 101 95 97 | 2 buy 4@100 taker, 1 sell 10@95 taker
FILL-16 of a long that is closed                 | L10 S4 | sell all stop 95 long; sell 10 market long | 100 101 95 97 | 2 sell 10@100 taker, 1 expired position_gone
ORD-7 exits of a long beside a short             | S10 | buy 10 market long; sell 10 stop 95 of 1 long; sell 10 target 105 of 1 long | 100 101 95 97 | 1 buy 10@100 taker, 2 sell 10@95 taker, 3 canceled other_filled
ORD-8 exits go with their own side               |   0 | buy 10 market long; sell 10 stop 95 of 1 long; sell 10 market long | 100 101 96 97 | 1 buy 10@100 taker, 3 sell 10@100 taker, 2 canceled position_closed
ORD-8 exits stay when the other side is closed   | S10 | buy 10 market long; sell 10 stop 95 of 1 long; buy 10 market short | 100 101 95 97 | 1 buy 10@100 taker, 3 buy 10@100 taker, 2 sell 10@95 taker
ORD-7 an entry beside a short wakes its exits    | S10 | buy 4 limit 98 long; sell 4 stop 95 of 1 long | 100 100 94 96 | 1 buy 4@98 maker, 2 sell 4@95 taker
POS-1 an order without a side                    |   0 | buy 10 market               | 100 101 99 100               | 1 rejected position_side
FUND-6 long and short are charged in one entry   | L10 S4 | -                        | 100 101 99 100 fund 1%       | funding -6
FUND-6 equal sides pay nothing                   | L10 S10 | -                       | 100 101 99 100 fund 1%       | funding 0
FUND-6 a short alone receives                    | S10 | -                           | 100 101 99 100 fund 1%       | funding 10
`;

describe('races', () => {
  it.each(titled(cases(CLOSE_POSITION)))('%s', (_, row) => expect(outcomeOf(row)).toEqual(statedBy(row)));
  it.each(titled(cases(REDUCE_ONLY)))('%s', (_, row) => expect(outcomeOf(row)).toEqual(statedBy(row)));
});
describe('amendments', () => {
  it.each(titled(cases(AMEND)))('%s', (_, row) => expect(outcomeOf(row)).toEqual(statedBy(row)));
});
describe('hedge mode', () => {
  it.each(titled(cases(HEDGE)))('%s', (_, row) => expect(outcomeOf(row, 'hedge')).toEqual(statedBy(row)));
  it.each(titled(cases('POS-1 a side in one-way mode | 0 | buy 10 market long | 100 101 99 100 | 1 rejected position_side')))(
    '%s',
    (_, row) => expect(outcomeOf(row)).toEqual(statedBy(row)),
  );
});
