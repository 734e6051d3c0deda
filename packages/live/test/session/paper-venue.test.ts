import { DEFAULT_VENUE, defineStrategy, type Fact, type Strategy, type VenueConfig } from '@orrery/core';
import { readJournal } from '@orrery/data/journal';
import { describe, expect, it } from 'vitest';
import { verifyLiveRun, type SessionStatus } from '../../src/index.ts';
import { assumptionsOf } from '../../src/session/assumptions.ts';
import { liveFiles } from '../../src/storage/live-folder.ts';
import type { Candle } from '../market.ts';
import { tell } from '../rig.ts';
import { freshFolder, play, sessionOf, Stage } from './stage.ts';

/** Buys once with all that the limit allows. */
const bold: Strategy<unknown> = defineStrategy({
  id: 'bold',
  features: () => ({}),
  state: () => ({ isDone: false }),
  decide({ desk, state }) {
    if (!state.isDone) desk.target(15);
    state.isDone = true;
  },
}).build({});
/** Opens a long of 2.000 and a short of 1.000 beside one another. */
const both: Strategy<unknown> = {
  ...bold,
  id: 'both',
  initialState: () => ({ isDone: false }),
  decide: (state, candle, desk) => {
    const mine = state as { isDone: boolean };
    if (mine.isDone) return;
    mine.isDone = true;
    const { instrument } = candle;
    desk.order({ instrument, side: 'buy', orderType: 'market', qty: 2000 as never, terms: { positionSide: 'long' } });
    desk.order({ instrument, side: 'sell', orderType: 'market', qty: 1000 as never, terms: { positionSide: 'short' } });
  },
};
const FALLING: readonly Candle[] = [
  [100, 100, 100, 100],
  [100, 100, 100, 100],
  [100, 100, 80, 80],
  [80, 80, 80, 80],
];

async function run(strategy: Strategy<unknown>, venue: Partial<VenueConfig>, candles = FALLING) {
  const stage = new Stage([candles]);
  const folder = freshFolder();
  const session = sessionOf(stage, 'paper');
  const seen: SessionStatus[] = [];
  const account = { ...session.account, equity: '500', maxLeverage: 20, venue: { ...DEFAULT_VENUE, ...venue } };
  await play(stage, folder, { ...session, account }, { strategy, onFrame: (status) => seen.push(status) });
  const { entries } = await readJournal(liveFiles(folder).journal);
  const facts = entries.flatMap(({ lane, message }) => (lane === 'in' ? [message as Fact] : []));
  expect((await verifyLiveRun(folder, async () => strategy)).isSame).toBe(true);
  return { facts: facts.map(tell), seen };
}

describe('the simulated venue of a paper run', () => {
  it('is set up as the promotion says', () => {
    const venue: VenueConfig = {
      ...DEFAULT_VENUE,
      marginMode: 'isolated',
      hedgeMode: true,
      leverage: 7,
      spreadBps: 2,
      impactBps: 3,
      maxVolumeShare: 0.25,
      limitFill: 'touch',
      latencyMs: [5, 50],
    };
    const account = {
      equity: '10000',
      makerFeeBps: 2,
      takerFeeBps: 5,
      slippageBps: 1,
      fills: 'optimistic',
      maxLeverage: 3,
      seed: 9,
      venue,
    } as const;
    expect(assumptionsOf(account)).toEqual({
      fills: 'optimistic',
      slippage: 10_000,
      halfSpread: 20_000,
      impact: 30_000,
      maxVolumeShare: 25_000_000,
      limitFill: 'touch',
      latencyMin: 5,
      latencyMax: 50,
      seed: 9,
      startWallet: 1_000_000_000_000,
      marginMode: 'isolated',
      hedgeMode: true,
      leverage: 7,
    });
  });
  it('liquidates, and the run is told again from its own files', async () => {
    const { facts } = await run(bold, {});
    // 75.000 at 100, wallet 500 − 3.75, 0.4 % maintenance: 496.25 + 75 (p − 100) = 0.3 p at 93.758. It is closed at 93.7, which leaves 23.75:
    // all of it goes for the clearance fee of 1.25 %.
    expect(facts.at(-1)).toMatch(/^margin: both -75000 at 937 mark 93758\d{5} fee 2375000000 absorbed 0$/);
  });
  it('holds a long and a short in hedge mode', async () => {
    const { facts, seen } = await run(both, { hedgeMode: true });
    expect(facts).toContain('1 filled 1: 2000 at 1000 fee 10000000 done');
    expect(seen.at(-1)?.positions).toEqual({ 'S0USDT long': 2000, 'S0USDT short': -1000 });
  });
  it('makes takers pay its spread', async () => {
    const flat: readonly Candle[] = Array.from({ length: 3 }, () => [100, 101, 99, 100] as const);
    const { facts } = await run(both, { hedgeMode: true, spreadBps: 10 }, flat);
    // 0.1 % of 100.0 is one tick of 0.1.
    expect(facts.filter((line) => line.includes('filled'))).toEqual([
      '1 filled 1: 2000 at 1001 fee 10010000 done',
      '2 filled 1: -1000 at 999 fee 4995000 done',
    ]);
  });
});
