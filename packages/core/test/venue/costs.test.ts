import { describe, expect, it } from 'vitest';
import { cases, outcomeOf, statedBy, play, titled } from './table.ts';

// What takes pays half the spread and an impact of rate · √(quantity / volume); all together are rounded up to whole ticks.
const COSTS = `
FILL-9 half a spread, buying                     | half 1%    0 | buy 10 market        | 100 105 95 101               | 1 buy 10@101 taker
FILL-9 half a spread, selling                    | half 1%    0 | sell 10 market       | 100 105 95 101               | 1 sell 10@99 taker
FILL-9 half a spread below a tick is a tick      | half 0.01% 0 | buy 10 market        | 100 105 95 101               | 1 buy 10@101 taker
FILL-9 rounded up beyond a tick                  | half 1%    0 | buy 10 market        | 101 105 95 101               | 1 buy 10@103 taker
FILL-9 a limit that rests pays no spread         | half 1%    0 | buy 10 limit 95      | 100 105 90 101               | 1 buy 10@95 maker
FILL-9 a stop does                               | half 1%   10 | sell 10 stop 95      | 100 105 90 101               | 1 sell 10@94 taker
FILL-9 a target does                             | half 1%   10 | sell 10 target 105   | 100 109 95 101               | 1 sell 10@103 taker
FILL-9 a trailing stop does                      | half 1%   10 | sell 10 trail 5%     | 100 100 90 95                | 1 sell 10@94 taker
FILL-9 never outside the candle                  | half 1%    0 | buy 10 market        | 100 100 95 98                | 1 buy 10@100 taker
FILL-9 impact of a quarter of the volume         | impact 4%  0 | buy 10 market        | 100 105 95 101 40            | 1 buy 10@102 taker
FILL-9 impact of all of it                       | impact 4%  0 | buy 10 market        | 100 105 95 101 10            | 1 buy 10@104 taker
FILL-9 at most the whole of impact               | impact 4%  0 | buy 10 market        | 100 105 95 101 1             | 1 buy 10@104 taker
FILL-9 impact of a hundredth                     | impact 10% 0 | sell 10 market       | 100 105 95 101 1000          | 1 sell 10@99 taker
FILL-9 impact of a ninth, selling                | impact 9%  0 | sell 10 market       | 100 105 95 101 90            | 1 sell 10@97 taker
FILL-9 slippage, spread and impact are rounded once | slip 1% half 0.5% impact 1% 0 | buy 10 market | 100 105 95 101 10 | 1 buy 10@103 taker
FILL-9 below a tick together                     | slip 0.2% half 0.2% impact 0.2% 0 | sell 10 market | 100 105 95 101 10 | 1 sell 10@99 taker
FILL-9 their sum is clamped too                  | slip 1% half 1% impact 9% 0 | sell 10 market | 100 105 95 101 10   | 1 sell 10@95 taker
FILL-9 at an open of 200                         | half 1%    0 | buy 10 market        | 200 210 190 201              | 1 buy 10@202 taker
`;

describe('spread and impact', () => {
  it.each(titled(cases(COSTS)))('%s', (_, row) => expect(outcomeOf(row)).toEqual(statedBy(row)));
  it('FILL-9: the reference is the price before all of them', () => {
    const [row] = cases('a | slip 1% half 0.5% impact 1% 0 | buy 10 market | 100 105 95 101 10 | -');
    expect(play(row!).facts.at(-1)).toMatchObject({ price: 103, reference: 100, fee: 51_500_000 }); // 1030 · 0.0005 = 0.515
  });
});

