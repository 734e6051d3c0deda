import {
  type AccountSummary,
  type Assumptions,
  type DatasetReference,
  formatDecimal,
  parseSats,
  type RunConfig,
  type RunResult,
  type RunSeries,
  sumSats,
  type TradeRow,
} from '@orrery/core';
import { computeMetrics, METRIC_DEFINITIONS } from '@orrery/backtest';
import type { ReportCandles, ReportInput } from '../src/index.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const SATS = 1e8;
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

const START = Date.UTC(2024, 10, 18);

function candlesOf(symbol: string, index: number, days: number, minutes: number, random: () => number): ReportCandles {
  const count = Math.floor((days * DAY) / (minutes * MINUTE));
  const digits = index % 3 === 0 ? 1 : 4;
  const round = (value: number): number => Number(value.toFixed(digits));
  const columns = { time: [] as number[], open: [] as number[], high: [] as number[], low: [] as number[], close: [] as number[] };
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
    price = close;
  }
  return { symbol, interval: minutes === 60 ? '1h' : '5m', ...columns };
}

function tradesOf(candles: readonly ReportCandles[], perDay: number, days: number, random: () => number): TradeRow[] {
  const rows: TradeRow[] = [];
  const count = Math.round(perDay * days);
  const reasons = ['signal', 'stop', 'take_profit', 'limit'] as const;
  for (let n = 0; n < count; n += 1) {
    const own = candles[Math.floor(random() * candles.length)];
    const last = own.time.length - 1;
    const entry = Math.min(last - 1, Math.floor((n / count) * last));
    const exit = Math.min(last, entry + 1 + Math.floor(random() ** 3 * 400));
    const open = n >= count - 2;
    const side = random() < 0.55 ? 'long' : 'short';
    const quantity = (800 + random() * 2400) / own.open[entry];
    const direction = side === 'long' ? 1 : -1;
    const fees = Math.round(quantity * (own.open[entry] + own.close[exit]) * 0.0005 * SATS);
    const funding = Math.round((random() - 0.6) * 0.4 * SATS);
    const edge = 0.0021 * own.open[entry];
    const exitPrice = own.close[exit] + direction * edge;
    const pnl = Math.round(direction * quantity * (exitPrice - own.open[entry]) * SATS) - fees + funding;
    rows.push({
      id: n + 1,
      symbol: own.symbol,
      side,
      quantity: quantity.toFixed(3),
      entryTime: own.time[entry],
      entryPrice: String(own.open[entry]),
      exitTime: open ? null : own.time[exit],
      exitPrice: exitPrice.toFixed(4),
      fees: formatDecimal(fees, 8),
      funding: formatDecimal(funding, 8),
      pnl: formatDecimal(pnl, 8),
      exitReason: open ? 'end_of_data' : reasons[Math.floor(random() * reasons.length)],
    });
  }
  return rows;
}

function seriesOf(candles: readonly ReportCandles[], trades: readonly TradeRow[], days: number, start: number): RunSeries {
  const buckets = Math.min(3000, days * 24);
  const length = (days * DAY) / buckets;
  const events = trades.map((row) => ({ at: row.exitTime ?? START + days * DAY - 1, pnl: Math.round(Number(row.pnl) * SATS) }));
  events.sort((a, b) => a.at - b.at);
  const curve = { time: [] as number[], equity: [] as number[], low: [] as number[], high: [] as number[], exposure: [] as number[] };
  const benchmark: number[] = [];
  let equity = start;
  let next = 0;
  for (let i = 0; i < buckets; i += 1) {
    const end = Math.round(START + (i + 1) * length) - 1;
    let low = equity;
    let high = equity;
    for (; next < events.length && events[next].at <= end; next += 1) {
      equity += events[next].pnl;
      low = Math.min(low, equity);
      high = Math.max(high, equity);
    }
    const open = trades.filter((row) => row.entryTime <= end && (row.exitTime ?? Infinity) > end);
    curve.time.push(end);
    curve.equity.push(equity);
    curve.low.push(low);
    curve.high.push(high);
    curve.exposure.push(open.reduce((sum, row) => sum + Math.round(Number(row.quantity) * Number(row.entryPrice) * SATS), 0));
    benchmark.push(
      candles.reduce(
        (sum, own) => sum + own.close[Math.min(own.close.length - 1, Math.floor(((i + 1) / buckets) * own.close.length))] / own.open[0],
        0,
      ) / candles.length,
    );
  }
  const daily = { time: [] as number[], equity: [] as number[] };
  for (const [i, time] of curve.time.entries()) {
    const following = curve.time[i + 1];
    if (following !== undefined && Math.floor(following / DAY) === Math.floor(time / DAY)) continue;
    daily.time.push(time);
    daily.equity.push(curve.equity[i]);
  }
  const inMarket = curve.exposure.filter((value) => value > 0).length;
  return {
    schema: 'orrery.series/1',
    daily,
    curve,
    benchmark,
    framesInMarket: inMarket,
    frames: buckets,
    maxDrawdown: deepest(curve, start),
  };
}

function deepest(curve: RunSeries['curve'], start: number): RunSeries['maxDrawdown'] {
  let peak = start;
  let peakTime = START;
  let result = { amount: 0, peak, peakTime, troughTime: START };
  for (const [i, time] of curve.time.entries()) {
    if ((peak - curve.low[i]) / peak > result.amount / result.peak)
      result = { amount: peak - curve.low[i], peak, peakTime, troughTime: time };
    if (curve.high[i] > peak) [peak, peakTime] = [curve.high[i], time];
  }
  return result;
}

function accountOf(trades: readonly TradeRow[]): AccountSummary {
  const sum = (texts: readonly string[]): number => sumSats(texts.map((text) => parseSats(text)));
  const fees = sum(trades.map((row) => row.fees));
  const funding = sum(trades.map((row) => row.funding));
  const net = sum(trades.map((row) => row.pnl));
  const open = sum(trades.filter((row) => row.exitTime === null).map((row) => row.pnl));
  return {
    startEquity: formatDecimal(START_EQUITY, 8),
    endEquity: formatDecimal(START_EQUITY + net, 8),
    fees: formatDecimal(fees, 8),
    funding: formatDecimal(funding, 8),
    slippage: formatDecimal(Math.round(fees / 3), 8),
    realizedPnl: formatDecimal(net + fees - funding - open, 8),
    unrealizedPnl: formatDecimal(open, 8),
    liquidations: 0,
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
  const trades = tradesOf(candles, tradesPerDay, days, random);
  const series = seriesOf(candles, trades, days, START_EQUITY);
  const account = accountOf(trades);
  const end = parseSats(account.endEquity);
  const result: RunResult = {
    schema: 'orrery.result/1',
    runId: `sample-${seed}`,
    digest: 'a3f1'.repeat(16),
    dataset: datasetOf(candles, days, intervalMinutes, options.synthetic ?? false),
    config: configOf(options, candles[0]?.interval ?? '5m'),
    assumptions: ASSUMPTIONS,
    candles: candles.reduce((total, own) => total + own.time.length, 0),
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
    warnings: options.warnings ?? [],
    versions: { orrery: '0.1.0', node: '20.20.2' },
  };
  return { result, series, candles, definitions: METRIC_DEFINITIONS };
}
