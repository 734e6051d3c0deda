import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startEmulator, type EmulatorState, type FaultPlan } from '@orrery/emulator';
import type { Interval, JournalEntry, Strategy, SymbolFilters } from '@orrery/core';
import type { Market } from '@orrery/data';
import { readJournal } from '@orrery/data/journal';
import { createBinance, runLiveSession, type SessionEnd, type SessionProblem, type SessionRecord } from '@orrery/live';
import type { PredictionSourceOf, RunRequest } from '@orrery/backtest';
import { acknowledgeTo } from '../live/acknowledge.ts';

/** A market client that follows as fast as it can asks for more in a minute than a venue grants. */
const NO_LIMITS = { weightPerMinute: 100_000_000, ordersPerMinute: 100_000_000, ordersPerTenSeconds: 100_000_000 };
/** Short waits: the venue is on this machine. */
const NEAR = { recvWindow: 1000, timeoutMs: 3000, silenceMs: 2000, backoff: { firstMs: 20, longestMs: 500 }, weightLimit: 100_000_000 };
const DEADLINE_MS = 1000;
const PATIENCE_MS = 500;

/** What is run, and how the wire behaves. */
export interface EmulatedRun {
  readonly request: RunRequest;
  readonly interval: Interval;
  readonly market: Market;
  readonly strategy: Strategy<unknown>;
  readonly predictions: PredictionSourceOf | undefined;
  readonly mode: 'paper' | 'demo';
  readonly faults: FaultPlan | undefined;
  readonly seed: number;
  readonly incrementalCache?: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (frames: number, total: number) => void;
}
/** What came of it. */
export interface EmulatedEnd {
  readonly entries: readonly JournalEntry[];
  readonly end: SessionEnd;
  readonly venue: EmulatorState;
  readonly problems: readonly SessionProblem[];
  readonly seconds: number;
}

/** Runs the live adapter over the sockets of an emulated venue that is fed the market, to the last candle. */
export async function runOverEmulator(options: EmulatedRun): Promise<EmulatedEnd> {
  const { request, market, interval, mode, signal } = options;
  const keys = { apiKey: randomBytes(16).toString('hex'), secret: randomBytes(16).toString('hex') };
  const folder = mkdtempSync(path.join(os.tmpdir(), 'orrery-parity-'));
  const started = performance.now();
  const emulator = await startEmulator({
    market,
    interval,
    ...keys,
    startEquity: request.equity,
    makerFeeBps: request.makerFeeBps,
    takerFeeBps: request.takerFeeBps,
    slippageBps: request.slippageBps,
    fills: request.fills,
    venue: request.venue,
    pace: { kind: 'follow', patienceMs: PATIENCE_MS },
    faults: options.faults,
    seed: options.seed,
    venueSeed: request.seed,
    settings: { limits: NO_LIMITS },
  });
  const urls = { rest: emulator.url, stream: emulator.streamUrl };
  const binance = await createBinance({ symbols: request.symbols, interval, urls, keys, ...NEAR, env: { TRADING_ENABLED: 'true' } });
  const stopping = new AbortController();
  const stop = (): void => stopping.abort();
  signal.addEventListener('abort', stop);
  const problems: SessionProblem[] = [];
  try {
    const session = runLiveSession({
      folder,
      session: sessionOf(options, withBrackets(await binance.feed.filters(request.symbols), market)),
      strategy: options.strategy,
      predictions: options.predictions?.(options.strategy),
      feed: binance.feed,
      ...(mode === 'paper' ? {} : { gateway: (parts) => binance.gateway({ ...parts, ...accountTerms(request) }) }),
      deadlineMs: DEADLINE_MS,
      goesOnAfterLiquidation: true,
      ...(options.incrementalCache === undefined ? {} : { incrementalCache: options.incrementalCache }),
      signal: stopping.signal,
      onFrame: () => options.onProgress(emulator.state().framesShown, emulator.state().framesTotal),
      onIdle: acknowledgeTo(emulator.url, stopping.signal),
      onProblem: (problem) => problems.push(problem),
    });
    void emulator.finished.then(stop, stop);
    const end = await session;
    signal.throwIfAborted();
    await emulator.finished;
    const { entries } = await readJournal(path.join(folder, 'journal.jsonl'));
    return { entries, end, venue: emulator.state(), problems, seconds: (performance.now() - started) / 1000 };
  } finally {
    signal.removeEventListener('abort', stop);
    await binance.close();
    await emulator.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function sessionOf({ request, strategy, interval, mode }: EmulatedRun, filters: readonly SymbolFilters[]): SessionRecord {
  const { equity, makerFeeBps, takerFeeBps, slippageBps, fills, maxLeverage, seed, venue } = request;
  return {
    schema: 'orrery.live/1',
    runId: 'parity',
    mode,
    strategy: { id: strategy.id, file: null, hash: request.strategyHash ?? '' },
    params: request.params as SessionRecord['params'],
    models: request.models,
    symbols: request.symbols,
    interval,
    filters,
    account: { equity, makerFeeBps, takerFeeBps, slippageBps, fills, maxLeverage, seed, venue },
    sessionTag: 'parity',
    history: 0,
    promotion: 'none',
    startedAt: 0,
    versions: {},
  };
}

/** The venue tells its brackets to nobody without a key, as the real one does: a paper run takes those of its backtest. */
function withBrackets(filters: readonly SymbolFilters[], market: Market): readonly SymbolFilters[] {
  return filters.map((one) => {
    const brackets = market.filters.find(({ symbol }) => symbol === one.symbol)?.brackets;
    return brackets === undefined ? one : { ...one, brackets };
  });
}

/** The account as the run counts on it. */
function accountTerms({ venue }: RunRequest): { leverage: number; marginType: 'isolated' | 'crossed'; hedgeMode: boolean } {
  const { leverage, marginMode, hedgeMode } = venue;
  return { leverage, marginType: marginMode === 'isolated' ? 'isolated' : 'crossed', hedgeMode };
}
