import { describe, expect, it } from 'vitest';
import { cases, play, titled } from './table.ts';

const LONG = 'buy 10 market; sell 10 stop 95 of 1; sell 10 target 105 of 1';
const SHORT = 'sell 10 market; buy 10 stop 105 of 1; buy 10 target 95 of 1';
const LIMIT = 'buy 10 limit 95; sell 10 stop 92 of 1; sell 10 target 108 of 1';
const named = (text: string): string => text.replaceAll('LONG', LONG).replaceAll('SHORT', SHORT).replaceAll('LIMIT', LIMIT);

const SURE = named(`
ORD-7 entry, then nothing in reach             | 0 | LONG  | 100 104 96 101                  | 1 buy 10@100 taker
ORD-7 stop in the entry candle                 | 0 | LONG  | 100 104 95 101                  | 1 buy 10@100 taker, 2 sell 10@95 taker, 3 canceled other_filled
ORD-7 target in the entry candle               | 0 | LONG  | 100 105 96 101                  | 1 buy 10@100 taker, 3 sell 10@105 taker, 2 canceled other_filled
ORD-7 stop a candle later                      | 0 | LONG  | 100 104 96 101; 101 102 94 99   | 1 buy 10@100 taker ; 2 sell 10@95 taker, 3 canceled other_filled
ORD-7 short: stop in the entry candle          | 0 | SHORT | 100 105 96 101                  | 1 sell 10@100 taker, 2 buy 10@105 taker, 3 canceled other_filled
ORD-7 short: target a candle later             | 0 | SHORT | 100 104 96 101; 101 102 94 99   | 1 sell 10@100 taker ; 3 buy 10@95 taker, 2 canceled other_filled
ORD-7 open beyond the stop                     | 0 | LONG  | 94 97 93 96                     | 1 buy 10@94 taker, 2 sell 10@94 taker, 3 canceled other_filled
ORD-7 open beyond the target                   | 0 | LONG  | 106 107 104 105                 | 1 buy 10@106 taker, 3 sell 10@106 taker, 2 canceled other_filled
ORD-7 stop gapped over                         | 0 | LONG  | 100 104 96 101; 90 93 89 91     | 1 buy 10@100 taker ; 2 sell 10@90 taker, 3 canceled other_filled
ORD-7 children sleep while the entry rests     | 0 | LIMIT | 100 110 96 101                  | -
ORD-7 entry and stop in one fall               | 0 | LIMIT | 100 101 91 93                   | 1 buy 10@95 maker, 2 sell 10@92 taker, 3 canceled other_filled
ORD-7 entry gapped over beyond its stop        | 0 | LIMIT | 100 101 96 97; 90 94 89 93      | - ; 1 buy 10@90 maker, 2 sell 10@90 taker, 3 canceled other_filled
ORD-7 a refused parent takes its children      | 0 | buy 10 limit 105 gtx; sell 10 stop 95 of 1 | 100 104 96 101 | 1 rejected post_only_would_take, 2 canceled parent_gone
ORD-7 an expired parent takes its children     | 0 | buy 10 limit 98 ioc; sell 10 stop 95 of 1  | 100 104 96 101 | 1 expired not_filled, 2 canceled parent_gone
ORD-8 closed at market, the exits go           | 0 | LONG; sell 10 market reduce | 100 104 96 101 | 1 buy 10@100 taker, 4 sell 10@100 taker, 2 canceled position_closed, 3 canceled position_closed
ORD-8 flipped, the exits go                    | 0 | LONG; sell 15 market        | 100 104 96 101 | 1 buy 10@100 taker, 4 sell 15@100 taker, 2 canceled position_closed, 3 canceled position_closed
ORD-8 reduced, the exits stay and are trimmed  | 0 | LONG; sell 4 market reduce  | 100 104 96 101; 100 101 94 96 | 1 buy 10@100 taker, 4 sell 4@100 taker ; 2 sell 6@95 taker, 3 canceled other_filled
ORD-8 an entry that only closes wakes no exits | -10 | buy 10 market; sell 10 stop 95 of 1 | 100 104 94 101; 100 104 94 101 | 1 buy 10@100 taker, 2 canceled position_closed ; -
ORD-8 plain orders stay when a position closes | 10 | sell 10 market; buy 5 limit 95 | 100 104 96 101; 100 104 94 101 | 1 sell 10@100 taker ; 2 buy 5@95 maker
ORD-7 a market child fills when its parent does | 0 | buy 10 limit 95; sell 10 market of 1 | 100 101 94 96; 97 98 96 97 | 1 buy 10@95 maker, 2 sell 10@95 taker ; -
ORD-7 a buying market child too                 | 0 | sell 10 limit 105; buy 10 market of 1 | 100 106 99 101; 97 98 96 97 | 1 sell 10@105 maker, 2 buy 10@105 taker ; -
`);

