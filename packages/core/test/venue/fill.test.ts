import { describe, expect, it } from 'vitest';
import { cases, play, titled } from './table.ts';

// Columns: name | held | orders | candles | what happens. Worked by hand from FILL-1 to FILL-6.
const MARKET_AND_LIMIT = `
FILL-1 market buy at the next open             |   0 | buy 10 market         | 100 105 95 101              | 1 buy 10@100 taker
FILL-1 market sell at the next open            |   0 | sell 10 market        | 100 105 95 101              | 1 sell 10@100 taker
FILL-1 market buy after a gap                  |   0 | buy 10 market         | 140 145 135 141             | 1 buy 10@140 taker
FILL-1 market sell after a gap                 |   0 | sell 10 market        | 60 65 55 61                 | 1 sell 10@60 taker
FILL-1 two markets in the order of their ids   |   0 | buy 10 market; sell 4 market | 100 105 95 101       | 1 buy 10@100 taker, 2 sell 4@100 taker
FILL-2 buy limit, low above                    |   0 | buy 10 limit 95       | 100 105 96 101              | -
FILL-2 buy limit only touched                  |   0 | buy 10 limit 95       | 100 105 95 101              | -
FILL-2 buy limit passed by a tick              |   0 | buy 10 limit 95       | 100 105 94 101              | 1 buy 10@95 maker
FILL-2 sell limit, high below                  |   0 | sell 10 limit 105     | 100 104 95 101              | -
FILL-2 sell limit only touched                 |   0 | sell 10 limit 105     | 100 105 95 101              | -
FILL-2 sell limit passed by a tick             |   0 | sell 10 limit 105     | 100 106 95 101              | 1 sell 10@105 maker
FILL-2 touched, then passed later              |   0 | buy 10 limit 95       | 100 105 95 101; 101 102 94 99 | - ; 1 buy 10@95 maker
FILL-2 buy limit at the open, then passed      |   0 | buy 10 limit 100      | 100 105 99 101              | 1 buy 10@100 maker
FILL-2 buy limit at the open, only upward      |   0 | buy 10 limit 100      | 100 105 100 101             | -
FILL-2 sell limit at the open, then passed     |   0 | sell 10 limit 100     | 100 101 95 99               | 1 sell 10@100 maker
FILL-2 resting buy limit gapped over           |   0 | buy 10 limit 95       | 100 105 96 101; 90 92 88 91 | - ; 1 buy 10@90 maker
FILL-2 resting sell limit gapped over          |   0 | sell 10 limit 105     | 100 104 95 101; 110 112 108 111 | - ; 1 sell 10@110 maker
FILL-2 resting buy limit, open exactly at it   |   0 | buy 10 limit 95       | 100 105 96 101; 95 96 95 96 | - ; -
FILL-2 marketable buy limit on arrival         |   0 | buy 10 limit 105      | 100 108 95 101              | 1 buy 10@100 taker
FILL-2 marketable sell limit on arrival        |   0 | sell 10 limit 95      | 100 108 92 101              | 1 sell 10@100 taker
FILL-2 ioc buy that takes                      |   0 | buy 10 limit 105 ioc  | 100 108 95 101              | 1 buy 10@100 taker
FILL-2 ioc sell that takes                     |   0 | sell 10 limit 95 ioc  | 100 108 92 101              | 1 sell 10@100 taker
FILL-2 ioc buy that would rest                 |   0 | buy 10 limit 98 ioc   | 100 108 90 101              | 1 expired not_filled
FILL-2 ioc sell that would rest                |   0 | sell 10 limit 103 ioc | 100 108 90 101              | 1 expired not_filled
FILL-2 ioc at the open exactly                 |   0 | buy 10 limit 100 ioc  | 100 108 90 101              | 1 expired not_filled
FILL-6 gtx buy that would take                 |   0 | buy 10 limit 105 gtx  | 100 108 95 101              | 1 rejected post_only_would_take
FILL-6 gtx sell that would take                |   0 | sell 10 limit 95 gtx  | 100 108 92 101              | 1 rejected post_only_would_take
FILL-6 gtx buy that rests and fills            |   0 | buy 10 limit 95 gtx   | 100 108 94 101              | 1 buy 10@95 maker
FILL-6 gtx sell that rests and fills           |   0 | sell 10 limit 105 gtx | 100 108 94 101              | 1 sell 10@105 maker
FILL-6 gtx that rested may be gapped over      |   0 | buy 10 limit 95 gtx   | 100 105 96 101; 90 92 88 91 | - ; 1 buy 10@90 maker
`;

