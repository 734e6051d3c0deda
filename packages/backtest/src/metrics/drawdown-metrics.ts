import { toUsdt, type RunSeries } from '@orrery/core';
import { DAY_MS } from './calendar.ts';
import type { DailyEquity } from './daily-returns.ts';
import { drawdownEpisodes, shareUnderWater } from './drawdown-episodes.ts';
import type { MetricValues } from './metrics-input.ts';
import { mean } from './moments.ts';
import { finiteOrNull, ratio } from './ratio.ts';
import { annualReturn, annualVolatility, compoundAnnualGrowth, dailyReturns, MINIMUM_DAYS } from './return-metrics.ts';

/** Share of the deepest days that the tail of the drawdowns is averaged over. */
const TAIL_SHARE = 0.05;

/** Chapter `drawdown`: how deep, how long, and return per unit of that pain. Amounts in sats. */
export function drawdownMetrics(series: RunSeries, start: number, end: number, daily: DailyEquity): MetricValues {
  const { amount, peak, peakTime, troughTime } = series.maxDrawdown;
  const depth = peak > 0 ? finiteOrNull(amount / peak) : null;
  const fell = amount > 0;
  const recovery = fell ? recoveryTime(series) : null;
  const episodes = drawdownEpisodes(series.curve, start);
  const last = series.curve.time.at(-1) ?? 0;
  const longest = episodes.reduce((most, episode) => Math.max(most, (episode.recoveryTime ?? last) - episode.peakTime), 0);
  const ulcer = ulcerIndex(daily);
  const growth = compoundAnnualGrowth(start, end, daily.days);
  return {
    maxDrawdown: depth,
    maxDrawdownAmount: toUsdt(amount),
    maxDrawdownDuration: fell ? (troughTime - peakTime) / DAY_MS : null,
    maxDrawdownRecovery: recovery === null ? null : (recovery - troughTime) / DAY_MS,
    averageDrawdown: mean(episodes.map((episode) => episode.depth)),
    longestDrawdown: episodes.length === 0 ? null : longest / DAY_MS,
    timeUnderWater: shareUnderWater(series.curve, start),
    calmar: ratio(growth, depth),
    ulcerIndex: ulcer,
    martin: ratio(growth, ulcer),
    serenity: serenity(daily, ulcer),
  };
}

/** End of the first bucket after the trough's that is back at the peak, or null while none is. */
function recoveryTime(series: RunSeries): number | null {
  const { peak, troughTime } = series.maxDrawdown;
  const { time, equity, high } = series.curve;
  const trough = time.findIndex((at) => at >= troughTime);
  if (trough === -1) return null;
  // The trough's own bucket may hold the peak before the fall, so there only its last equity can tell.
  const back = time.findIndex((_, i) => i >= trough && ((i === trough ? equity[i] : high[i]) ?? 0) >= peak);
  return back === -1 ? null : (time[back] ?? null);
}

/** Fall of each day's equity below the highest one so far, as a fraction; the start counts as a peak. */
function dailyDrawdowns(daily: DailyEquity): readonly number[] {
  let peak = daily.equity[0] ?? 0;
  return daily.equity.slice(1).map((equity) => {
    peak = Math.max(peak, equity);
    return peak > 0 ? (peak - equity) / peak : 0;
  });
}

function ulcerIndex(daily: DailyEquity): number | null {
  if (daily.days < MINIMUM_DAYS) return null;
  const square = mean(dailyDrawdowns(daily).map((fall) => fall * fall));
  return square === null ? null : Math.sqrt(square);
}

function serenity(daily: DailyEquity, ulcer: number | null): number | null {
  const returns = dailyReturns(daily);
  const falls = [...dailyDrawdowns(daily)].sort((a, b) => b - a);
  const tail = mean(falls.slice(0, Math.ceil(falls.length * TAIL_SHARE)));
  const pitfall = ratio(tail, annualVolatility(returns));
  return ulcer === null || pitfall === null ? null : ratio(annualReturn(returns), ulcer * pitfall);
}
