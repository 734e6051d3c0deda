import { describe, expect, it } from 'vitest';
import { donchianBreakout } from '../src/index.ts';
import { denialsOf, replay, triggersOf, type Candle } from './replay.ts';

/** Channel of 2 candles, exit of 1, range over 1 candle: the average range is the last true range. */
const SHORT = { entry: 2, exit: 1, range: 1, stop: 2 };
/** Between 90 and 110, closing at 100. */
const CALM: Candle = [100, 110, 90, 100];
/** Closes at 120, above the 110 of the candles before; its true range is 120 − 98 = 22, so a stop of 2 ranges is 44 away. */
const OUT_ABOVE: Candle = [100, 120, 98, 120];
/** Closes at 80, below 90; true range 102 − 80 = 22. */
const OUT_BELOW: Candle = [100, 102, 80, 80];

describe('donchian-breakout', () => {
  it('buys the close above the channel of the candles before, stop two ranges below', () => {
    const run = replay(donchianBreakout, SHORT, [CALM, CALM, OUT_ABOVE, [121, 125, 118, 122]]);
    // 10,000 / 120 = 83.333…, rounded down to 83,333 lots; entered at the next open.
    expect(run.fills).toEqual(['3 buy market 83333@121']);
    expect(triggersOf(run)).toEqual(['2 stop_market sell 76']);
  });
  it('sells the close below it, stop two ranges above', () => {
    const run = replay(donchianBreakout, SHORT, [CALM, CALM, OUT_BELOW, [79, 82, 78, 80]]);
    expect(run.fills).toEqual(['3 sell market 125000@79']);
    expect(triggersOf(run)).toEqual(['2 stop_market buy 124']);
  });
  it('does not take the edge itself for a breakout', () => {
    expect(replay(donchianBreakout, SHORT, [CALM, CALM, [100, 110, 98, 110], CALM]).messages).toEqual([]);
  });
  it('leaves below the low of the candle before, and takes its stop away', () => {
    const run = replay(donchianBreakout, SHORT, [CALM, CALM, OUT_ABOVE, [121, 125, 118, 122], [122, 122, 117, 117], [116, 119, 115, 118]]);
    expect(run.fills).toEqual(['3 buy market 83333@121', '5 sell market 83333@116']);
    expect(run.messages.filter((message) => message.type === 'OrderCanceled')).toHaveLength(1);
    expect(run.engine.orders.of(0 as never)).toEqual([]);
  });
  it('is stopped, and may enter anew', () => {
    const stopped: Candle = [121, 122, 70, 75];
    const run = replay(donchianBreakout, SHORT, [CALM, CALM, OUT_ABOVE, stopped, [75, 76, 74, 75]]);
    // Stopped at 76 within the candle of the entry; that candle closes below the channel's 90, so a short follows at the next open.
    expect(run.fills.slice(0, 2)).toEqual(['3 buy market 83333@121', '3 sell stop_market 83333@76']);
    expect(run.fills[2]).toMatch(/^4 sell market \d+@75$/);
  });
  it('takes its target where there is one', () => {
    const run = replay(donchianBreakout, { ...SHORT, target: 1 }, [CALM, CALM, OUT_ABOVE, [121, 150, 118, 119], [119, 120, 118, 119]]);
    expect(triggersOf(run)).toEqual(['2 stop_market sell 76', '2 take_profit_market sell 142']);
    expect(run.fills).toEqual(['3 buy market 83333@121', '3 sell take_profit_market 83333@142']);
  });
  it.each([
    ['long', OUT_BELOW],
    ['short', OUT_ABOVE],
  ])('trades the %s side alone when told so', (direction, breakout) => {
    expect(replay(donchianBreakout, { ...SHORT, direction }, [CALM, CALM, breakout, CALM]).messages).toEqual([]);
  });
  it('asks once while candles without trades keep its entry waiting', () => {
    const idle: Candle = [130, 130, 130, 130, 0];
    const run = replay(donchianBreakout, SHORT, [CALM, CALM, OUT_ABOVE, idle, idle, [131, 135, 129, 132]]);
    expect(run.messages.filter((message) => message.type === 'SubmitOrder')).toHaveLength(2);
    expect(run.fills).toEqual(['5 buy market 83333@131']);
  });
  it('asks once while candles without trades keep its exit waiting', () => {
    const idle: Candle = [110, 110, 110, 110, 0];
    const run = replay(donchianBreakout, SHORT, [CALM, CALM, OUT_ABOVE, [121, 125, 118, 122], [122, 122, 117, 117], idle, idle, CALM]);
    expect(run.fills).toEqual(['3 buy market 83333@121', '7 sell market 83333@100']);
  });
  it('asks again after a denial, while the close is still outside', () => {
    const run = replay(donchianBreakout, SHORT, [CALM, CALM, OUT_ABOVE, [121, 125, 118, 122], CALM], { minLots: 100_000 as never });
    expect(denialsOf(run)).toEqual(['2 below_min_quantity', '3 below_min_quantity']);
  });
  it('does not enter where its stop would lie at no price', () => {
    expect(replay(donchianBreakout, { ...SHORT, stop: 6 }, [CALM, CALM, OUT_ABOVE, CALM]).messages).toEqual([]);
  });
  it('sends nothing when the venue would not take the stop', () => {
    // 83,333 lots fit neither the entry nor the stop, which are market orders both.
    const run = replay(donchianBreakout, SHORT, [CALM, CALM, OUT_ABOVE, CALM], { marketMaxLots: 80_000 as never });
    expect(denialsOf(run)).toEqual(['2 above_max_quantity']);
    expect(run.fills).toEqual([]);
  });
  it('refuses an exit channel that is longer than the entry channel', () => {
    expect(() => donchianBreakout.build({ entry: 5, exit: 6 })).toThrow('parameter exit is 6; it must not be above entry, which is 5');
  });
});
