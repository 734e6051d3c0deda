import { describe, expect, it } from 'vitest';
import { SimVenue, type Fact } from '../../src/index.ts';
import { cases, outcomeOf, statedBy, parseOrder, titled } from './table.ts';
import { settingsOf } from './table-settings.ts';
import { tapeOf } from '../engine/fixture.ts';

// No trading fees, 10×: a lot at 100 binds 10. Maintenance margin is 1 %.
const AVAILABLE = `
MARG-4 all that is available                     | wallet 100 0 | buy 10 market         | 100 100 100 100              | 1 buy 10@100 taker
MARG-4 a lot too many                            | wallet 100 0 | buy 11 market         | 100 100 100 100              | 1 rejected insufficient_margin
MARG-4 a lot too many, selling                   | wallet 100 0 | sell 11 market        | 100 100 100 100              | 1 rejected insufficient_margin
MARG-4 two that fit one by one                   | wallet 100 0 | buy 6 market; buy 6 market | 100 100 100 100         | 2 rejected insufficient_margin, 1 buy 6@100 taker
MARG-4 a position binds as well                  | wallet 100 6 | buy 5 market          | 100 100 100 100              | 1 rejected insufficient_margin
MARG-4 what is free beside it                    | wallet 100 6 | buy 4 market          | 100 100 100 100              | 1 buy 4@100 taker
MARG-4 a limit at its own price                  | wallet 100 0 | buy 11 limit 90       | 100 100 91 100               | -
MARG-4 a limit that binds too much               | wallet 100 0 | buy 12 limit 90       | 100 100 91 100               | 1 rejected insufficient_margin
MARG-4 limits bind together                      | wallet 100 0 | buy 6 limit 90; buy 6 limit 90 | 100 100 91 100      | 2 rejected insufficient_margin
MARG-4 a cancelled one binds no more             | wallet 100 0 | buy 6 limit 90 >> cancel 1 >> buy 6 limit 90 | 100 100 95 100; 100 100 95 100; 100 100 89 100 | - ; 1 canceled requested ; 2 buy 6@90 maker
MARG-4 with the loss that it would open with     | wallet 100 0 | buy 9 limit 110       | 100 100 100 100              | 1 rejected insufficient_margin
MARG-4 44 and 40 of loss are there               | wallet 100 0 | buy 4 limit 110       | 100 100 100 100              | 1 buy 4@100 taker
MARG-2 bids and asks: the larger side counts     | wallet 100 0 | buy 8 limit 90; sell 8 limit 110 | 100 100 95 100   | -
MARG-2 an ask beyond the long that it closes     | wallet 100 10 | sell 25 market       | 100 100 100 100              | 1 rejected insufficient_margin
MARG-2 an ask that closes the long binds nothing | wallet 100 10 | sell 10 limit 105    | 100 106 100 104              | 1 sell 10@105 maker
MARG-2 a flip to the same size binds nothing     | wallet 100 10 | sell 20 market       | 100 100 100 100              | 1 sell 20@100 taker
MARG-2 a reduce-only order binds nothing         | wallet 100 10 | sell 30 limit 105 reduce | 100 106 100 104          | 1 sell 10@105 maker
MARG-2 nor does closePosition                    | wallet 100 10 | sell all stop 95     | 100 100 95 96                | 1 sell 10@95 taker
MARG-4 a stop binds nothing before its trigger   | wallet 100 0 | buy 9 stop 105; buy 9 limit 95 | 100 100 94 100      | 2 buy 9@95 maker
MARG-4 a stop without margin at its trigger      | wallet 100 0 | buy 20 stop 105       | 100 105 100 104              | 1 expired insufficient_margin
MARG-4 a stop with margin at its trigger         | wallet 100 0 | buy 9 stop 105        | 100 105 100 104              | 1 buy 9@105 taker
MARG-4 two of one frame, each by itself          | wallet 100 0 | buy 6 stop 105; B:buy 6 stop 105 | 100 105 100 104 & 100 105 100 104 | 1 buy 6@105 taker, B:2 buy 6@105 taker
MARG-4 with what others have lost meanwhile      | wallet 100 B:10@50 | buy 4 stop 105  | 100 100 100 100 & 50 50 50 50; x & 49 49 49 49; 100 105 100 104 & 49 49 49 49; 104 104 104 104 & 20 20 20 20 | - ; - ; 1 expired insufficient_margin ; B:liquidated sell 10@20 absorbed 200
MARG-4 a stop that closes needs none             | wallet 100 10 | sell 10 stop 95      | 100 100 95 96                | 1 sell 10@95 taker
MARG-3 a loss is not available                   | wallet 100 5 | - >> buy 3 market     | 95 95 95 95; 95 95 95 95     | - ; 1 rejected insufficient_margin
MARG-3 what the loss leaves is                   | wallet 100 5 | - >> buy 2 market     | 95 95 95 95; 95 95 95 95     | - ; 1 buy 2@95 taker
MARG-3 a profit is available                     | wallet 100 9 | - >> buy 7 market     | 110 110 110 110; 110 110 110 110 | - ; 1 buy 7@110 taker
MARG-3 another symbol binds as well              | wallet 100 B:6 | buy 5 market        | 100 100 100 100 & 100 100 100 100 | 1 rejected insufficient_margin
MARG-7 a higher leverage binds less              | wallet 100 0 | leverage 20; buy 20 market | 100 100 100 100         | leverage 20, 1 buy 20@100 taker
MARG-7 up to its own bound                       | wallet 100 0 | leverage 20; buy 21 market | 100 100 100 100         | leverage 20, 1 rejected insufficient_margin
MARG-7 a lower one more                          | wallet 100 0 | leverage 5; buy 6 market   | 100 100 100 100         | leverage 5, 1 rejected insufficient_margin
MARG-7 the most that the symbol allows           | wallet 100 0 | leverage 125          | 100 100 100 100              | leverage 125
MARG-7 beyond it                                 | wallet 100 0 | leverage 126          | 100 100 100 100              | leverage 126 refused out_of_range
MARG-7 none at all                               | wallet 100 0 | leverage 0            | 100 100 100 100              | leverage 0 refused out_of_range
MARG-7 each symbol has its own                   | wallet 100 0 | B:leverage 20; buy 11 market | 100 100 100 100 & 100 100 100 100 | B:leverage 20, 1 rejected insufficient_margin
`;

