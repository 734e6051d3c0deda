import { describe, expect, it } from 'vitest';
import { NO_FUNDING, SimVenue, type Fact } from '../../src/index.ts';
import { MINUTE, tapeOf } from '../engine/fixture.ts';
import { cases, outcomeOf, statedBy, parseOrder, titled } from './table.ts';
import { settingsOf } from './table-settings.ts';

// Columns: name | held | orders | candles | what happens. Worked by hand.

/** A limit order behind a trigger: at its trigger it takes where the limit is better than the traded price, and rests otherwise. */
const STOP = `
FILL-13 sell stop 95 limit 94, not touched       |  10 | sell 10 stop 95 limit 94    | 100 101 96 97                | -
FILL-13 sell stop touched, takes at the trigger  |  10 | sell 10 stop 95 limit 94    | 100 101 95 97                | 1 sell 10@95 taker
FILL-13 sell stop through, takes at the trigger  |  10 | sell 10 stop 95 limit 94    | 100 101 90 97                | 1 sell 10@95 taker
FILL-13 sell stop gapped, limit above: rests     |  10 | sell 10 stop 95 limit 94    | 90 92 88 91                  | -
FILL-13 it rests until the price is through it   |  10 | sell 10 stop 95 limit 94    | 90 92 88 91; 91 95 90 93     | - ; 1 sell 10@94 maker
FILL-13 a touch of the limit is not enough       |  10 | sell 10 stop 95 limit 94    | 90 92 88 91; 91 94 90 93     | - ; -
FILL-13 sell stop gapped, limit below: takes     |  10 | sell 10 stop 95 limit 85    | 90 92 88 91                  | 1 sell 10@90 taker
FILL-13 limit beyond the trigger: rests there    |  10 | sell 10 stop 95 limit 97    | 100 101 90 99                | 1 sell 10@97 maker
FILL-13 and waits for a later candle             |  10 | sell 10 stop 95 limit 97    | 96 96 95 95; 95 98 94 97     | - ; 1 sell 10@97 maker
FILL-13 buy stop, not touched                    | -10 | buy 10 stop 105 limit 106   | 100 104 99 103               | -
FILL-13 buy stop touched                         | -10 | buy 10 stop 105 limit 106   | 100 105 99 103               | 1 buy 10@105 taker
FILL-13 buy stop through                         | -10 | buy 10 stop 105 limit 106   | 100 110 99 103               | 1 buy 10@105 taker
FILL-13 buy stop gapped, limit below: rests      | -10 | buy 10 stop 105 limit 106   | 110 112 108 109              | -
FILL-13 and fills when the price comes back      | -10 | buy 10 stop 105 limit 106   | 110 112 108 109; 109 110 105 107 | - ; 1 buy 10@106 maker
FILL-13 buy stop gapped, limit above: takes      | -10 | buy 10 stop 105 limit 115   | 110 112 108 109              | 1 buy 10@110 taker
FILL-13 buy stop, limit short of the trigger     | -10 | buy 10 stop 105 limit 103   | 100 110 99 101               | 1 buy 10@103 maker
FILL-13 back through the limit, on one path alone | optimistic 0  | buy 10 stop 101 limit 101 | 100 102 100 102            | 1 buy 10@101 maker
FILL-13 and not at all on the other              | pessimistic 0 | buy 10 stop 101 limit 101 | 100 102 100 102            | -
FILL-13 a stop enters a position                 |   0 | buy 10 stop 105 limit 106   | 100 105 99 103               | 1 buy 10@105 taker
FILL-13 ioc counts from the trigger: takes       |  10 | sell 10 stop 95 limit 94 ioc | 100 101 96 97; 97 98 95 96  | - ; 1 sell 10@95 taker
FILL-13 ioc counts from the trigger: gone        |  10 | sell 10 stop 95 limit 97 ioc | 100 101 96 97; 97 98 95 96  | - ; 1 expired not_filled
FILL-13 cancelled before its trigger             |  10 | sell 10 stop 95 limit 94 >> cancel 1 | 100 101 96 97; 97 98 90 96 | - ; 1 canceled requested
`;

const TAKE_PROFIT = `
FILL-13 sell target 105 limit 104, not touched   |  10 | sell 10 target 105 limit 104 | 100 104 99 103              | -
FILL-13 sell target touched                      |  10 | sell 10 target 105 limit 104 | 100 105 99 103              | 1 sell 10@105 taker
FILL-13 sell target through                      |  10 | sell 10 target 105 limit 104 | 100 109 99 103              | 1 sell 10@105 taker
FILL-13 sell target gapped: takes at the open    |  10 | sell 10 target 105 limit 104 | 110 112 108 111             | 1 sell 10@110 taker
FILL-13 sell target, limit beyond: same leg      |  10 | sell 10 target 105 limit 107 | 100 108 99 103              | 1 sell 10@107 maker
FILL-13 sell target, limit beyond: touched only  |  10 | sell 10 target 105 limit 107 | 100 107 99 103              | -
FILL-13 buy target, not touched                  | -10 | buy 10 target 95 limit 96    | 100 101 96 97               | -
FILL-13 buy target touched                       | -10 | buy 10 target 95 limit 96    | 100 101 95 97               | 1 buy 10@95 taker
FILL-13 buy target through                       | -10 | buy 10 target 95 limit 96    | 100 101 91 97               | 1 buy 10@95 taker
FILL-13 buy target gapped: takes at the open     | -10 | buy 10 target 95 limit 96    | 90 92 88 91                 | 1 buy 10@90 taker
FILL-13 buy target, limit beyond: same leg       | -10 | buy 10 target 95 limit 93    | 100 101 92 97               | 1 buy 10@93 maker
FILL-13 a reduce-only one is trimmed             |   6 | sell 10 target 105 limit 104 reduce | 100 105 99 103       | 1 sell 6@105 taker
`;