// Half of a candle's volume is the most that is filled.
const PARTS = `
FILL-10 what fits fills whole                    | 0 | buy 5 market            | 100 105 95 101 10                   | 1 buy 5@100 taker
FILL-10 market: the rest at the next open        | 0 | buy 10 market           | 100 105 95 101 10; 101 102 100 101 10 | 1 buy 5@100 taker part ; 1 buy 5@101 taker
FILL-10 market: in three parts                   | 0 | sell 10 market          | 100 105 95 101 8; 101 102 100 101 6; 99 99 99 99 8 | 1 sell 4@100 taker part ; 1 sell 3@101 taker part ; 1 sell 3@99 taker
FILL-10 whole lots, rounded down                 | 0 | buy 10 market           | 100 105 95 101 11; 101 102 100 101 100 | 1 buy 5@100 taker part ; 1 buy 5@101 taker
FILL-10 half of one lot is none                  | 0 | buy 10 market           | 100 105 95 101 1; 101 102 100 101 100  | - ; 1 buy 10@101 taker
FILL-10 two orders share it, by id               | 0 | buy 4 market; buy 4 market | 100 105 95 101 10; 101 102 100 101 10 | 1 buy 4@100 taker, 2 buy 1@100 taker part ; 2 buy 3@101 taker
FILL-10 against each other as well               | 0 | buy 4 market; sell 4 market | 100 105 95 101 10; 101 102 100 101 10 | 1 buy 4@100 taker, 2 sell 1@100 taker part ; 2 sell 3@101 taker
FILL-10 limit: the rest stays                    | 0 | buy 10 limit 95         | 100 105 94 101 10; 101 102 94 101 10 | 1 buy 5@95 maker part ; 1 buy 5@95 maker
FILL-10 limit: the rest stays unfilled           | 0 | buy 10 limit 95         | 100 105 94 101 10; 101 102 95 101 10 | 1 buy 5@95 maker part ; -
FILL-10 limit: the rest can be cancelled         | 0 | buy 10 limit 95 >> cancel 1 | 100 105 94 101 10; 101 102 94 101 10 | 1 buy 5@95 maker part ; 1 canceled requested
FILL-10 ioc: the rest expires                    | 0 | buy 10 limit 105 ioc    | 100 105 95 101 10                   | 1 buy 5@100 taker part, 1 expired not_filled
FILL-10 fok that does not fit                    | 0 | buy 10 limit 105 fok    | 100 105 95 101 10                   | 1 rejected fok_not_filled
FILL-10 fok that fits                            | 0 | buy 5 limit 105 fok     | 100 105 95 101 10                   | 1 buy 5@100 taker
FILL-10 stop: the rest at the next open          | 10 | sell 10 stop 95        | 100 100 90 92 10; 91 92 90 91 10    | 1 sell 5@95 taker part ; 1 sell 5@91 taker
FILL-10 target: the rest at the next open        | 10 | sell 10 target 105     | 100 110 100 108 10; 103 104 102 103 10 | 1 sell 5@105 taker part ; 1 sell 5@103 taker
FILL-10 in the order of the path                 | 10 | sell 5 stop 92; sell 5 stop 96 | 100 100 90 91 10; 90 90 89 89 10 | 2 sell 5@96 taker ; 1 sell 5@90 taker
FILL-10 a market order before a limit            | 0 | buy 4 market; buy 4 limit 95 | 100 100 94 97 10; 97 97 94 96 10 | 1 buy 4@100 taker, 2 buy 1@95 maker part ; 2 buy 3@95 maker
ORD-7 a part of the parent wakes the exits       | 0 | buy 10 limit 95; sell 10 stop 92 of 1 | 100 100 94 97 10; 97 97 92 93 100 | 1 buy 5@95 maker part ; 1 buy 5@95 maker, 2 sell 10@92 taker
ORD-7 an exit ends what is left of the parent    | 0 | buy 10 limit 95; sell 10 target 105 of 1 | 100 100 94 97 10; 97 106 97 104 20 | 1 buy 5@95 maker part ; 2 sell 5@105 taker, 1 canceled other_filled
FILL-10 reduce-only is done with the position    | 6 | sell 10 market reduce   | 100 105 95 101 10; 101 102 100 101 10 | 1 sell 5@100 taker part ; 1 sell 1@101 taker
FILL-10 impact of the part that fills            | impact 4% 0 | buy 20 market | 100 105 95 101 20; 100 101 100 101 100 | 1 buy 10@103 taker part ; 1 buy 10@101 taker
`;

describe('partial fills', () => {
  it.each(titled(cases(PARTS)))('%s', (_, row) => expect(outcomeOf(row, 'cap 50%')).toEqual(statedBy(row)));
  it('FILL-10: fills of one order are counted from 1, and only the last is the end', () => {
    const [row] = cases('a | 0 | sell 10 market | 100 105 95 101 8; 101 102 100 101 6; 99 99 99 99 8 | -');
    const fills = play(row!, { settings: 'cap 50%' }).facts.flatMap((fact) =>
      fact.type === 'OrderFilled' ? [[fact.fill, fact.isDone]] : [],
    );
    expect(fills).toEqual([
      [1, false],
      [2, false],
      [3, true],
    ]);
  });
  it.each([
    // Tier VIP 1 is 0.016 % and 0.04 %, a tenth less is 0.0144 % and 0.036 %: of 950 and of 1,000.
    ['FEE-4: maker', 'buy 10 limit 95', 13_680_000],
    ['FEE-4: taker', 'buy 10 market', 36_000_000],
  ])('%s rate of a tier paid in BNB, to 1e-8 of the value', (_, order, fee) => {
    const [row] = cases(`a | fees 0.0144%/0.036% 0 | ${order} | 100 105 90 101 | -`);
    expect(play(row!).facts.at(-1)).toMatchObject({ fee });
  });
  it('FEE-2: each part pays its own fee, rounded up', () => {
    const [row] = cases('a | 0 | buy 10 market | 100 105 95 101 10; 101 102 100 101 10 | -');
    const fees = play(row!, { settings: 'cap 50%' }).facts.flatMap((fact) => (fact.type === 'OrderFilled' ? [fact.fee] : []));
    expect(fees).toEqual([25_000_000, 25_250_000]); // 500 · 0.0005 and 505 · 0.0005
  });
});
