import { canonicalText, INTERVAL_MS, parseFeature, type Interval } from '@orrery/core';
import { SIDE } from '@orrery/models';

/** Higher intervals worth a look, lowest first. */
const HIGHER: readonly Interval[] = ['1h', '4h', '1d', '1w'];
/** A higher candle is made of at least so many base candles; fewer say little that the base does not. */
const LEAST_RATIO = 4;

const BASE = [
  'rsi(close,14)',
  'rsi(close,50)',
  'adx(14)',
  'sub(plus_di(14),minus_di(14))',
  'div(atr(14),close)',
  'div(atr(14),atr(100))',
  'bollinger_percent_b(close,20,2)',
  'bollinger_bandwidth(close,20,2)',
  'zscore(close,20)',
  'zscore(close,100)',
  'zscore(volume,50)',
  'div(volume,sma(volume,20))',
  'log_return(close,1)',
  'log_return(close,3)',
  'log_return(close,12)',
  'log_return(close,48)',
  'realised_volatility(close,20)',
  'div(realised_volatility(close,20),realised_volatility(close,100))',
  'rolling_rank(close,100)',
  'rolling_rank(volume,100)',
  'div(macd_histogram(close,12,26,9),close)',
  'mfi(14)',
  'div(sub(close,ema(close,50)),atr(14))',
];
const ABOVE = ['rsi(close,14)', 'adx(14)', 'div(atr(14),close)', 'log_return(close,4)', 'zscore(close,20)'];

/**
 * Columns for who names none: canonical texts, all without a scale, so that symbols of any price can be trained together; then the side.
 * Those of a higher interval are left out where the base interval has none fit.
 */
export function defaultFeatures(interval: Interval): readonly string[] {
  const base = INTERVAL_MS[interval];
  const higher = HIGHER.find((name) => INTERVAL_MS[name] >= LEAST_RATIO * base && INTERVAL_MS[name] % base === 0);
  const above = higher === undefined ? [] : ABOVE.map((text) => `${text}@${higher}`);
  return [...[...BASE, ...above].map((text) => canonicalText(parseFeature(text))), SIDE];
}
