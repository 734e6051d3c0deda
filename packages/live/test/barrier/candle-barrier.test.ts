import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CandleBarrier, type Frame } from '../../src/barrier/candle-barrier.ts';
import type { ClosedCandle } from '../../src/index.ts';

const STEP = 60_000;
const SYMBOLS = ['AUSDT', 'BUSDT', 'CUSDT'];

function candle(symbol: string, frame: number, close = '1.5'): ClosedCandle {
  const openTime = frame * STEP;
  return { symbol, openTime, closeTime: openTime + STEP - 1, open: '1', high: '2', low: '0.5', close, volume: '3' };
}
function drained(barrier: CandleBarrier): readonly Frame[] {
  const frames: Frame[] = [];
  for (let frame = barrier.take(); frame !== null; frame = barrier.take()) frames.push(frame);
  return frames;
}
const short = (frames: readonly Frame[]): readonly string[] =>
  frames.map(({ closeTime, candles }) => `${(closeTime + 1) / STEP - 1}:${candles.map(({ instrument }) => instrument).join('')}`);

describe('the candle barrier', () => {
  it('hands a frame over when its last symbol is there, in the order of the symbols, oldest first', () => {
    const barrier = new CandleBarrier(SYMBOLS, STEP, STEP - 1);
    for (const symbol of ['CUSDT', 'AUSDT']) expect(barrier.offer(candle(symbol, 1))).toBe('taken');
    for (const symbol of SYMBOLS) barrier.offer(candle(symbol, 2));
    expect(drained(barrier)).toEqual([]);
    expect(barrier.wanted()).toEqual([{ symbol: 'BUSDT', from: STEP, until: STEP }]);
    barrier.offer(candle('BUSDT', 1));
    expect(short(drained(barrier))).toEqual(['1:012', '2:012']);
  });
  it('leaves a symbol out that was said to have no candle, and never takes one in behind time', () => {
    const barrier = new CandleBarrier(SYMBOLS, STEP, STEP - 1);
    barrier.offer(candle('AUSDT', 1));
    barrier.offer(candle('CUSDT', 1));
    barrier.settle('BUSDT', barrier.newest);
    expect(short(drained(barrier))).toEqual(['1:02']);
    expect(barrier.offer(candle('BUSDT', 1))).toBe('late');
    expect(drained(barrier)).toEqual([]);
  });
  it('knows a repetition from a contradiction, whatever zeros a number is written with', () => {
    const barrier = new CandleBarrier(['AUSDT'], STEP, STEP - 1);
    barrier.offer(candle('AUSDT', 1));
    expect(barrier.offer(candle('AUSDT', 1, '1.6'))).toBe('contradicts');
    expect(short(drained(barrier))).toEqual(['1:0']);
    expect(barrier.offer(candle('AUSDT', 1, '1.500'))).toBe('repeated');
    expect(barrier.offer(candle('AUSDT', 1, '1.6'))).toBe('contradicts');
    expect(barrier.offer(candle('XUSDT', 2))).toBe('foreign');
    expect(barrier.offer({ ...candle('AUSDT', 2), closeTime: 2 * STEP + 5 })).toBe('foreign');
  });
  it('begins with the first candle it sees when nothing is known', () => {
    const barrier = new CandleBarrier(['AUSDT'], STEP, null);
    expect([barrier.offer(candle('AUSDT', 7)), barrier.offer(candle('AUSDT', 6))]).toEqual(['taken', 'late']);
    expect(short(drained(barrier))).toEqual(['7:0']);
  });

  it('gives the same frames whatever is repeated, reordered or lost on the way', () => {
    /** Which symbols have a candle, frame by frame: a halted one has none. */
    const market = fc.array(fc.subarray([0, 1, 2]), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(market, fc.infiniteStream(fc.nat({ max: 1000 })), (truth, dice) => {
        const draw = (): number => dice.next().value;
        const all = truth.flatMap((symbols, frame) => symbols.map((id) => candle(SYMBOLS[id]!, frame + 1)));
        const heard = all.flatMap((one) => Array.from({ length: draw() % 3 }, () => ({ one, at: draw() })));
        const barrier = new CandleBarrier(SYMBOLS, STEP, STEP - 1);
        const frames: Frame[] = [];
        /** What a deadline does: REST knows every candle up to the newest seen, and what it does not have there is not. */
        const fill = (): void => {
          const until = barrier.newest;
          for (const { symbol, from } of barrier.wanted()) {
            for (const one of all) if (one.symbol === symbol && one.openTime >= from && one.closeTime <= until) barrier.offer(one);
          }
          for (const { symbol } of barrier.wanted()) barrier.settle(symbol, until);
          frames.push(...drained(barrier));
        };
        for (const { one } of heard.toSorted((a, b) => a.at - b.at)) {
          expect(['taken', 'repeated']).toContain(barrier.offer(one));
          frames.push(...drained(barrier));
          if (draw() % 5 === 0) fill();
        }
        // The last frame that has a candle at all is always seen in the end: the next one's candles make it wanted.
        const last = all.at(-1);
        if (last !== undefined) barrier.offer(last);
        fill();
        const expected = truth.map((symbols, frame) => `${frame + 1}:${symbols.join('')}`).filter((text) => !text.endsWith(':'));
        expect(short(frames)).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });
});
