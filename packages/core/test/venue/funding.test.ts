import { describe, expect, it } from 'vitest';
import { fundingOf } from '../engine/fixture.ts';
import { cases, play, titled } from './table.ts';

const RATE = 10_000; // 0.01 %: 10 lots at 100 are 1,000 USDT, 0.1 USDT

// The candles of a row open at minutes 1, 2, 3, …; `held` is there since minute 0.
const TABLE = `
FUND-1 at the open, held before                | 10  | -             | 100 105 95 101; 110 115 105 111 | - ; funding -0.11     | 2
FUND-1 a short receives                        | -10 | -             | 100 105 95 101; 110 115 105 111 | - ; funding 0.11      | 2
FUND-1 inside a candle: at the next open       | 10  | -             | 100 105 95 101; 110 115 105 111 | - ; funding -0.11     | 1.5
FUND-2 an entry at that very open is not charged | 0 | buy 10 market | 100 105 95 101; 110 115 105 111 | 1 buy 10@100 taker ; -  | 1
FUND-2 an exit at that very open is charged    | 10  | sell 10 market reduce | 100 105 95 101; 110 115 105 111 | funding -0.1, 1 sell 10@100 taker ; - | 1
FUND-2 an entry one candle before is charged   | 0   | buy 10 market | 100 105 95 101; 110 115 105 111 | 1 buy 10@100 taker ; funding -0.11 | 2
FUND-2 an exit before is not charged           | 10  | sell 10 market reduce | 100 105 95 101; 110 115 105 111 | 1 sell 10@100 taker ; - | 2
FUND-1 two times in one gap                    | 10  | -             | 100 105 95 101; 110 115 105 111 | - ; funding -0.11, funding -0.11 | 1.3 1.6
FUND-1 before the position existed             | 0   | -             | 100 105 95 101; 110 115 105 111 | - ; -                 | 0 1 2
FUND-4 charged without volume too              | 10  | -             | 100 100 100 100 0; 110 110 110 110 0 | - ; funding -0.11 | 2
`;
const rows = TABLE.split('\n')
  .filter((line) => line.includes('|'))
  .map((line) => ({ row: cases(line)[0]!, name: line.split('|')[0]!.trim(), times: line.split('|')[5]!.trim().split(' ').map(Number) }));

describe('funding', () => {
  it.each(titled(rows))('%s', (_, { row, times }) => {
    expect(play(row, { funding: fundingOf(...times.map((minute) => [minute, RATE] as const)) }).text).toBe(row.expected);
  });
  it('FUND-3: a rate of 0 or −0 is charged as a plain 0', () => {
    const [row] = cases('a | -10 | - | 100 105 95 101 | -');
    for (const rate of [0, -0]) {
      const [fact] = play(row!, { funding: fundingOf([1, rate]) }).facts;
      expect(fact).toStrictEqual({
        type: 'FundingCharged',
        ts: 119_999,
        instrument: 0,
        time: 60_000,
        rate: 0,
        mark: 10_000_000_000,
        amount: 0,
      });
    }
  });
  it('FUND-2: what a resting order brings in a candle is not charged at its open', () => {
    const [row] = cases('a | 10 | buy 5 limit 95 | 100 105 94 101 | funding -0.1, 1 buy 5@95 maker');
    expect(play(row!, { funding: fundingOf([1, RATE]) }).text).toBe(row!.expected);
  });
});
