import {
  ADX,
  ATR,
  BollingerBands,
  CCI,
  DonchianChannels,
  EMA,
  MACD,
  MFI,
  MOM,
  OBV,
  ROC,
  RSI,
  SMA,
  StochasticOscillator,
  VWAP,
  WMA,
  WSMA,
} from 'trading-signals';
import { describe, expect, it } from 'vitest';
import { column, tapeOf, type Bar } from './market.ts';

const ROWS = 1200;
/**
 * Where seeding differs (this library starts an EMA at the first value and a true range at high − low of the first
 * candle), both have forgotten their seed by here: (13/14)^900 is below 1e-28.
 */
const FORGOTTEN = 900;

/** A market that moves at every candle, so that no answer to a division by zero is compared. */
const MARKET: readonly Bar[] = (() => {
  const rows: Bar[] = [];
  let seed = 7;
  let price = 30_000;
  const next = (): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 2 ** 32;
  };
  for (let k = 0; k < ROWS; k++) {
    const open = price;
    price = Math.round((price + (next() - 0.5) * 200) * 10) / 10;
    rows.push({
      open,
      high: Math.max(open, price) + Math.round(next() * 300) / 10,
      low: Math.min(open, price) - Math.round(next() * 300) / 10,
      close: price,
      volume: 1 + Math.round(next() * 1000) / 10,
    });
  }
  return rows;
})();

type Theirs = (bar: Bar) => number | null | undefined;
const ofClose =
  (indicator: { add(value: number): number | null }): Theirs =>
  (bar) =>
    indicator.add(bar.close);
const bands = new BollingerBands(20, 2);
const macd = new MACD(new EMA(12), new EMA(26), new EMA(9));
const stochastic = new StochasticOscillator({ kPeriod: 14, kSlowingPeriod: 3, dPeriod: 3 });
const donchian = new DonchianChannels(20);
const plus = new ADX(14);
const minus = new ADX(14);

const CASES: readonly (readonly [text: string, from: number, theirs: Theirs])[] = [
  ['sma(close,20)', 0, ofClose(new SMA(20))],
  ['wma(close,20)', 0, ofClose(new WMA(20))],
  ['ema(close,20)', FORGOTTEN, ofClose(new EMA(20))],
  ['rma(close,14)', 0, ofClose(new WSMA(14))],
  ['rsi(close,14)', 0, ofClose(new RSI(14))],
  ['momentum(close,10)', 0, ofClose(new MOM(10))],
  [
    'roc(close,10)',
    0,
    (() => {
      const roc = new ROC(10);
      return (bar: Bar) => {
        const value = roc.add(bar.close);
        return value === null ? null : value * 100;
      };
    })(),
  ],
  ['macd_line(close,12,26)', FORGOTTEN, (bar) => macd.add(bar.close)?.macd],
  ['stochastic_k(14,3)', 0, (bar) => stochastic.add(bar)?.stochK],
  [
    'cci(20)',
    0,
    (() => {
      const cci = new CCI(20);
      return (bar: Bar) => cci.add(bar);
    })(),
  ],
  [
    'mfi(14)',
    0,
    (() => {
      const mfi = new MFI(14);
      return (bar: Bar) => mfi.add(bar);
    })(),
  ],
  [
    'atr(14)',
    FORGOTTEN,
    (() => {
      const atr = new ATR(14);
      return (bar: Bar) => atr.add(bar);
    })(),
  ],
  [
    'adx(14)',
    FORGOTTEN,
    (() => {
      const adx = new ADX(14);
      return (bar: Bar) => adx.add(bar);
    })(),
  ],
  [
    'plus_di(14)',
    FORGOTTEN,
    (bar) => {
      plus.add(bar);
      return typeof plus.pdi === 'number' ? plus.pdi * 100 : null;
    },
  ],
  [
    'minus_di(14)',
    FORGOTTEN,
    (bar) => {
      minus.add(bar);
      return typeof minus.mdi === 'number' ? minus.mdi * 100 : null;
    },
  ],
  ['bollinger_upper(close,20,2)', 0, (bar) => bands.add(bar.close)?.upper],
  ['donchian_lower(20)', 0, (bar) => donchian.add(bar)?.lower],
  [
    'vwap()',
    0,
    (() => {
      const vwap = new VWAP();
      return (bar: Bar) => vwap.add(bar);
    })(),
  ],
  // Their sum begins with 0, TA-Lib's with the volume of the first candle.
  [
    'obv()',
    0,
    (() => {
      const obv = new OBV(2);
      return (bar: Bar) => {
        const value = obv.add(bar);
        return value === null ? null : value + MARKET[0].volume;
      };
    })(),
  ],
];

describe('trading-signals', () => {
  it.each(CASES)('%s', (text, from, theirs) => {
    const ours = column(text, tapeOf(MARKET));
    const compared = MARKET.map((bar) => theirs(bar) ?? NaN)
      .map((value, row) => ({ row, value }))
      .filter(({ row, value }) => row >= from && row > 0 && !Number.isNaN(value));
    expect(compared.length).toBeGreaterThan(200);
    for (const { row, value } of compared) expect(Math.abs(ours[row] - value), `row ${row}: ${ours[row]}, ${value}`).toBeLessThan(1e-7);
  });
});
