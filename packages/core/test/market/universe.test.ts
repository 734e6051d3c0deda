import { describe, expect, it } from 'vitest';
import { isMember, type InstrumentId, type Lots, type Universe } from '../../src/index.ts';
import { messages, run, scripted, tapeOf, type Row } from '../engine/fixture.ts';

const DAY = 86_400_000;
/** Two instruments from day 3 on: the first on days 3 and 5, the second on day 4. */
const TABLE: Universe = { firstDay: 3 * DAY, days: 3, instruments: 2, member: Uint8Array.of(1, 0, 0, 1, 1, 0) };
const at = (id: number, ts: number): boolean => isMember(TABLE, id as InstrumentId, ts);

describe('universe', () => {
  it.each([
    ['the first moment of a day', 0, 3 * DAY, true],
    ['its last', 0, 4 * DAY - 1, true],
    ['a day without it', 0, 4 * DAY, false],
    ['the last day', 0, 5 * DAY, true],
    ['another one', 1, 4 * DAY, true],
    ['another one, the day before', 1, 4 * DAY - 1, false],
    ['before the table', 0, 3 * DAY - 1, false],
    ['behind the table', 0, 6 * DAY, false],
  ])('UNI-1: %s', (_, id, ts, member) => expect(at(id, ts)).toBe(member));

  const rows: Row[] = [1, 2, 3, 4].map(() => [100, 100, 100, 100]);
  const minutes = (...member: number[]): Universe => ({
    firstDay: 0,
    days: 1,
    instruments: member.length,
    member: Uint8Array.from(member),
  });
  it('UNI-1: shuts out what adds, never what reduces', () => {
    // Begins on day 0, where it is a member, and is none any more from day 1 on: two candles on either side of midnight.
    const tape = tapeOf(rows, 0, 1438);
    const made = run({
      tapes: [tape],
      universe: minutes(1),
      strategy: scripted({
        0: {
          0: (desk, id) => desk.target(id, 10 as Lots),
          2: (desk, id) => {
            desk.target(id, 15 as Lots);
            desk.target(id, 4 as Lots);
          },
        },
      }),
    });
    expect(messages(made.entries, 'SubmitOrder').map(({ side, qty }) => [side, qty])).toEqual([
      ['buy', 10],
      ['sell', 6],
    ]);
    expect(messages(made.entries, 'OrderDenied').map(({ reason, qty }) => [reason, qty])).toEqual([['not_in_universe', 5]]);
  });
});
