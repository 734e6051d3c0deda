import { describe, expect, it } from 'vitest';
import { column, tapeOf } from './market.ts';
import { TA_LIB_BARS } from './ta-lib-series.ts';

/** Feature, row and value as TA-Lib's own regression tests (`ta_regtest/ta_test_func/*.c`) publish them, with their digits. */
const PUBLISHED: readonly (readonly [text: string, row: number, value: number, digits: number])[] = [
  ['sma(close,2)', 1, 93.15, 1],
  ['sma(close,2)', 3, 94.73, 1],
  ['sma(close,30)', 29, 90.42, 1],
  ['sma(close,30)', 31, 89.96, 1],
  ['wma(close,2)', 1, 93.71, 2],
  ['wma(close,2)', 3, 94.85, 1],
  ['wma(close,30)', 29, 88.567, 2],
  ['wma(close,30)', 31, 88.034, 2],
  ['ema(close,2)', 1, 93.15, 1],
  ['ema(close,2)', 2, 93.96, 1],
  ['ema(close,10)', 9, 93.22, 1],
  ['ema(close,10)', 10, 93.75, 1],
  ['ema(close,10)', 29, 86.46, 1],
  ['rsi(close,14)', 14, 49.14, 1],
  ['rsi(close,14)', 15, 52.32, 1],
  ['rsi(close,14)', 16, 46.07, 1],
  ['momentum(close,14)', 14, -0.5, 3],
  ['momentum(close,14)', 16, -5.22, 3],
  ['roc(close,14)', 14, -0.546, 3],
  ['roc(close,14)', 15, -2.109, 3],
  ['roc(close,14)', 21, -5.5256, 3],
  ['macd_line(close,12,26)', 33, -1.9738, 3],
  ['macd_signal(close,12,26,9)', 33, -2.7071, 3],
  ['macd_histogram(close,12,26,9)', 33, 2.7071 - 1.9738, 3],
  ['stochastic_k(5,3)', 8, 24.0128, 2],
  ['stochastic_d(5,3,3)', 8, 36.254, 2],
  ['stochastic_k(5,3)', 9, 38.139, 2],
  ['stochastic_d(5,3,4)', 9, 36.725, 2],
  ['cci(2)', 1, 66.666, 2],
  ['cci(5)', 4, 18.857, 2],
  ['cci(11)', 10, 87.927, 2],
  ['cci(11)', 11, 180.005, 2],
  ['cci(11)', 12, 143.5190963, 4],
  ['cci(11)', 30, -0.005587727, 4],
  ['cci(11)', 34, 113.4778681, 4],
  ['true_range()', 1, 3.535, 6],
  ['true_range()', 13, 9.685, 6],
  ['atr(1)', 1, 3.535, 6],
  ['atr(14)', 14, 3.578, 3],
  ['atr(14)', 15, 3.4876, 3],
  ['atr(14)', 26, 3.245, 3],
  ['atr(14)', 28, 3.413, 3],
  ['stddev(close,5)', 4, 1.2856, 3],
  ['stddev(close,5)', 5, 0.4462, 3],
  ['bollinger_upper(close,20,2)', 19, 98.0734, 3],
  ['bollinger_middle(close,20)', 19, 92.891, 3],
  ['bollinger_lower(close,20,2)', 19, 87.7086, 3],
  ['mfi(14)', 14, 42.8923, 3],
  ['mfi(14)', 15, 45.6072, 3],
  // TA-Lib states these four rounded to whole numbers.
  ['plus_di(14)', 14, 20, 0],
  ['plus_di(14)', 27, 22, 0],
  ['minus_di(14)', 14, 30, 0],
  ['minus_di(14)', 28, 25, 0],
  ['adx(14)', 27, 23, 0],
  ['adx(14)', 28, 22, 0],
];

describe('TA-Lib regression values', () => {
  it.each(PUBLISHED)('%s at row %i is %d', (text, row, value, digits) => {
    expect(column(text, tapeOf(TA_LIB_BARS))[row]).toBeCloseTo(value, digits);
  });

  it.each([
    ['sma(close,30)', 29],
    ['wma(close,30)', 29],
    ['ema(close,10)', 9],
    ['rsi(close,14)', 14],
    ['macd_signal(close,12,26,9)', 33],
    ['stochastic_d(5,3,3)', 8],
    ['cci(11)', 10],
    ['true_range()', 1],
    ['atr(14)', 14],
    ['mfi(14)', 14],
    ['plus_di(14)', 14],
    ['adx(14)', 27],
    ['momentum(close,14)', 14],
  ])('%s begins at row %i, as TA-Lib does', (text, first) => {
    expect(column(text, tapeOf(TA_LIB_BARS)).findIndex((value) => !Number.isNaN(value))).toBe(first);
  });
});