const TRIGGERS = `
FILL-3 sell stop, low above                    |  10 | sell 10 stop 95       | 100 105 96 101              | -
FILL-3 sell stop touched                       |  10 | sell 10 stop 95       | 100 105 95 101              | 1 sell 10@95 taker
FILL-3 sell stop passed                        |  10 | sell 10 stop 95       | 100 105 90 101              | 1 sell 10@95 taker
FILL-3 sell stop gapped over                   |  10 | sell 10 stop 95       | 90 93 85 91                 | 1 sell 10@90 taker
FILL-3 sell stop at the open                   |  10 | sell 10 stop 95       | 95 99 94 98                 | 1 sell 10@95 taker
FILL-3 buy stop, high below                    | -10 | buy 10 stop 105       | 100 104 95 101              | -
FILL-3 buy stop touched                        | -10 | buy 10 stop 105       | 100 105 95 101              | 1 buy 10@105 taker
FILL-3 buy stop passed                         | -10 | buy 10 stop 105       | 100 109 95 101              | 1 buy 10@105 taker
FILL-3 buy stop gapped over                    | -10 | buy 10 stop 105       | 110 112 108 111             | 1 buy 10@110 taker
FILL-3 buy stop enters a position              |   0 | buy 10 stop 105       | 100 105 95 101              | 1 buy 10@105 taker
FILL-3 stop waits, then gap                    |  10 | sell 10 stop 95       | 100 105 96 97; 80 82 79 81  | - ; 1 sell 10@80 taker
FILL-3 two stops in one fall, nearest first    |  10 | sell 4 stop 92; sell 6 stop 96 | 100 101 90 91      | 2 sell 6@96 taker, 1 sell 4@92 taker
FILL-3 two stops at one price, by id           |  10 | sell 4 stop 95; sell 6 stop 95 | 100 101 90 91      | 1 sell 4@95 taker, 2 sell 6@95 taker
FILL-4 sell target, high below                 |  10 | sell 10 target 105    | 100 104 95 101              | -
FILL-4 sell target touched                     |  10 | sell 10 target 105    | 100 105 95 101              | 1 sell 10@105 taker
FILL-4 sell target passed                      |  10 | sell 10 target 105    | 100 109 95 101              | 1 sell 10@105 taker
FILL-4 sell target gapped over                 |  10 | sell 10 target 105    | 110 112 108 111             | 1 sell 10@110 taker
FILL-4 buy target, low above                   | -10 | buy 10 target 95      | 100 105 96 101              | -
FILL-4 buy target touched                      | -10 | buy 10 target 95      | 100 105 95 101              | 1 buy 10@95 taker
FILL-4 buy target passed                       | -10 | buy 10 target 95      | 100 105 91 101              | 1 buy 10@95 taker
FILL-4 buy target gapped over                  | -10 | buy 10 target 95      | 90 92 88 91                 | 1 buy 10@90 taker
FILL-3 ioc and gtx mean nothing to a stop      |  10 | sell 10 stop 95 ioc   | 100 105 96 101; 100 105 95 101 | - ; 1 sell 10@95 taker
`;

