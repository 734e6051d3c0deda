import type { Bar } from './market.ts';

/** Every value from its definition and the whole history, without any state: slow, and obviously right. */
export type Naive = (bars: readonly Bar[], row: number) => number;

type Series = (bars: readonly Bar[], row: number) => number;
const close: Series = (bars, row) => bars[row].close;
const high: Series = (bars, row) => bars[row].high;
const low: Series = (bars, row) => bars[row].low;
const volume: Series = (bars, row) => bars[row].volume;
const typical: Series = (bars, row) => (bars[row].high + bars[row].low + bars[row].close) / 3;

function windowOf(series: Series, bars: readonly Bar[], row: number, length: number): number[] | null {
  if (row < length - 1) return null;
  const values = Array.from({ length }, (_, k) => series(bars, row - length + 1 + k));
  return values.some((value) => Number.isNaN(value)) ? null : values;
}
const total = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

function over(series: Series, length: number, f: (values: number[]) => number): Naive {
  return (bars, row) => {
    const values = windowOf(series, bars, row, length);
    return values === null ? NaN : f(values);
  };
}
const mean = (values: readonly number[]): number => values[0] + total(values.map((value) => value - values[0])) / values.length;
const deviation = (values: readonly number[]): number =>
  Math.sqrt(total(values.map((value) => (value - mean(values)) ** 2)) / values.length);

/** Seed at row `first` by the mean of the `length` values up to it, then weight the newest. */
function smoothed(series: Series, first: number, length: number, weight: number): Naive {
  return (bars, row) => {
    if (row < first) return NaN;
    let value = mean(Array.from({ length }, (_, k) => series(bars, first - length + 1 + k)));
    for (let i = first + 1; i <= row; i++) value = weight * series(bars, i) + (1 - weight) * value;
    return value;
  };
}
const trueRange: Series = (bars, row) =>
  row === 0
    ? NaN
    : Math.max(
        bars[row].high - bars[row].low,
        Math.abs(bars[row].high - bars[row - 1].close),
        Math.abs(bars[row].low - bars[row - 1].close),
      );
const change: Series = (bars, row) => bars[row].close - bars[row - 1].close;
const rise: Series = (bars, row) => Math.max(change(bars, row), 0);
const fall: Series = (bars, row) => Math.max(-change(bars, row), 0);
const flow: Series = (bars, row) =>
  row === 0 ? NaN : Math.sign(typical(bars, row) - typical(bars, row - 1)) * typical(bars, row) * volume(bars, row);
const fastK =
  (length: number): Naive =>
  (bars, row) => {
    const lows = windowOf(low, bars, row, length);
    const highs = windowOf(high, bars, row, length);
    if (lows === null || highs === null) return NaN;
    const range = Math.max(...highs) - Math.min(...lows);
    return range === 0 ? 0 : (100 * (close(bars, row) - Math.min(...lows))) / range;
  };
const vwap = (bars: readonly Bar[], from: number, row: number): number => {
  const rows = Array.from({ length: row - from + 1 }, (_, k) => from + k);
  const traded = total(rows.map((k) => volume(bars, k)));
  return traded === 0 ? typical(bars, row) : total(rows.map((k) => typical(bars, k) * volume(bars, k))) / traded;
};
const macd = (bars: readonly Bar[], row: number): number =>
  smoothed(close, 5, 3, 2 / 4)(bars, row) - smoothed(close, 5, 6, 2 / 7)(bars, row);

