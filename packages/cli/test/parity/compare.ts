import { buildStrategy, createInstruments, DEFAULT_REQUEST, runBacktest, type RunRequest } from '@orrery/backtest';
import {
  compareRuns,
  EntryList,
  findDivergence,
  toTicks,
  type JournalEntry,
  type ParityReport,
  type StrategyDefinition,
} from '@orrery/core';
import type { Market } from '@orrery/data';
import { runOverEmulator } from '../../src/parity/over-emulator.ts';
import { differingTrades, tradesOf } from '../../src/parity/trades.ts';

export interface Compared {
  readonly backtest: readonly JournalEntry[];
  readonly report: ParityReport;
  readonly differingTrades: readonly number[];
  /** First difference of a paper run's journal; null where there is none. */
  readonly paper: unknown;
}

/** A backtest, a paper run and a run over the emulated venue. */
export async function compared(strategy: StrategyDefinition, market: Market, change: Partial<RunRequest>): Promise<Compared> {
  const symbols = market.filters.map(({ symbol }) => symbol);
  const request: RunRequest = { ...DEFAULT_REQUEST, strategy, strategyHash: null, params: {}, symbols, interval: '5m', ...change };
  const list = new EntryList();
  await runBacktest(request, market, { recorders: [list], bounds: 'never' });
  const run = (mode: 'paper' | 'demo'): ReturnType<typeof runOverEmulator> =>
    runOverEmulator({
      request,
      interval: '5m',
      market,
      strategy: buildStrategy(request),
      predictions: undefined,
      mode,
      faults: undefined,
      seed: 1,
      signal: new AbortController().signal,
      onProgress: () => {},
    });
  const [paper, live] = [await run('paper'), await run('demo')];
  const instruments = createInstruments(market, request);
  const last = instruments.map((instrument, id) => toTicks(instrument, market.tapes[id]?.close.at(-1) ?? 0));
  const [left, right] = [tradesOf(list.entries, instruments, last), tradesOf(live.entries, instruments, last)];
  return {
    backtest: list.entries,
    report: compareRuns(list.entries, live.entries),
    differingTrades: differingTrades(left, right),
    paper: findDivergence(list.entries, paper.entries),
  };
}

/** How many entries of a kind there are. */
export function count(entries: readonly JournalEntry[], test: (message: Record<string, unknown>) => boolean): number {
  return entries.filter(({ message }) => test(message as unknown as Record<string, unknown>)).length;
}
