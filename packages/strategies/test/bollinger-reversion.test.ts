import { describe, expect, it } from 'vitest';
import { bollingerReversion } from '../src/index.ts';
import { replay, triggersOf, type Candle } from './replay.ts';

/**
 * Four closes 100 100 100 80: mean 95, population deviation √(25+25+25+225)/2 = √75 ≈ 8.66. One deviation: 86.34 to 103.66.
 * The true range of the last candle is 100 − 80 = 20.
 */
const SHORT = { length: 4, deviations: 1, range: 1, stop: 1 };
const flat = (price: number): Candle => [price, price, price, price];
const FALL: Candle = [100, 100, 80, 80];
const RISE: Candle = [100, 120, 100, 120];
const CALM = [flat(100), flat(100), flat(100)];

describe('bollinger-reversion', () => {
  it('buys a close below the band, and leaves at the middle', () => {
    // 10,000 / 80 = 125 → 125,000 lots at the next open, 81; the stop lies one range below the close, at 60.
    // After the close at 94 the middle is (100 + 100 + 80 + 94) / 4 = 93.5: out at the next open.
    const run = replay(bollingerReversion, SHORT, [...CALM, FALL, [81, 94, 81, 94], flat(95)]);
    expect(run.fills).toEqual(['4 buy market 125000@81', '5 sell market 125000@95']);
    expect(triggersOf(run)).toEqual(['3 stop_market sell 60']);
  });
  it('sells a close above the band, and leaves at the middle', () => {
    // 10,000 / 120 → 83,333 lots; stop at 140. After 106 the middle is (100 + 100 + 120 + 106) / 4 = 106.5.
    const run = replay(bollingerReversion, SHORT, [...CALM, RISE, [119, 119, 106, 106], flat(105)]);
    expect(run.fills).toEqual(['4 sell market 83333@119', '5 buy market 83333@105']);
    expect(triggersOf(run)).toEqual(['3 stop_market buy 140']);
  });
  it('stays while the close is short of the middle', () => {
    // The middle after a close at 90 is 92.5.
    expect(replay(bollingerReversion, SHORT, [...CALM, FALL, [81, 90, 81, 90], flat(90)]).fills).toEqual(['4 buy market 125000@81']);
  });
  it('is stopped when the price goes on', () => {
    const run = replay(bollingerReversion, SHORT, [...CALM, FALL, [78, 79, 70, 75], [70, 70, 58, 58]]);
    expect(run.fills.slice(0, 2)).toEqual(['4 buy market 125000@78', '5 sell stop_market 125000@60']);
  });
  it('waits for the band and for the range', () => {
    expect(replay(bollingerReversion, SHORT, [flat(100), flat(100), FALL]).messages).toEqual([]);
  });
  it.each([
    ['long', RISE],
    ['short', FALL],
  ])('trades the %s side alone when told so', (direction, move) => {
    expect(replay(bollingerReversion, { ...SHORT, direction }, [...CALM, move, flat(100)]).messages).toEqual([]);
  });
});

describe('bollinger-reversion with the trend of a higher interval', () => {
  /** The average of one closed 15-minute candle is its close; three candles of 5 minutes each make one. */
  const FILTERED = { ...SHORT, trend: '15m', trendLength: 1 };
  it('does not buy below the average', () => {
    // Rows 0–2 closed at 100, the last closed 15-minute candle: 80 is below it.
    expect(replay(bollingerReversion, FILTERED, [...CALM, FALL, flat(81)]).messages).toEqual([]);
  });
  it('buys above it', () => {
    const candles: readonly Candle[] = [
      flat(60),
      flat(60),
      flat(60),
      flat(100),
      flat(100),
      flat(70),
      flat(110),
      [110, 110, 80, 80],
      flat(81),
    ];
    const { fills } = replay(bollingerReversion, { ...FILTERED, deviations: 0.5 }, candles);
    // Closes of rows 4 to 7: 100 70 110 80, mean 90, deviation √((100 + 400 + 400 + 100) / 4) ≈ 15.8: at half of it the band
    // begins at 82.1, above the close at 80, and 80 is above the 70 at which the last 15-minute candle closed.
    expect(fills).toEqual(['8 buy market 125000@81']);
  });
  it('does not see the higher candle before it has closed', () => {
    // Row 4 falls to 80 inside the second 15-minute candle; were that candle's own close the average, 80 would not be below it.
    const rising: readonly Candle[] = [flat(100), flat(100), flat(100), flat(100), FALL, flat(81)];
    expect(replay(bollingerReversion, FILTERED, rising).messages).toEqual([]);
  });
});
