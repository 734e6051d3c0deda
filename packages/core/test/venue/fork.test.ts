import { describe, expect, it } from 'vitest';
import { DEFAULT_VENUE, SimVenue, venueAssumptionsOf, type Fact, type InstrumentId } from '../../src/index.ts';
import { tapeOf } from '../engine/fixture.ts';
import { parseOrder } from './table.ts';
import { settingsOf } from './table-settings.ts';

const BTC = 0 as InstrumentId;

function venueOf(rows: Parameters<typeof tapeOf>[0]): { venue: SimVenue; play: (on: SimVenue, row: number) => readonly Fact[] } {
  const { instruments, assumptions } = settingsOf('free wallet 1000 mmr 1% 10x 0');
  const tapes = instruments.map(({ id }) => tapeOf(rows, id));
  const funding = tapes.map(() => ({ times: new Float64Array(0), ratesE8: new Float64Array(0) }));
  const venue = new SimVenue({ instruments, tapes, funding }, assumptions);
  const play = (on: SimVenue, row: number): readonly Fact[] => {
    const facts: Fact[] = [];
    on.match(tapes[0]!, row, facts);
    on.endFrame(tapes[0]!.closeTs[row]!, facts);
    return facts;
  };
  return { venue, play };
}

describe('a venue that is forked', () => {
  it('stands where the other one does, and neither moves the other', () => {
    const { venue, play } = venueOf([
      [100, 100, 100, 100],
      [100, 100, 100, 100],
      [100, 106, 94, 100],
    ]);
    play(venue, 0);
    venue.handle(parseOrder('buy 10 market', 1), []);
    play(venue, 1);
    venue.handle(parseOrder('sell 10 stop 95 reduce', 2), []);
    const fork = venue.fork();
    expect(fork.workingOrders(BTC)).toEqual(venue.workingOrders(BTC));
    const told = play(fork, 2);
    expect(told.map(({ type }) => type)).toEqual(['OrderFilled']);
    expect([fork.account.legs[BTC]?.[0]?.qty, venue.account.legs[BTC]?.[0]?.qty]).toEqual([0, 10]);
    expect(venue.workingOrders(BTC)).toHaveLength(1);
    expect(play(venue, 2)).toEqual(told);
    expect(venue.account.wallet()).toBe(fork.account.wallet());
  });

  it('tells of one position what its symbol binds', () => {
    const { venue, play } = venueOf([
      [100, 100, 100, 100],
      [100, 100, 100, 100],
      [100, 110, 100, 110],
    ]);
    play(venue, 0);
    venue.handle(parseOrder('buy 10 market', 1), []);
    play(venue, 1);
    venue.handle(parseOrder('buy 2 limit 95', 2), []);
    venue.handle(parseOrder('sell 3 limit 120', 3), []);
    play(venue, 2);
    expect(venue.account.markPriceOf(BTC)).toBe(110);
    const sats = 100_000_000;
    // 10 at 110, bought at 100; 1 % and a tenth of 1100; a bid of 2 · 95 and an ask of 3 · 120.
    expect(venue.account.positionMargin(BTC, 0)).toEqual({
      notional: 1100 * sats,
      unrealized: 100 * sats,
      maintenance: 11 * sats,
      initial: 110 * sats,
      bids: 190 * sats,
      asks: 360 * sats,
    });
  });
});

it('assumptions are those of a configuration, in the units of the core', () => {
  const venue = {
    ...DEFAULT_VENUE,
    marginMode: 'isolated',
    hedgeMode: true,
    leverage: 7,
    spreadBps: 0.5,
    impactBps: 20,
    maxVolumeShare: 0.1,
    limitFill: 'touch',
    latencyMs: [40, 120],
  } as const;
  expect(venueAssumptionsOf({ equity: '12.5', fills: 'heuristic', slippageBps: 1.5, seed: 9, venue })).toEqual({
    fills: 'heuristic',
    slippage: 15_000,
    halfSpread: 5000,
    impact: 200_000,
    maxVolumeShare: 10_000_000,
    limitFill: 'touch',
    latencyMin: 40,
    latencyMax: 120,
    seed: 9,
    startWallet: 1_250_000_000,
    marginMode: 'isolated',
    hedgeMode: true,
    leverage: 7,
  });
});