/** 5 % of 100 is 5; of 104 it is 5.2, so the trigger is 98.8, rounded away from the best price: 98. */
const TRAILING = `
FILL-14 sell, 5 % below the arrival not reached  |  10 | sell 10 trail 5%            | 100 100 96 97                | -
FILL-14 sell, touched                            |  10 | sell 10 trail 5%            | 100 100 95 97                | 1 sell 10@95 taker
FILL-14 sell, through                            |  10 | sell 10 trail 5%            | 100 100 90 97                | 1 sell 10@95 taker
FILL-14 sell, best 104: 99 does not reach it     |  10 | sell 10 trail 5%            | 100 104 100 104; 104 104 99 100 | - ; -
FILL-14 sell, best 104: 98 does                  |  10 | sell 10 trail 5%            | 100 104 100 104; 104 104 98 100 | - ; 1 sell 10@98 taker
FILL-14 sell, gapped over                        |  10 | sell 10 trail 5%            | 100 104 100 104; 90 91 89 90 | - ; 1 sell 10@90 taker
FILL-14 sell, a gap up is a new best             |  10 | sell 10 trail 5%            | 100 100 99 100; 120 120 114 115 | - ; 1 sell 10@114 taker
FILL-14 sell, the best is kept from candle to candle | 10 | sell 10 trail 5%        | 100 104 100 104; 103 103 99 100; 100 101 98 99 | - ; - ; 1 sell 10@98 taker
FILL-14 buy, 5 % above the arrival not reached   | -10 | buy 10 trail 5%             | 100 104 100 103              | -
FILL-14 buy, touched                             | -10 | buy 10 trail 5%             | 100 105 100 103              | 1 buy 10@105 taker
FILL-14 buy, through                             | -10 | buy 10 trail 5%             | 100 110 100 103              | 1 buy 10@105 taker
FILL-14 buy, best 96: 100.8 is 101, not reached  | -10 | buy 10 trail 5%             | 100 100 96 96; 96 100 96 99  | - ; -
FILL-14 buy, best 96: 101 touched                | -10 | buy 10 trail 5%             | 100 100 96 96; 96 101 96 99  | - ; 1 buy 10@101 taker
FILL-14 buy, gapped over                         | -10 | buy 10 trail 5%             | 100 100 96 96; 110 111 109 110 | - ; 1 buy 10@110 taker
FILL-14 sell, asleep below its activation        |  10 | sell 10 trail 5% from 105   | 100 104 80 85                | -
FILL-14 sell, active from a touch on             |  10 | sell 10 trail 5% from 105   | 100 105 100 105; 105 105 99 100 | - ; 1 sell 10@99 taker
FILL-14 sell, active: not yet back               |  10 | sell 10 trail 5% from 105   | 100 105 100 105; 105 105 100 101 | - ; -
FILL-14 buy, asleep above its activation         | -10 | buy 10 trail 5% from 95     | 98 120 96 110                | -
FILL-14 buy, active from a touch on              | -10 | buy 10 trail 5% from 95     | 98 98 95 95; 95 100 95 98    | - ; 1 buy 10@100 taker
FILL-14 a reduce-only one is trimmed             |   6 | sell 10 trail 5% reduce     | 100 100 95 97                | 1 sell 6@95 taker
FILL-14 one percent of 100                       |  10 | sell 10 trail 1%            | 100 100 99 100               | 1 sell 10@99 taker
FILL-14 two of them, the nearer first            |  10 | sell 4 trail 8%; sell 6 trail 5% | 100 100 90 91           | 2 sell 6@95 taker, 1 sell 4@92 taker
FILL-14 up and back in one candle, pessimistic   | pessimistic 10 | sell 10 trail 5% | 100 120 100 118              | 1 sell 10@114 taker
FILL-14 up and back in one candle, low is nearer | heuristic 10   | sell 10 trail 5% | 100 120 100 118              | -
FILL-14 up and back in one candle, optimistic    | optimistic 10  | sell 10 trail 5% | 100 120 100 118              | -
`;