// Stop 95 and target 105 both inside. Open 100, high and low as given; which came first decides.
const AMBIGUOUS = named(`
FILL-7 both in one candle, low nearer          | 0 | LONG  | 100 107 95 101  | 1 buy 10@100 taker, 2 sell 10@95 taker, 3 canceled other_filled | 1 buy 10@100 taker, 2 sell 10@95 taker, 3 canceled other_filled | 1 buy 10@100 taker, 3 sell 10@105 taker, 2 canceled other_filled
FILL-7 both in one candle, high nearer         | 0 | LONG  | 100 105 93 101  | 1 buy 10@100 taker, 2 sell 10@95 taker, 3 canceled other_filled | 1 buy 10@100 taker, 3 sell 10@105 taker, 2 canceled other_filled | 1 buy 10@100 taker, 3 sell 10@105 taker, 2 canceled other_filled
FILL-7 equally near, rising: the dip first     | 0 | LONG  | 100 106 94 101  | 1 buy 10@100 taker, 2 sell 10@95 taker, 3 canceled other_filled | 1 buy 10@100 taker, 2 sell 10@95 taker, 3 canceled other_filled | 1 buy 10@100 taker, 3 sell 10@105 taker, 2 canceled other_filled
FILL-7 equally near, falling: the spike first  | 0 | LONG  | 100 106 94 99   | 1 buy 10@100 taker, 2 sell 10@95 taker, 3 canceled other_filled | 1 buy 10@100 taker, 3 sell 10@105 taker, 2 canceled other_filled | 1 buy 10@100 taker, 3 sell 10@105 taker, 2 canceled other_filled
FILL-7 short, low nearer                       | 0 | SHORT | 100 107 95 101  | 1 sell 10@100 taker, 2 buy 10@105 taker, 3 canceled other_filled | 1 sell 10@100 taker, 3 buy 10@95 taker, 2 canceled other_filled | 1 sell 10@100 taker, 3 buy 10@95 taker, 2 canceled other_filled
FILL-7 short, high nearer                      | 0 | SHORT | 100 105 93 101  | 1 sell 10@100 taker, 2 buy 10@105 taker, 3 canceled other_filled | 1 sell 10@100 taker, 2 buy 10@105 taker, 3 canceled other_filled | 1 sell 10@100 taker, 3 buy 10@95 taker, 2 canceled other_filled
FILL-7 entry by limit, then target or nothing  | 0 | LIMIT | 100 109 94 101  | 1 buy 10@95 maker | 1 buy 10@95 maker, 3 sell 10@108 taker, 2 canceled other_filled | 1 buy 10@95 maker, 3 sell 10@108 taker, 2 canceled other_filled
`);

/** The last three columns: pessimistic, heuristic, optimistic. */
const readings = AMBIGUOUS.split('\n')
  .filter((line) => line.includes('|'))
  .flatMap((line) => {
    const cells = line.split('|').map((cell) => cell.trim());
    return (['pessimistic', 'heuristic', 'optimistic'] as const).map((fills, k) => ({
      fills,
      name: `${cells[0]!}, ${fills}`,
      row: { name: cells[0]!, held: cells[1]!, orders: cells[2]!, candles: cells[3]!, expected: cells[4 + k]! },
    }));
  });

describe('brackets', () => {
  it.each(titled(cases(SURE)))('%s', (_, row) => {
    const { text, venue } = play(row);
    expect(text).toBe(row.expected);
    expect(venue.ambiguousCandles).toBe(0);
  });
  it.each(titled(cases(SURE)))('reads alike on every reading: %s', (_, row) => {
    for (const fills of ['heuristic', 'optimistic'] as const) expect(play(row, { fills }).text).toBe(row.expected);
  });
  it.each(titled(readings))('%s', (_, { fills, row }) => {
    const { text, venue } = play(row, { fills });
    expect(text).toBe(row.expected);
    expect(venue.ambiguousCandles).toBe(1);
  });
});
