import {
  type AccountSummary,
  type Assumptions,
  type DatasetReference,
  DEFAULT_VENUE,
  formatDecimal,
  parseSats,
  type RunConfig,
  type RunResult,
  sumSats,
} from '@orrery/core';
import { computeMetrics, METRIC_DEFINITIONS } from '@orrery/backtest';
import type { ReportCandles, ReportInput } from '../src/index.ts';
import { type SampleTrade, sampleTrades } from './sample-trades.ts';
import { DAY, MINUTE, SATS, sampleSeries, START } from './sample-series.ts';

const START_EQUITY = 10_000 * SATS;

/** Size of a made-up run. */
export interface SampleOptions {
  readonly seed: number;
  readonly symbols: readonly string[];
  readonly days: number;
  /** Candle interval: 5m unless a long run would make the test slow. */
  readonly intervalMinutes?: number;
  readonly tradesPerDay?: number;
  readonly synthetic?: boolean;
  readonly warnings?: readonly string[];
  readonly strategy?: string;
  /** The venue ends every fortieth trade by itself. */
  readonly forced?: boolean;
}

/** Mulberry32: the same seed gives the same run on every machine. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

function candlesOf(symbol: string, index: number, days: number, minutes: number, random: () => number): ReportCandles {
  const count = Math.floor((days * DAY) / (minutes * MINUTE));
  const digits = index % 3 === 0 ? 1 : 4;
  const round = (value: number): number => Number(value.toFixed(digits));
  const columns = {
    time: [] as number[],
    open: [] as number[],
    high: [] as number[],
    low: [] as number[],
    close: [] as number[],
    volume: [] as number[],
  };
  let price = index % 3 === 0 ? 60_000 : 2 + index;
  for (let i = 0; i < count; i += 1) {
    const spread = 0.0012 * Math.sqrt(minutes / 5);
    const open = round(price);
    const close = round(open * (1 + (random() - 0.497) * 2 * spread));
    columns.time.push(START + i * minutes * MINUTE);
    columns.open.push(open);
    columns.close.push(close);
    columns.high.push(round(Math.max(open, close) * (1 + random() * spread)));
    columns.low.push(round(Math.min(open, close) * (1 - random() * spread)));
    columns.volume.push(1);
    price = close;
  }
  return { symbol, interval: minutes === 60 ? '1h' : '5m', ...columns };
}

function accountOf(all: readonly SampleTrade[]): AccountSummary {
  const trades = all.map(({ row }) => row);
  const sum = (texts: readonly string[]): number => sumSats(texts.map((text) => parseSats(text)));
  const liquidationFees = sumSats(all.map((trade) => trade.liquidationFee));
  const absorbed = sumSats(all.map((trade) => trade.absorbed));
  const fees = sum(trades.map((row) => row.fees));
  const funding = sum(trades.map((row) => row.funding));
  const net = sum(trades.map((row) => row.pnl));
  const open = sum(trades.filter((row) => row.exitTime === null).map((row) => row.pnl));
  return {
    startEquity: formatDecimal(START_EQUITY, 8),
    endEquity: formatDecimal(START_EQUITY + net, 8),
    fees: formatDecimal(fees, 8),
    funding: formatDecimal(funding, 8),
    slippage: formatDecimal(sumSats(all.map((trade) => trade.slippage)), 8),
    realizedPnl: formatDecimal(net + fees - funding + liquidationFees - absorbed - open, 8),
    unrealizedPnl: formatDecimal(open, 8),
    liquidations: trades.filter((row) => row.exitReason === 'liquidation').length,
    liquidationFees: formatDecimal(liquidationFees, 8),
    absorbed: formatDecimal(absorbed, 8),
  };
}

function datasetOf(candles: readonly ReportCandles[], days: number, minutes: number, synthetic: boolean): DatasetReference {
  const symbols = candles.map((own) => ({
    symbol: own.symbol,
    interval: own.interval,
    rows: own.time.length,
    first: own.time[0],
    last: own.time[own.time.length - 1] + minutes * MINUTE - 1,
    gaps: 0,
    fundingRows: days * 3,
    source: synthetic ? 'synthetic' : 'binance-vision',
    digest: '51be'.repeat(16),
  }));
  return { digest: '7c20'.repeat(16), synthetic, symbols };
}

function configOf(options: SampleOptions, interval: string): RunConfig {
  return {
    strategy: options.strategy ?? 'ema-cross',
    strategyHash: null,
    params: { fast: 12, slow: 26 },
    features: ['ema(close,12)', 'ema(close,26)'],
    symbols: options.symbols,
    interval,
    from: START,
    to: START + options.days * DAY,
    seed: options.seed,
    equity: '10000',
    makerFeeBps: 2,
    takerFeeBps: 5,
    slippageBps: 1.5,
    fills: 'pessimistic',
    maxLeverage: 5,
    models: [],
    venue: { ...DEFAULT_VENUE, leverage: 10, spreadBps: 0.5, fine: '1m' },
  };
}

const ASSUMPTIONS: Assumptions = {
  fees: 'Taker 5 bps and maker 2 bps of every fill; no discount.',
  funding: 'Charged at each recorded funding time on the last close, which stands in for the mark price.',
  slippage: 'Market and stop fills are 1.5 bps worse than the reference price.',
  fills: 'Market orders fill at the next open; limits need the price strictly through them; stops fill at the worse of open and trigger.',
  margin: 'Cross margin, 5× at most; maintenance by the lowest tier.',
  filters: 'Tick size, step size and minimum notional as they are today, for the whole period.',
};

/** A run that adds up, made from a seed. */
export function sampleRun(options: SampleOptions): ReportInput & { readonly candles: readonly ReportCandles[] } {
  const { seed, symbols, days, intervalMinutes = 5, tradesPerDay = 3 } = options;
  const random = generator(seed);
  const candles = symbols.map((symbol, i) => candlesOf(symbol, i, days, intervalMinutes, random));
  const all = sampleTrades(candles, Math.round(tradesPerDay * days), options.forced ?? false, random);
  const trades = all.map(({ row }) => row);
  const series = sampleSeries(candles, all, days, START_EQUITY);
  const account = accountOf(all);
  const rows = candles.reduce((total, own) => total + own.time.length, 0);
  const end = parseSats(account.endEquity);
  const result: RunResult = {
    schema: 'orrery.result/1',
    runId: `sample-${seed}`,
    digest: 'a3f1'.repeat(16),
    dataset: datasetOf(candles, days, intervalMinutes, options.synthetic ?? false),
    config: configOf(options, candles[0]?.interval ?? '5m'),
    assumptions: ASSUMPTIONS,
    candles: rows,
    seconds: 0.184,
    candlesPerSecond: 1_141_000,
    account,
    metrics: computeMetrics({ series, trades, account }),
    trades,
    orders: {
      submitted: trades.length * 3,
      filled: trades.length * 2 - 2,
      canceled: trades.length,
      rejected: 0,
      expired: 0,
      denied: { 'below minimum notional': 4 },
    },
    ambiguousCandles: 17,
    bounds: { pessimistic: account.endEquity, heuristic: formatDecimal(end + 31 * SATS, 8), optimistic: formatDecimal(end + 84 * SATS, 8) },
    venue: {
      brackets: { time: Date.UTC(2026, 4, 7), sha256: 'b4ac'.repeat(16) },
      filters: { time: Date.UTC(2026, 8, 1), sha256: 'f117'.repeat(16) },
      withoutBrackets: [],
      markRows: Math.floor(rows / 2),
      rows,
      fineCandles: 12,
      coarseCandles: 5,
    },
    warnings: options.warnings ?? [],
    versions: { orrery: '0.1.0', node: '20.20.2' },
  };
  return { result, series, candles, definitions: METRIC_DEFINITIONS };
}