const TIME_IN_FORCE = `
FILL-17 fok buy that finds its price             |   0 | buy 10 limit 105 fok        | 100 108 95 101               | 1 buy 10@100 taker
FILL-17 fok sell that finds its price            |   0 | sell 10 limit 95 fok        | 100 108 92 101               | 1 sell 10@100 taker
FILL-17 fok buy that does not                    |   0 | buy 10 limit 98 fok         | 100 108 90 101               | 1 rejected fok_not_filled
FILL-17 fok sell that does not                   |   0 | sell 10 limit 103 fok       | 100 108 90 101               | 1 rejected fok_not_filled
FILL-17 gtd fills before its date                |   0 | buy 10 limit 90 till 3      | 100 101 95 100; 100 101 85 100 | - ; 1 buy 10@90 maker
FILL-17 gtd expires at the candle that opens then |  0 | buy 10 limit 90 till 2      | 100 101 95 100; 100 101 85 100 | - ; 1 expired good_till_date
FILL-17 gtd whose date is inside a candle        |   0 | buy 10 limit 90 till 1.5    | 100 101 85 100               | 1 buy 10@90 maker
FILL-17 gtd whose date was inside the last one   |   0 | buy 10 limit 90 till 1.5    | 100 101 95 100; 100 101 85 100 | - ; 1 expired good_till_date
FILL-17 gtd expires in a gap: at the next candle |   0 | buy 10 limit 90 till 2      | 100 101 95 100; x; 80 81 79 80 | - ; - ; 1 expired good_till_date
FILL-6 gtx rests, and waits for another candle   |   0 | buy 10 limit 95 gtx         | 100 101 96 100; 100 101 94 100 | - ; 1 buy 10@95 maker
FILL-6 ioc that takes at a gap                   |   0 | sell 10 limit 95 ioc        | 110 111 109 110              | 1 sell 10@110 taker
`;

const TOUCH = `
FILL-11 buy limit, low above                     |   0 | buy 10 limit 95             | 100 105 96 101               | -
FILL-11 buy limit touched                        |   0 | buy 10 limit 95             | 100 105 95 101               | 1 buy 10@95 maker
FILL-11 buy limit through                        |   0 | buy 10 limit 95             | 100 105 90 101               | 1 buy 10@95 maker
FILL-11 sell limit, high below                   |   0 | sell 10 limit 105           | 100 104 95 101               | -
FILL-11 sell limit touched                       |   0 | sell 10 limit 105           | 100 105 95 101               | 1 sell 10@105 maker
FILL-11 sell limit through                       |   0 | sell 10 limit 105           | 100 109 95 101               | 1 sell 10@105 maker
FILL-11 two at the price that is touched         |   0 | buy 4 limit 95; buy 6 limit 95 | 100 105 95 101            | 1 buy 4@95 maker, 2 buy 6@95 maker
FILL-11 behind a target at that price            |  10 | sell 4 target 105; sell 6 limit 105 | 100 105 95 101       | 1 sell 4@105 taker, 2 sell 6@105 maker
FILL-11 a resting limit is gapped over all the same | 0 | buy 10 limit 95            | 100 105 96 101; 90 92 88 91  | - ; 1 buy 10@90 maker
FILL-11 a resting limit, open exactly at it      |   0 | buy 10 limit 95             | 100 105 96 101; 95 96 95 96  | - ; 1 buy 10@95 maker
FILL-11 a limit that takes is no other           |   0 | buy 10 limit 105            | 100 108 95 101               | 1 buy 10@100 taker
FILL-11 the limit of a target, touched           |  10 | sell 10 target 105 limit 107 | 100 107 99 103              | 1 sell 10@107 maker
`;

describe('order types', () => {
  it.each(titled(cases(STOP)))('%s', (_, row) => expect(outcomeOf(row)).toEqual(statedBy(row)));
  it.each(titled(cases(TAKE_PROFIT)))('%s', (_, row) => expect(outcomeOf(row)).toEqual(statedBy(row)));
  it.each(titled(cases(TRAILING)))('%s', (_, row) => expect(outcomeOf(row)).toEqual(statedBy(row)));
  it.each(titled(cases(TIME_IN_FORCE)))('%s', (_, row) => expect(outcomeOf(row)).toEqual(statedBy(row)));
  it.each([
    ['FILL-17 a gtc order the moment before its year is over', 365 * 86_400_000 - 1, 'OrderFilled'],
    ['FILL-17 a gtc order a year later', 365 * 86_400_000, 'OrderExpired'],
  ])('%s', (_, later, type) => {
    const { instruments, assumptions } = settingsOf('0');
    const tape = tapeOf([
      [100, 100, 100, 100],
      [100, 100, 80, 90],
    ]);
    tape.closeTs[1] = MINUTE - 1 + later + MINUTE - 1;
    const venue = new SimVenue({ instruments: [instruments[0]!], tapes: [tape], funding: [NO_FUNDING] }, assumptions);
    const facts: Fact[] = [];
    venue.handle(parseOrder('buy 10 limit 95', 1), facts);
    venue.match(tape, 1, facts);
    venue.endFrame(tape.closeTs[1], facts);
    expect(facts.at(-1)?.type).toBe(type);
  });
  it.each(titled(cases(TOUCH)))('%s', (_, row) => expect(outcomeOf(row, 'touch')).toEqual(statedBy(row)));
});
