import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DEFAULT_REQUEST, runBacktest } from '@orrery/backtest';
import { EntryList, type JournalEntry, type Message } from '@orrery/core';
import { loadMarket, SAMPLE, SAMPLE_ROOT } from '@orrery/data';
import { readJournal } from '@orrery/data/journal';
import { startEmulator } from '@orrery/emulator';
import { createBinance, liveFiles, runLiveSession, type SessionProblem } from '@orrery/live';
import { STRATEGIES } from '@orrery/strategies';
import { afterAll, describe, expect, it } from 'vitest';
import { sessionOf } from './session-of.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'orrery-emulated-'));
afterAll(() => rmSync(folder, { recursive: true }));
const { symbols } = SAMPLE;
const FRAMES = 120;
const KEYS = { apiKey: 'k'.repeat(64), secret: 's'.repeat(64) };

/** What was decided, without the venue's side of it. */
const decided = (entries: readonly JournalEntry[]): readonly Message[] =>
  entries.filter(({ lane }) => lane === 'out').map(({ message }) => message);

describe('a live run against an emulated venue', () => {
  it.each(STRATEGIES.map((strategy) => [strategy.id, strategy] as const))(
    'of %s asks for the same orders as a backtest over the same candles',
    async (id, strategy) => {
      const market = await loadMarket({
        root: SAMPLE_ROOT,
        symbols,
        interval: '5m',
        from: SAMPLE.from,
        to: SAMPLE.from + FRAMES * 300_000,
      });
      const list = new EntryList();
      const request = { ...DEFAULT_REQUEST, strategy, strategyHash: null, params: {}, symbols, interval: '5m' } as const;
      await runBacktest(request, market, { recorders: [list] });
      const { equity, makerFeeBps, takerFeeBps, slippageBps, fills } = DEFAULT_REQUEST;
      const venue = await startEmulator({
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
      const binance = await createBinance({
        symbols,
        interval: '5m',
        urls: { rest: venue.url, stream: venue.streamUrl },
        keys: KEYS,
        weightLimit: 1e6,
        env: { TRADING_ENABLED: 'true' },
      });
      const stop = new AbortController();
      const problems: SessionProblem[] = [];
      const last = market.tapes[0]!.closeTs[FRAMES - 1]!;
      const end = await runLiveSession({
        folder: path.join(folder, id),
        session: sessionOf(id, 'demo', symbols, await binance.feed.filters(symbols)),
        strategy: strategy.build({}),
        feed: binance.feed,
        gateway: (parts) => binance.gateway({ ...parts, leverage: 3, marginType: 'crossed' }),
        signal: stop.signal,
        onProblem: (problem) => void problems.push(problem),
        onIdle: async (idle) => {
          if (idle.frame >= last) stop.abort();
          else await fetch(`${venue.url}/emulator/v1/idle`, { method: 'POST', body: JSON.stringify(idle) });
        },
      });
      await binance.close();
      await venue.close();
      expect(problems).toEqual([]);
      expect(end.frames).toBe(FRAMES);
      const { entries } = await readJournal(liveFiles(path.join(folder, id)).journal);
      expect(decided(entries)).toEqual(decided(list.entries));
      expect(decided(entries).length).toBeGreaterThan(5);
    },
  );
});
