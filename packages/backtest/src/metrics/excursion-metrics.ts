import type { ClosedTrade } from './closed-trade.ts';
import type { MetricValues } from './metrics-input.ts';
import { mean, median } from './moments.ts';
import { ratio } from './ratio.ts';

/** How far prices went while trades were held; trades that do not know it are left out. */
export function excursionMetrics(closed: readonly ClosedTrade[]): MetricValues {
  const adverse = adverseOf(closed);
  const favourable = favourableOf(closed);
  return {
    averageAdverse: mean(adverse),
    medianAdverse: median(adverse),
    averageAdverseWinners: mean(adverseOf(closed.filter(({ pnl }) => pnl > 0))),
    averageFavourable: mean(favourable),
    medianFavourable: median(favourable),
    averageFavourableLosers: mean(favourableOf(closed.filter(({ pnl }) => pnl < 0))),
    edgeRatio: ratio(mean(favourable), mean(adverse)),
  };
}

function adverseOf(trades: readonly ClosedTrade[]): readonly number[] {
  return trades.flatMap(({ adverse }) => (adverse === null ? [] : [adverse]));
}
function favourableOf(trades: readonly ClosedTrade[]): readonly number[] {
  return trades.flatMap(({ favourable }) => (favourable === null ? [] : [favourable]));
}
