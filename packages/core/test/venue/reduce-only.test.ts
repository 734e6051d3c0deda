import { describe, expect, it } from 'vitest';
import { cases, play, titled } from './table.ts';

const TABLE = `
ORD-3 market is trimmed to the position         |  10 | sell 15 market reduce         | 100 105 95 101                 | 1 sell 10@100 taker
ORD-3 short: market is trimmed                  | -10 | buy 15 market reduce          | 100 105 95 101                 | 1 buy 10@100 taker
ORD-3 market with nothing to reduce             |   0 | sell 10 market reduce         | 100 105 95 101                 | 1 expired reduce_only
ORD-3 market on the side that would add         |  10 | buy 5 market reduce           | 100 105 95 101                 | 1 expired reduce_only
ORD-3 stop is trimmed                           |   6 | sell 10 stop 95 reduce        | 100 105 94 101                 | 1 sell 6@95 taker
ORD-3 stop with nothing left expires            |   0 | sell 10 stop 95 reduce        | 100 105 94 101                 | 1 expired reduce_only
ORD-3 limit is trimmed                          |   6 | sell 10 limit 105 reduce      | 100 106 94 101                 | 1 sell 6@105 maker
ORD-3 resting limit with nothing left           |   0 | sell 10 limit 105 reduce      | 100 104 95 101; 100 106 95 101 | - ; 1 expired reduce_only
ORD-3 limit that would take, nothing to reduce  |   0 | sell 10 limit 95 reduce       | 100 106 94 101                 | 1 expired reduce_only
ORD-3 two exits, the second finds nothing       |  10 | sell 10 market reduce; sell 10 market reduce | 100 105 95 101  | 1 sell 10@100 taker, 2 expired reduce_only
ORD-3 two exits share the position              |  10 | sell 7 market reduce; sell 7 market reduce   | 100 105 95 101  | 1 sell 7@100 taker, 2 sell 3@100 taker
ORD-3 a plain market may flip                   |  10 | sell 15 market                | 100 105 95 101                 | 1 sell 15@100 taker
`;

describe('reduce-only', () => {
  it.each(titled(cases(TABLE)))('%s', (_, row) => expect(play(row).text).toBe(row.expected));
  it.each(titled(cases(TABLE)))('ORD-2, an order ends once, and is not refused after it was accepted: %s', (_, row) => {
    const { facts } = play(row);
    const accepted = new Set(facts.flatMap((fact) => (fact.type === 'OrderAccepted' ? [fact.orderId] : [])));
    const refused = facts.flatMap((fact) => (fact.type === 'OrderRejected' ? [fact.orderId] : []));
    expect(refused.filter((id) => accepted.has(id))).toEqual([]);
    const ended = facts.flatMap((fact) => ('orderId' in fact && fact.type !== 'OrderAccepted' ? [fact.orderId] : []));
    expect(new Set(ended).size).toBe(ended.length);
  });
});
