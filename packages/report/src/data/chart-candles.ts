import type { ReportCandles } from '../report-input.ts';
import { type EncodedCandles, encodeCandles } from './encode-candles.ts';
import { resampleCandles } from './resample-candles.ts';

/** Candles of one chart, and where they lie in what they were made from. */
export interface ChartCandles {
  readonly encoded: EncodedCandles;
  readonly source: ReportCandles;
  /** Row of the source that is the chart's first candle; null where the candles are merged. */
  readonly first: number | null;
}

/** Candles of one symbol that a screen can still tell apart. */
const CANDLES_PER_SYMBOL = 5000;
/** Candles of all symbols together: 100,000 take about 2 MB. */
const CANDLES_IN_ALL = 100_000;
/** Below it a chart shows no shape; pages of very many symbols grow instead. */
const FEWEST_CANDLES = 150;
/** So many candles of all symbols are shown as they are where structures are to be drawn on them: a year of 5m candles of one symbol. */
const UNMERGED_IN_ALL = 110_000;
/** Where there are more: the last ones, as they are, beside the merged ones. */
const DETAIL_PER_SYMBOL = 5000;
const DETAIL_IN_ALL = 60_000;

/**
 * Candles merged until they fit. Where structures are drawn, which only candles as they are can show, there is a second chart of each
 * merged symbol's last candles.
 */
export function chartCandles(candles: readonly ReportCandles[], hasStructures: boolean): readonly ChartCandles[] {
  const rows = candles.reduce((sum, one) => sum + one.time.length, 0);
  if (hasStructures && rows <= UNMERGED_IN_ALL) return candles.map((one) => asTheyAre(one, 0));
  const symbols = Math.max(1, candles.length);
  const limit = Math.max(FEWEST_CANDLES, Math.min(CANDLES_PER_SYMBOL, Math.floor(CANDLES_IN_ALL / symbols)));
  const detail = Math.max(FEWEST_CANDLES, Math.min(DETAIL_PER_SYMBOL, Math.floor(DETAIL_IN_ALL / symbols)));
  return candles.flatMap((one) => {
    const shown = resampleCandles(one, limit);
    if (!shown.resampled) return [asTheyAre(one, 0)];
    const whole: ChartCandles = { encoded: encodeCandles(shown), source: one, first: null };
    return hasStructures ? [whole, asTheyAre(one, Math.max(0, one.time.length - detail))] : [whole];
  });
}

function asTheyAre(source: ReportCandles, first: number): ChartCandles {
  const part = <T>(column: readonly T[]): readonly T[] => (first === 0 ? column : column.slice(first));
  const candles: ReportCandles = {
    symbol: source.symbol,
    interval: source.interval,
    time: part(source.time),
    open: part(source.open),
    high: part(source.high),
    low: part(source.low),
    close: part(source.close),
    volume: part(source.volume),
  };
  const shown = resampleCandles(candles, Infinity);
  return { encoded: encodeCandles(shown, first > 0), source, first };
}