const VOLUME = `
FILL-8 market waits for a trade                |   0 | buy 10 market         | 100 100 100 100 0; 103 104 102 103 | - ; 1 buy 10@103 taker
FILL-8 limit is not passed without a trade     |   0 | buy 10 limit 95       | 100 100 90 100 0; 100 105 99 101   | - ; -
FILL-8 stop is not touched without a trade     |  10 | sell 10 stop 95       | 100 100 90 100 0; 100 105 99 101   | - ; -
FILL-8 gtx arrives with the first trade        |   0 | buy 10 limit 98 gtx   | 100 100 100 100 0; 97 98 96 97     | - ; 1 rejected post_only_would_take
FILL-8 ioc waits for a trade                   |   0 | buy 10 limit 98 ioc   | 100 100 100 100 0; 97 98 96 97     | - ; 1 buy 10@97 taker
FILL-8 two idle candles                        |   0 | sell 10 market        | 100 100 100 100 0; 100 100 100 100 0; 99 99 99 99 | - ; - ; 1 sell 10@99 taker
`;

// 1 %: a tick at 100, rounded up to whole ticks beyond.
const SLIPPAGE = `
FILL-5 market buy pays more                    |   0 | buy 10 market         | 100 105 95 101              | 1 buy 10@101 taker
FILL-5 market sell gets less                   |   0 | sell 10 market        | 100 105 95 101              | 1 sell 10@99 taker
FILL-5 rounded away to a whole tick            |   0 | buy 10 market         | 101 105 95 101              | 1 buy 10@103 taker
FILL-5 never above the high                    |   0 | buy 10 market         | 100 100 95 98               | 1 buy 10@100 taker
FILL-5 never below the low                     |   0 | sell 10 market        | 100 105 100 102             | 1 sell 10@100 taker
FILL-5 sell stop                               |  10 | sell 10 stop 95       | 100 105 90 101              | 1 sell 10@94 taker
FILL-5 sell stop clamped at the low            |  10 | sell 10 stop 95       | 100 105 95 101              | 1 sell 10@95 taker
FILL-5 buy stop                                | -10 | buy 10 stop 105       | 100 109 95 101              | 1 buy 10@107 taker
FILL-5 sell target                             |  10 | sell 10 target 105    | 100 109 95 101              | 1 sell 10@103 taker
FILL-5 a resting limit does not slip           |   0 | buy 10 limit 95       | 100 105 90 101              | 1 buy 10@95 maker
FILL-5 a limit that takes does not slip        |   0 | buy 10 limit 105      | 100 108 95 101              | 1 buy 10@100 taker
`;

describe('fills', () => {
  it.each(titled(cases(MARKET_AND_LIMIT)))('%s', (_, row) => expect(play(row).text).toBe(row.expected));
  it.each(titled(cases(TRIGGERS)))('%s', (_, row) => expect(play(row).text).toBe(row.expected));
  it.each(titled(cases(VOLUME)))('%s', (_, row) => expect(play(row).text).toBe(row.expected));
  it.each(titled(cases(SLIPPAGE)))('%s', (_, row) => expect(play(row, { slippage: 1_000_000 }).text).toBe(row.expected));

  it('FILL-8: counts the candles in which orders had to wait', () => {
    const [, , , , , last] = cases(VOLUME);
    expect(play(last!).venue.idleCandles).toBe(2);
  });
  it('FEE-1: maker 0.02 % and taker 0.05 % of the fill, on the price after slippage', () => {
    const [maker] = cases('a | 0 | buy 10 limit 95 | 100 105 90 101 | -');
    expect(play(maker!, { slippage: 1_000_000 }).facts.at(-1)).toMatchObject({ fee: 19_000_000, reference: 95 }); // 950 · 0.0002 = 0.19
    const [taker] = cases('a | 0 | buy 10 market | 100 105 90 101 | -');
    expect(play(taker!, { slippage: 1_000_000 }).facts.at(-1)).toMatchObject({ fee: 50_500_000, reference: 100 }); // 1010 · 0.0005 = 0.505
  });
});
