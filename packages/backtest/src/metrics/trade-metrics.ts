import { sumSats, toUsdt, type TradeRow } from '@orrery/core';
import { type ClosedTrade, closedTrades } from './closed-trade.ts';
import { excursionMetrics } from './excursion-metrics.ts';
import type { MetricValues } from './metrics-input.ts';
import { mean, median, standardDeviation } from './moments.ts';
import { ratio } from './ratio.ts';

/** Chapter `trade`: statistics of the finished trades. A position still open at the end is counted, but neither won nor lost. */
export function tradeMetrics(trades: readonly TradeRow[], days: number): MetricValues {
  const closed = closedTrades(trades);
  const longs = closed.filter((trade) => trade.side === 'long');
  const shorts = closed.filter((trade) => trade.side === 'short');
  return {
    trades: closed.length,
    openTrades: trades.length - closed.length,
    longTrades: longs.length,
    shortTrades: shorts.length,
    tradesPerDay: days > 0 ? closed.length / days : null,
    winRate: winRate(closed),
    winRateLong: winRate(longs),
    winRateShort: winRate(shorts),
    longProfit: profit(longs),
    shortProfit: profit(shorts),
    ...profitMetrics(closed),
    maxConsecutiveWins: longestStreak(closed, (trade) => trade.pnl > 0),
    maxConsecutiveLosses: longestStreak(closed, (trade) => trade.pnl < 0),
    ...holdingMetrics(closed),
    ...excursionMetrics(closed),
  };
}

function winners(trades: readonly ClosedTrade[]): readonly ClosedTrade[] {
  return trades.filter((trade) => trade.pnl > 0);
}

function losers(trades: readonly ClosedTrade[]): readonly ClosedTrade[] {
  return trades.filter((trade) => trade.pnl < 0);
}

function winRate(trades: readonly ClosedTrade[]): number | null {
  return ratio(winners(trades).length, trades.length);
}

function profit(trades: readonly ClosedTrade[]): number {
  return toUsdt(sumSats(trades.map((trade) => trade.pnl)));
}

function profitMetrics(closed: readonly ClosedTrade[]): MetricValues {
  const won = winners(closed).map((trade) => trade.pnl);
  const lost = losers(closed).map((trade) => -trade.pnl);
  const pnl = closed.map((trade) => trade.pnl);
  const shares = closed.flatMap((trade) => (trade.profitShare === null ? [] : [trade.profitShare]));
  const averageWin = ratio(sumSats(won), won.length);
  const averageLoss = ratio(sumSats(lost), lost.length);
  const payoff = ratio(averageWin, averageLoss);
  const rate = winRate(closed);
  const expectancy = ratio(sumSats(pnl), pnl.length);
  const quality = ratio(expectancy, standardDeviation(pnl));
  return {
    grossProfit: toUsdt(sumSats(won)),
    grossLoss: toUsdt(sumSats(lost)),
    profitFactor: ratio(sumSats(won), sumSats(lost)),
    expectancy: usdtOrNull(expectancy),
    expectancyRatio: payoff === null || rate === null ? null : (1 + payoff) * rate - 1,
    averageTradeReturn: mean(shares),
    medianTradeReturn: median(shares),
    averageWin: usdtOrNull(averageWin),
    averageLoss: usdtOrNull(averageLoss),
    payoffRatio: payoff,
    largestWin: won.length === 0 ? null : toUsdt(largest(won)),
    largestLoss: lost.length === 0 ? null : toUsdt(largest(lost)),
    systemQuality: quality === null ? null : quality * Math.sqrt(closed.length),
    kelly: payoff === null || payoff === 0 || rate === null ? null : rate - (1 - rate) / payoff,
  };
}

function usdtOrNull(sats: number | null): number | null {
  return sats === null ? null : toUsdt(sats);
}

function largest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}

function longestStreak(trades: readonly ClosedTrade[], belongs: (trade: ClosedTrade) => boolean): number {
  let longest = 0;
  let current = 0;
  for (const trade of trades) {
    current = belongs(trade) ? current + 1 : 0;
    longest = Math.max(longest, current);
  }
  return longest;
}

function holdingMetrics(closed: readonly ClosedTrade[]): MetricValues {
  const hours = (trades: readonly ClosedTrade[]): readonly number[] => trades.map((trade) => trade.hours);
  return {
    averageHolding: mean(hours(closed)),
    medianHolding: median(hours(closed)),
    averageHoldingWinners: mean(hours(winners(closed))),
    medianHoldingWinners: median(hours(winners(closed))),
    averageHoldingLosers: mean(hours(losers(closed))),
    medianHoldingLosers: median(hours(losers(closed))),
  };
}
