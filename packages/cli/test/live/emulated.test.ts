import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DEFAULT_REQUEST, runBacktest } from '@orrery/backtest';
import { EntryList, type JournalEntry, type Message, type StrategyDefinition } from '@orrery/core';
import { loadMarket, SAMPLE, SAMPLE_ROOT, type Market } from '@orrery/data';
import { readJournal } from '@orrery/data/journal';
import { startEmulator, type Emulator } from '@orrery/emulator';
import { createBinance, liveFiles, runLiveSession, verifyLiveRun, type SessionEnd, type SessionProblem } from '@orrery/live';
import { bollingerReversion, donchianBreakout, emaCross } from '@orrery/strategies';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sessionOf } from './session-of.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'orrery-emulated-'));
afterAll(() => rmSync(folder, { recursive: true }));
const { symbols } = SAMPLE;
const FRAMES = 120;
const KEYS = { apiKey: 'k'.repeat(64), secret: 's'.repeat(64) };

let market: Market;
beforeAll(async () => {
  market = await loadMarket({ root: SAMPLE_ROOT, symbols, interval: '5m', from: SAMPLE.from, to: SAMPLE.from + FRAMES * 300_000 });
});

/** What was decided, without the venue's side of it. */
const decided = (entries: readonly JournalEntry[]): readonly Message[] =>
  entries.filter(({ lane }) => lane === 'out').map(({ message }) => message);

/** Funding as it was charged: for which time, at what rate and mark, how much. */
const funding = (entries: readonly JournalEntry[]): readonly unknown[] =>
  entries.flatMap(({ message }) =>
    message.type === 'FundingCharged' ? [[message.instrument, message.time, message.rate, message.mark, message.amount]] : [],
  );

async function backtested(strategy: StrategyDefinition): Promise<readonly JournalEntry[]> {
  const list = new EntryList();
  await runBacktest({ ...DEFAULT_REQUEST, strategy, strategyHash: null, params: {}, symbols, interval: '5m' }, market, {
    recorders: [list],
  });
  return list.entries;
}

function startVenue(): Promise<Emulator> {
  const { equity, makerFeeBps, takerFeeBps, slippageBps, fills } = DEFAULT_REQUEST;
  return startEmulator({
    market,
    interval: '5m',
    ...KEYS,
    startEquity: equity,
    makerFeeBps,
    takerFeeBps,
    slippageBps,
    fills,
    pace: { kind: 'follow', patienceMs: 5000 },
    settings: { limits: { weightPerMinute: 1e6, ordersPerMinute: 1e6, ordersPerTenSeconds: 1e6 } },
  });
}

interface Played {
  readonly end: SessionEnd;
  readonly problems: readonly SessionProblem[];
}
/** A process that trades until this frame is decided, or to the end. */
async function traded(
  venue: Emulator,
  strategy: StrategyDefinition,
  at: string,
  isNew: boolean,
  until = FRAMES,
  capacity?: number,
): Promise<Played> {
  const binance = await createBinance({
    symbols,
    interval: '5m',
    urls: { rest: venue.url, stream: venue.streamUrl },
    keys: KEYS,
    recvWindow: 100,
    weightLimit: 1e6,
    env: { TRADING_ENABLED: 'true' },
  });
  const stop = new AbortController();
  const problems: SessionProblem[] = [];
  const last = market.tapes[0]!.closeTs[until - 1]!;
  const end = await runLiveSession({
    folder: at,
    session: isNew ? sessionOf(strategy.id, 'demo', symbols, await binance.feed.filters(symbols)) : null,
    strategy: strategy.build({}),
    feed: binance.feed,
    gateway: (parts) => binance.gateway({ ...parts, leverage: 3, marginType: 'crossed' }),
    signal: stop.signal,
    capacity,
    onProblem: (problem) => void problems.push(problem),
    onIdle: async (idle) => {
      if (idle.frame >= last) stop.abort();
      else await fetch(`${venue.url}/emulator/v1/idle`, { method: 'POST', body: JSON.stringify(idle) });
    },
  });
  await binance.close();
  return { end, problems };
}

describe('a live run against an emulated venue', () => {
  it.each([emaCross, donchianBreakout].map((strategy) => [strategy.id, strategy] as const))(
    'of %s asks for the same orders as a backtest over the same candles',
    async (id, strategy) => {
      const venue = await startVenue();
      const at = path.join(folder, id);
      const { end, problems } = await traded(venue, strategy, at, true);
      await venue.close();
      expect({ problems, frames: end.frames }).toEqual({ problems: [], frames: FRAMES });
      const { entries } = await readJournal(liveFiles(at).journal);
      expect(decided(entries)).toEqual(decided(await backtested(strategy)));
      expect(decided(entries).length).toBeGreaterThan(5);
    },
  );
  it('sends nothing again when its tapes are full and it grows them from its own files', async () => {
    const venue = await startVenue();
    const { problems } = await traded(venue, emaCross, path.join(folder, 'grown'), true, FRAMES, 16);
    const sent = venue.state().orders.map((order) => order['clientOrderId']);
    await venue.close();
    expect(problems).toEqual([]);
    expect(sent).toHaveLength(decided(await backtested(emaCross)).length);
    expect(new Set(sent).size).toBe(sent.length);
  });
  it('goes on in another process with positions and brackets that it left open, and folds to its journal', async () => {
    const venue = await startVenue();
    const at = path.join(folder, 'resumed');
    let open = 0;
    for (const until of [40, 60, 80, FRAMES]) {
      const { end, problems } = await traded(venue, bollingerReversion, at, until === 40, until);
      expect({ problems, frames: end.frames }).toEqual({ problems: [], frames: until });
      if (until < FRAMES) open += end.orders.length + Object.keys(end.positions).length;
    }
    await venue.close();
    expect(open).toBeGreaterThan(0);
    const { entries } = await readJournal(liveFiles(at).journal);
    const expected = await backtested(bollingerReversion);
    expect(decided(entries)).toEqual(decided(expected));
    expect(funding(entries)).toEqual(funding(expected));
    expect(funding(entries).length).toBeGreaterThan(0);
    expect((await verifyLiveRun(at, async () => bollingerReversion.build({}))).isSame).toBe(true);
  });
});
