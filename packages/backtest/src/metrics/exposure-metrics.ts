import { toUsdt, type RunSeries, type TradeRow } from '@orrery/core';
import type { DailyEquity } from './daily-returns.ts';
import type { MetricValues } from './metrics-input.ts';
import { mean } from './moments.ts';
import { ratio } from './ratio.ts';

/** Chapter `exposure`: how much was at stake, how long, and what the account went through. Amounts in sats. */
export function exposureMetrics(
  series: RunSeries,
  trades: readonly TradeRow[],
  start: number,
  end: number,
  daily: DailyEquity,
): MetricValues {
  const { equity, exposure, low, high } = series.curve;
  const leverage = equity.flatMap((value, i) => (value > 0 ? [(exposure[i] ?? 0) / value] : []));
  const volume = tradedValue(trades);
  const meanEquity = mean(daily.equity.slice(1));
  const turnover = meanEquity === null || !(meanEquity > 0) ? null : ratio(volume, toUsdt(meanEquity));
  return {
    timeInMarket: ratio(series.framesInMarket, series.frames),
    maxLeverage: leverage.length === 0 ? null : leverage.reduce((most, value) => Math.max(most, value), 0),
    meanLeverage: mean(leverage),
    tradedValue: volume,
    turnover,
    turnoverPerDay: ratio(turnover, daily.days),
    returnOnTurnover: ratio(toUsdt(end - start), volume),
    startEquity: toUsdt(start),
    endEquity: toUsdt(end),
    minEquity: toUsdt(low.reduce((least, value) => Math.min(least, value), Math.min(start, end))),
    maxEquity: toUsdt(high.reduce((most, value) => Math.max(most, value), Math.max(start, end))),
  };
}

/** Value of entries and exits in USDT, from the largest size of each trade; an open trade has its entry alone. */
function tradedValue(trades: readonly TradeRow[]): number {
  let value = 0;
  for (const trade of trades) {
    const quantity = Number(trade.quantity);
    value += quantity * Number(trade.entryPrice);
    if (trade.exitTime !== null) value += quantity * Number(trade.exitPrice);
  }
  return value;
}
