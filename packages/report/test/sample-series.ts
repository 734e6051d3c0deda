import { parseSats, type RunSeries, sumSats, type SymbolTotals } from '@orrery/core';
import type { ReportCandles } from '../src/index.ts';
import type { SampleTrade } from './sample-trades.ts';

export const MINUTE = 60_000;
export const DAY = 86_400_000;
export const SATS = 1e8;
/** Open time of the first candle of every made-up run. */
export const START = Date.UTC(2024, 10, 18);
/** What the made-up venue asks for of a position's value. */
const MAINTENANCE = 0.02;

/** Series of a run that made these trades: profits are booked when a trade ends. */
export function sampleSeries(candles: readonly ReportCandles[], all: readonly SampleTrade[], days: number, start: number): RunSeries {
  const buckets = Math.min(3000, days * 24);
  const curve = curveOf(all, buckets, (days * DAY) / buckets, start);
  const share = (own: ReportCandles, i: number): number =>
    own.close[Math.min(own.close.length - 1, Math.floor(((i + 1) / buckets) * own.close.length))] / own.open[0];
  return {
    schema: 'orrery.series/1',
    daily: dailyOf(curve),
    curve,
    symbols: candles.map(({ symbol }) =>
      totalsOf(
        symbol,
        all.filter(({ row }) => row.symbol === symbol),
      ),
    ),
    benchmark: curve.time.map((_, i) => candles.reduce((sum, own) => sum + share(own, i), 0) / candles.length),
    framesInMarket: curve.exposure.filter((value) => value > 0).length,
    frames: buckets,
    maxDrawdown: deepest(curve, start),
  };
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer V)[] ? V[] : T[K] };

function curveOf(all: readonly SampleTrade[], buckets: number, length: number, start: number): RunSeries['curve'] {
  const last = START + buckets * length - 1;
  const events = all.map(({ row }) => ({ at: row.exitTime ?? last, pnl: parseSats(row.pnl) })).sort((a, b) => a.at - b.at);
  const spans = all.map(({ row }) => ({
    from: row.entryTime,
    to: row.exitTime ?? Infinity,
    value: Math.round(Number(row.quantity) * Number(row.entryPrice) * SATS),
  }));
  const curve: Mutable<RunSeries['curve']> = {
    time: [],
    equity: [],
    low: [],
    high: [],
    exposure: [],
    marginRatio: [],
    liquidationDistance: [],
  };
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
    const exposure = spans.reduce((sum, span) => sum + (span.from <= end && span.to > end ? span.value : 0), 0);
    curve.time.push(end);
    curve.equity.push(equity);
    curve.low.push(low);
    curve.high.push(high);
    curve.exposure.push(exposure);
    curve.marginRatio.push((exposure * MAINTENANCE) / equity);
    curve.liquidationDistance.push(exposure > 0 ? Math.min(0.98, equity / exposure - MAINTENANCE) : null);
  }
  return curve;
}

function dailyOf(curve: RunSeries['curve']): RunSeries['daily'] {
  const dayOf = (time: number | undefined): number => Math.floor((time ?? Infinity) / DAY);
  const ends = curve.time.flatMap((time, i) => (dayOf(curve.time[i + 1]) === dayOf(time) ? [] : [i]));
  return { time: ends.map((i) => curve.time[i]), equity: ends.map((i) => curve.equity[i]) };
}

function totalsOf(symbol: string, own: readonly SampleTrade[]): SymbolTotals {
  const sum = (amount: (trade: SampleTrade) => number): number => sumSats(own.map(amount));
  const closed = own.filter(({ row }) => row.exitTime !== null);
  return {
    symbol,
    trades: closed.length,
    wins: closed.filter(({ row }) => parseSats(row.pnl) > 0).length,
    grossPnl: sum(
      ({ row, liquidationFee, absorbed }) => parseSats(row.pnl) + parseSats(row.fees) - parseSats(row.funding) + liquidationFee - absorbed,
    ),
    fees: sum(({ row }) => parseSats(row.fees)),
    funding: sum(({ row }) => parseSats(row.funding)),
    slippage: sum(({ slippage }) => slippage),
    liquidationFees: sum(({ liquidationFee }) => liquidationFee),
    absorbed: sum(({ absorbed }) => absorbed),
    turnover: own.reduce(
      (total, { row }) => total + Math.round(Number(row.quantity) * (Number(row.entryPrice) + Number(row.exitPrice)) * SATS),
      0,
    ),
    liquidations: own.filter(({ row }) => row.exitReason === 'liquidation').length,
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
