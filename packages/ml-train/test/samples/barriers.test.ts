import { describe, expect, it } from 'vitest';
import { labelSignal, type BarrierSettings } from '../../src/samples/barriers.ts';
import { tapeOf, type Candle } from '../tape.ts';

/** A unit is 1: take-profit 2 away, stop-loss 1 away, three candles at most, no costs. */
const BARRIERS: BarrierSettings = { unit: 'atr', atrLength: 14, takeProfit: 2, stopLoss: 1, maxCandles: 3, costBps: 0 };
/** The candle that gives the signal; nothing of it counts, however wide it is. */
const SIGNAL: Candle = [100, 200, 1, 100];

function label(candles: readonly Candle[], side: 1 | -1 = 1, settings: Partial<BarrierSettings> = {}, unit: number | null = 1) {
  return labelSignal(tapeOf([SIGNAL, ...candles]), 0, side, unit, { ...BARRIERS, ...settings });
}

describe('the triple barrier, worked by hand', () => {
  it('take-profit: bought at the open 100, the second candle reaches 102', () => {
    const found = label([
      [100, 101, 99.5, 101],
      [101, 102, 100, 101],
    ]);
    expect(found).toEqual({ outcome: 'take-profit', isWin: true, entryRow: 1, endRow: 2, grossReturn: 102 / 100 - 1 });
  });
  it('stop-loss: bought at 100, the first candle touches 99 after the entry', () => {
    expect(label([[100, 100.5, 99, 100]])).toEqual({
      outcome: 'stop-loss',
      isWin: false,
      entryRow: 1,
      endRow: 1,
      grossReturn: 99 / 100 - 1,
    });
  });
  it('both in one candle count as the stop, for the order inside is not known', () => {
    expect(label([[100, 103, 98, 102]])).toMatchObject({ outcome: 'stop-loss', isWin: false, endRow: 1 });
  });
  it('time: neither within three candles, so the last close decides', () => {
    const quiet: Candle = [100, 100.5, 99.5, 100];
    expect(label([quiet, quiet, [100, 101, 99.5, 100.4], [100, 150, 50, 100]])).toMatchObject({ outcome: 'time', isWin: true, endRow: 3 });
    expect(label([quiet, quiet, [100, 101, 99.5, 99.9]])).toMatchObject({ outcome: 'time', isWin: false, endRow: 3 });
    expect(label([quiet, quiet, quiet])).toMatchObject({ outcome: 'time', isWin: false, grossReturn: 0 });
  });
  it('a short is the mirror: 98 wins, 101 stops', () => {
    expect(label([[100, 100.9, 98, 99]], -1)).toMatchObject({ outcome: 'take-profit', isWin: true });
    expect(label([[100, 101, 97, 99]], -1)).toMatchObject({ outcome: 'stop-loss', isWin: false });
    const down: Candle = [100, 100.5, 99, 99.5];
    const timed = label([down, down, down], -1);
    expect(timed).toMatchObject({ outcome: 'time', isWin: true });
    expect(timed?.grossReturn).toBeCloseTo(0.005, 15);
  });
  it('percent: the unit is a hundredth of the entry price', () => {
    // Entry 50: take-profit at 51, stop at 49.5.
    expect(label([[50, 51, 49.6, 50]], 1, { unit: 'percent' }, null)).toMatchObject({ outcome: 'take-profit' });
    expect(label([[50, 50.9, 49.5, 50]], 1, { unit: 'percent' }, null)).toMatchObject({ outcome: 'stop-loss' });
  });
  it('costs: a take-profit of 2 % is no win at costs of 200 basis points', () => {
    const candle: Candle = [100, 102, 99.5, 101];
    expect(label([candle], 1, { costBps: 199 })).toMatchObject({ outcome: 'take-profit', isWin: true });
    expect(label([candle], 1, { costBps: 201 })).toMatchObject({ outcome: 'take-profit', isWin: false });
  });
  it('a candle without volume neither enters nor ends the trade, though it takes its time', () => {
    const frozen: Candle = [100, 150, 50, 100, 0];
    expect(label([frozen, [100, 102, 99.5, 101]])).toMatchObject({ outcome: 'take-profit', entryRow: 2, endRow: 2 });
    expect(label([[100, 101, 99.5, 100], frozen, frozen])).toMatchObject({ outcome: 'time', entryRow: 1, endRow: 3 });
  });
  it('is not decided while the candles that decide it are missing', () => {
    const quiet: Candle = [100, 100.5, 99.5, 100];
    expect(label([])).toBeNull();
    expect(label([quiet, quiet])).toBeNull();
    expect(label([[100, 150, 50, 100, 0]])).toBeNull();
  });
});