// 10× up to 1,000, then 5×.
const BRACKETS = `
MARG-5 within the bracket of the leverage        | 10x 0 | buy 9 market                 | 100 100 100 100              | 1 buy 9@100 taker
MARG-5 beyond it                                 | 10x 0 | buy 11 market                | 100 100 100 100              | 1 rejected max_position
MARG-5 beyond it, selling                        | 10x 0 | sell 11 market               | 100 100 100 100              | 1 rejected max_position
MARG-5 at a lower leverage                       | 5x 0  | buy 11 market                | 100 100 100 100              | 1 buy 11@100 taker
MARG-5 together with what is held                | 10x 5 | buy 6 market                 | 100 100 100 100              | 1 rejected max_position
MARG-5 what reduces is never too much            | 10x 5 | sell 5 market                | 100 100 100 100              | 1 sell 5@100 taker
MARG-5 resting orders of its side count          | 10x 0 | buy 6 limit 90; buy 6 limit 90 | 100 100 95 100             | 2 rejected max_position
MARG-5 those of the other side do not            | 10x 0 | sell 9 limit 105; buy 9 limit 95 | 100 100 96 100           | -
MARG-7 a leverage too high for what is held      | 5x 15 | leverage 10                  | 100 100 100 100              | leverage 10 refused position_too_large
MARG-7 one that fits                             | 5x 9  | leverage 10                  | 100 100 100 100              | leverage 10
MARG-7 to a lower one at any size                | 5x 15 | leverage 2                   | 100 100 100 100              | leverage 2
MARG-7 beyond the first bracket                  | 5x 0  | leverage 11                  | 100 100 100 100              | leverage 11 refused out_of_range
MARG-7 a symbol begins with the most it allows   | 20x 0 | buy 11 market                | 100 100 100 100              | 1 rejected max_position
`;

const REFUSED = `
GATE-8 a buy at 105 % of the mark price          | up 105% 0   | buy 10 limit 105       | 100 100 100 100              | 1 buy 10@100 taker
GATE-8 a buy above                               | up 105% 0   | buy 10 limit 106       | 100 100 100 100              | 1 rejected price_band
GATE-8 a sell at 95 %                            | down 95% 0  | sell 10 limit 95       | 100 100 100 100              | 1 sell 10@100 taker
GATE-8 a sell below                              | down 95% 0  | sell 10 limit 94       | 100 100 100 100              | 1 rejected price_band
GATE-6 the symbol's limit of orders              | most 2 0    | buy 1 limit 90; buy 1 limit 91; buy 1 limit 92 | 100 100 95 100 | 3 rejected max_orders
GATE-6 one that ended makes room                 | most 2 0    | buy 1 limit 90; buy 1 limit 91 >> cancel 1 >> buy 1 limit 92 | 100 100 95 100; 100 100 95 100; 100 100 91 100 | - ; 1 canceled requested ; 3 buy 1@92 maker
GATE-6 each symbol has its own                   | most 1 0    | buy 1 limit 90; B:buy 1 limit 90 | 100 100 95 100 & 100 100 95 100 | -
`;

describe('margin', () => {
  it.each(titled(cases(AVAILABLE)))('%s', (_, row) => expect(outcomeOf(row, 'free mmr 1% 10x')).toEqual(statedBy(row)));
  it.each(titled(cases(BRACKETS)))('%s', (_, row) =>
    expect(outcomeOf(row, 'free wallet 10000 brackets 1%x10<1000<2%x5')).toEqual(statedBy(row)),
  );
  it.each(titled(cases(REFUSED)))('%s', (_, row) => expect(outcomeOf(row)).toEqual(statedBy(row)));

  it('GATE-6: at most 200 conditional orders of the account, whatever the symbol', () => {
    const { instruments, assumptions } = settingsOf('0');
    const tapes = instruments.map(({ id }) => tapeOf([[100, 100, 100, 100]], id));
    const venue = new SimVenue(
      { instruments, tapes, funding: tapes.map(() => ({ times: new Float64Array(0), ratesE8: new Float64Array(0) })) },
      assumptions,
    );
    const facts: Fact[] = [];
    tapes.forEach((tape) => venue.match(tape, 0, facts));
    venue.endFrame(59_999, facts);
    for (let k = 1; k <= 201; k++) {
      const order = parseOrder(k % 3 === 0 ? 'buy 1 stop 105' : k % 3 === 1 ? 'sell 1 stop 95 limit 94' : 'sell 1 trail 5%', k);
      venue.handle({ ...order, instrument: instruments[k % 2]!.id }, facts);
    }
    expect(facts.flatMap((fact) => (fact.type === 'OrderRejected' ? [[fact.orderId, fact.reason]] : []))).toEqual([
      [201, 'max_conditional_orders'],
    ]);
  });
});
