import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DEFAULT_REQUEST, runBacktest, type PredictionSource } from '@orrery/backtest';
import { loadMarket, SAMPLE, SAMPLE_ROOT } from '@orrery/data';
import { runLiveSession } from '@orrery/live';
import { STRATEGIES } from '@orrery/strategies';
import { afterAll, describe, expect, it } from 'vitest';
import { sessionOf } from './session-of.ts';
import { TapeFeed } from './tape-feed.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'orrery-paper-'));
afterAll(() => rmSync(folder, { recursive: true }));
const { symbols } = SAMPLE;
const FROM = SAMPLE.from;
const FRAMES = 600;

/** Stands for a model of any strategy that needs one: agrees to two requests of three, whatever it is asked. */
const MODEL = { name: 'filter', id: 'm-1', hash: 'aa', inputs: ['rsi(close,14)'], outputs: ['probability'] };
const source: PredictionSource = {
  answer: (requests) =>
    requests.map(({ ts, instrument, requestId }) => {
      const values = [(requestId % 3) / 2];
      return { type: 'PredictionReady', ts, instrument, requestId, modelHash: MODEL.hash, values };
    }),
  fill: () => undefined,
};

describe('a paper run', () => {
  it.each(STRATEGIES.map((strategy) => [strategy.id, strategy] as const))(
    'of %s leaves the very journal of a backtest over the same candles, funding included',
    async (id, strategy) => {
      const market = await loadMarket({ root: SAMPLE_ROOT, symbols, interval: '5m', from: FROM, to: FROM + FRAMES * 300_000 });
      const models = strategy.models.map((name) => ({ ...MODEL, name }));
      const request = { ...DEFAULT_REQUEST, strategy, strategyHash: null, params: {}, models, symbols, interval: '5m' } as const;
      const { result, entries } = await runBacktest(request, market, { predictions: () => source });
      const feed = new TapeFeed(market, symbols, FRAMES);
      const stop = new AbortController();
      let frames = 0;
      const end = await runLiveSession({
        folder: path.join(folder, id),
        session: sessionOf(id, 'paper', symbols, market.filters),
        strategy: strategy.build({}, Object.fromEntries(models.map((model) => [model.name, model]))),
        predictions: source,
        feed,
        deadlineMs: 5,
        capacity: 100,
        signal: stop.signal,
        onFrame: () => void (frames += 1),
        onIdle: () => {
          if (feed.isAtEnd) stop.abort();
          else setImmediate(() => feed.next());
        },
      });
      expect(end).toMatchObject({ digest: result.digest, entries, frames: FRAMES, equity: result.account.endEquity, halted: null });
      expect(frames).toBe(FRAMES);
      expect(entries).toBeGreaterThan(20);
      expect(existsSync(path.join(folder, id, '.lock'))).toBe(false);
    },
  );
});
