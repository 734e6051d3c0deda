import { describe, expect, it } from 'vitest';
import {
  EntryList,
  entryToLine,
  JournalVenue,
  NO_FUNDING,
  PLAIN_VENUE,
  SimVenue,
  type Lots,
  type Sats,
  type Ticks,
} from '../../src/index.ts';
import { messages, run, scripted, tapeOf, whole } from '../engine/fixture.ts';

describe('law 3, cases that were found', () => {
  it('JRN-4: an answer may stand behind a denial that was concluded in between', () => {
    const setup = {
      tapes: [
        tapeOf([
          [100, 100, 100, 100],
          [100, 100, 100, 100],
        ]),
      ],
      strategy: scripted({
        0: {
          0: (desk, id) => {
            desk.target(id, -1 as Lots);
            desk.order({ instrument: id, side: 'sell', orderType: 'stop_market', qty: 1 as Lots, trigger: 100 as Ticks });
          },
        },
      }),
    };
    const { entries } = run(setup);
    expect(entries.map(({ message }) => message.type)).toEqual(['SubmitOrder', 'OrderDenied', 'OrderAccepted', 'OrderFilled']);
    const list = new EntryList();
    const venue = new JournalVenue(1, entries, list);
    run({ ...setup, venue, recorder: venue });
    expect(list.entries.map(entryToLine)).toEqual(entries.map(entryToLine));
  });
  it('HALT-1: the venue of a run that went bankrupt closes what was under way as well', () => {
    // 1,000 USDT hold 15 lots at 100; at 30 they have lost 1,050. Ten more were bought at the very close. The mark price stands still, so
    // that nothing is liquidated.
    const tapes = [
      tapeOf([
        [100, 100, 100, 100],
        [100, 100, 30, 30],
        [30, 30, 30, 30],
        [30, 30, 30, 30],
      ]),
    ];
    const still = new Float64Array(4).fill(100);
    const market = {
      instruments: [whole()],
      tapes,
      funding: [NO_FUNDING],
      marks: [{ open: still, high: still, low: still, close: still }],
    };
    const { engine, entries } = run({
      tapes,
      venue: new SimVenue(market, { ...PLAIN_VENUE, leverage: 125, startWallet: 100_000_000_000 as Sats }),
      equity: 100_000_000_000,
      strategy: scripted({
        0: {
          0: (desk, id) => desk.target(id, 15 as Lots),
          1: (desk, id) => desk.target(id, 15 as Lots),
          2: (desk, id) => desk.target(id, 5 as Lots),
        },
      }),
    });
    expect(messages(entries, 'TradingHalted')).toHaveLength(1);
    expect(messages(entries, 'OrderDenied').map(({ reason }) => reason)).toEqual(['halted']);
    expect(engine.ledger.qty[0]).toBe(0);
  });
});
