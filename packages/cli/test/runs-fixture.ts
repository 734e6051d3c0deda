import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DEFAULT_VENUE, type RunResult } from '@orrery/core';

/** A result with every field, to be changed by the test that uses it. */
export function resultOf(runId: string, changes: Partial<RunResult> = {}): RunResult {
  return {
    schema: 'orrery.result/1',
    runId,
    digest: `d1g3st-${runId}`,
    dataset: {
      digest: 'candles-1',
      synthetic: false,
      symbols: [
        {
          symbol: 'BTCUSDT',
          interval: '1h',
          rows: 24,
          first: 1_746_057_600_000,
          last: 1_746_143_999_999,
          gaps: 0,
          fundingRows: 3,
          source: 'vision',
          digest: 'c',
        },
      ],
    },
    config: {
      strategy: 'ema-cross',
      strategyHash: null,
      params: { fast: 12, slow: 26 },
      features: ['ema(close,12)'],
      symbols: ['BTCUSDT'],
      interval: '1h',
      from: null,
      to: null,
      seed: 1,
      equity: '10000',
      makerFeeBps: 2,
      takerFeeBps: 5,
      slippageBps: 0,
      fills: 'pessimistic',
      maxLeverage: 20,
      models: [],
      venue: DEFAULT_VENUE,
    },
    assumptions: { fees: 'f', funding: 'f', slippage: 's', fills: 'f', margin: 'm', filters: 'f' },
    candles: 24,
    seconds: 0.01,
    candlesPerSecond: 2400,
    account: {
      startEquity: '10000.00000000',
      endEquity: '10012.50000000',
      fees: '1.25000000',
      funding: '-0.10000000',
      slippage: '0.00000000',
      realizedPnl: '13.85000000',
      unrealizedPnl: '0.00000000',
      liquidations: 0,
      liquidationFees: '0.00000000',
      absorbed: '0.00000000',
    },
    metrics: { sharpe: 1.5, maxDrawdown: 0.0123456789, sortino: null },
    trades: [],
    orders: { submitted: 2, filled: 2, canceled: 0, rejected: 0, expired: 0, denied: {} },
    ambiguousCandles: 0,
    bounds: null,
    venue: {
      brackets: null,
      filters: null,
      withoutBrackets: [],
      markRows: 0,
      rows: 24,
      fineCandles: 0,
      coarseCandles: 0,
    },
    warnings: [],
    versions: { orrery: '0.1.0' },
    ...changes,
  };
}

/** Writes a run's folder as a backtest leaves it. */
export function writeRun(runs: string, result: RunResult): string {
  const folder = path.join(runs, result.runId);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'result.json'), JSON.stringify(result));
  writeFileSync(path.join(folder, 'manifest.json'), JSON.stringify({ runId: result.runId }));
  return folder;
}