/** By feature text; windows as in the list of all kinds. */
export const NAIVE: Readonly<Record<string, Naive>> = {
  'sma(close,5)': over(close, 5, mean),
  'ema(close,5)': smoothed(close, 4, 5, 2 / 6),
  'rma(close,5)': smoothed(close, 4, 5, 1 / 5),
  'wma(close,5)': over(close, 5, (values) => total(values.map((value, k) => value * (k + 1))) / 15),
  'sum(volume,4)': over(volume, 4, total),
  'rsi(close,5)': (bars, row) => {
    const up = smoothed(rise, 5, 5, 1 / 5)(bars, row);
    const down = smoothed(fall, 5, 5, 1 / 5)(bars, row);
    return up + down === 0 ? 0 : (100 * up) / (up + down);
  },
  'roc(close,3)': (bars, row) => (row < 3 ? NaN : (close(bars, row) / close(bars, row - 3) - 1) * 100),
  'momentum(close,3)': (bars, row) => (row < 3 ? NaN : close(bars, row) - close(bars, row - 3)),
  'macd_line(close,3,6)': macd,
  'macd_signal(close,3,6,4)': smoothed(macd, 8, 4, 2 / 5),
  'macd_histogram(close,3,6,4)': (bars, row) => macd(bars, row) - smoothed(macd, 8, 4, 2 / 5)(bars, row),
  'stochastic_fast_k(5)': fastK(5),
  'stochastic_k(5,3)': over(fastK(5), 3, mean),
  'stochastic_d(5,3,2)': over(over(fastK(5), 3, mean), 2, mean),
  'cci(5)': over(typical, 5, (values) => {
    const spread = mean(values.map((value) => Math.abs(value - mean(values))));
    return spread <= 1e-14 * values[4] ? 0 : (values[4] - mean(values)) / (0.015 * spread);
  }),
  'true_range()': trueRange,
  'atr(4)': smoothed(trueRange, 4, 4, 1 / 4),
  'stddev(close,5)': over(close, 5, deviation),
  'zscore(close,5)': over(close, 5, (values) => (deviation(values) === 0 ? 0 : (values[4] - mean(values)) / deviation(values))),
  'log_return(close,1)': (bars, row) => (row < 1 ? NaN : Math.log(close(bars, row) / close(bars, row - 1))),
  'bollinger_upper(close,5,2)': over(close, 5, (values) => mean(values) + 2 * deviation(values)),
  'bollinger_lower(close,5,2)': over(close, 5, (values) => mean(values) - 2 * deviation(values)),
  'bollinger_bandwidth(close,5,2)': over(close, 5, (values) => (4 * deviation(values)) / mean(values)),
  'keltner_upper(5,4,2)': (bars, row) => smoothed(close, 4, 5, 2 / 6)(bars, row) + 2 * smoothed(trueRange, 4, 4, 1 / 4)(bars, row),
  'keltner_lower(5,4,2)': (bars, row) => smoothed(close, 4, 5, 2 / 6)(bars, row) - 2 * smoothed(trueRange, 4, 4, 1 / 4)(bars, row),
  'donchian_upper(5)': over(high, 5, (values) => Math.max(...values)),
  'donchian_lower(5)': over(low, 5, (values) => Math.min(...values)),
  'donchian_middle(5)': (bars, row) =>
    (over(high, 5, (v) => Math.max(...v))(bars, row) + over(low, 5, (v) => Math.min(...v))(bars, row)) / 2,
  'obv()': (bars, row) =>
    volume(bars, 0) + total(Array.from({ length: row }, (_, k) => Math.sign(change(bars, k + 1)) * volume(bars, k + 1))),
  'vwap()': (bars, row) => vwap(bars, 0, row),
  'rolling_vwap(5)': (bars, row) => (row < 4 ? NaN : vwap(bars, row - 4, row)),
  'mfi(4)': over(flow, 4, (values) => {
    const inflow = total(values.filter((value) => value > 0));
    const both = total(values.map(Math.abs));
    return both === 0 ? 0 : (100 * inflow) / both;
  }),
  'rolling_rank(close,5)': over(close, 5, (values) => values.filter((value) => value <= values[4]).length / 5),
  'lag(close,3)': (bars, row) => (row < 3 ? NaN : close(bars, row - 3)),
  'div(close,volume)': (bars, row) => (volume(bars, row) === 0 ? 0 : close(bars, row) / volume(bars, row)),
};
