import type { AccountSummary, RunSeries, TradeRow } from '@orrery/core';
import type { MetricsInput } from '../../src/index.ts';

export const DAY = 86_400_000;
export const FIRST_DAY = Date.UTC(2025, 0, 1);
const SATS = 100_000_000;

/** Last millisecond of the n-th day of the run, from 0. */
export function endOfDay(n: number): number {
  return FIRST_DAY + (n + 1) * DAY - 1;
}

/** A series with one bucket a day, whose extremes are its day ends. Amounts in USDT. */
export function dailySeries(equity: readonly number[], benchmark: readonly number[], start = 1000): RunSeries {
  const time = equity.map((_, i) => endOfDay(i));
  const sats = equity.map((value) => Math.round(value * SATS));
  let peak = start * SATS;
  let peakTime = FIRST_DAY;
  let maxDrawdown = { amount: 0, peak, peakTime, troughTime: peakTime };
  for (const [i, value] of sats.entries()) {
    if (value > peak) [peak, peakTime] = [value, time[i]];
    if ((peak - value) / peak > maxDrawdown.amount / maxDrawdown.peak) {
      maxDrawdown = { amount: peak - value, peak, peakTime, troughTime: time[i] };
    }
  }
  return {
    schema: 'orrery.series/1',
    daily: { time, equity: sats },
    curve: {
      time,
      equity: sats,
      low: sats,
      high: sats,
      exposure: sats.map(() => 0),
      marginRatio: sats.map(() => 0),
      liquidationDistance: sats.map(() => null),
    },
    symbols: [],
    benchmark,
    framesInMarket: 0,
    frames: equity.length,
    maxDrawdown,
  };
}

export function account(change: Partial<AccountSummary> = {}): AccountSummary {
  return {
    startEquity: '1000.00000000',
    endEquity: '1000.00000000',
    fees: '0',
    funding: '0',
    slippage: '0',
    realizedPnl: '0',
    unrealizedPnl: '0',
    liquidations: 0,
    liquidationFees: '0',
    absorbed: '0',
    ...change,
  };
}

let nextId = 0;
/** A finished long of 1 at 100 that lasts two hours, unless said otherwise. */
export function trade(pnl: string, change: Partial<TradeRow> = {}): TradeRow {
  nextId += 1;
  const entryTime = change.entryTime ?? FIRST_DAY + nextId * 3_600_000;
  return {
    id: nextId,
    symbol: 'BTCUSDT',
    side: 'long',
    quantity: '1',
    entryTime,
    entryPrice: '100',
    exitTime: entryTime + 7_200_000,
    exitPrice: '110',
    fees: '0',
    funding: '0',
    pnl,
    exitReason: 'signal',
    maxAdverse: null,
    maxFavourable: null,
    ...change,
  };
}

/** A run of three days: +10 %, −10 %, +10 %, beside a market of +5 %, −5 %, +5 %. */
export function threeDays(trades: readonly TradeRow[] = []): MetricsInput {
  return {
    series: dailySeries([1100, 990, 1089], [1.05, 0.9975, 1.047375]),
    trades,
    account: account({ endEquity: '1089.00000000' }),
  };
}
