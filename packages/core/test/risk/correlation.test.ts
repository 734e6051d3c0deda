import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CORRELATION_FRAMES, Correlations, LEAST_SHARED_FRAMES, type EpochMs } from '../../src/index.ts';
import { runs } from '../laws/options.ts';
import { anyNumber } from './any-number.ts';
import { id } from './fixture.ts';

const MINUTE = 60_000;
/** Close time of a frame of a minute. */
const closeOf = (frame: number): EpochMs => ((frame + 1) * MINUTE - 1) as EpochMs;
/** Closes by frame from 0 on; null is a missing candle. */
type Closes = readonly (number | null)[];
function observed(...instruments: readonly Closes[]): Correlations {
  const correlations = new Correlations(instruments.length, MINUTE);
  for (let frame = 0; frame < Math.max(...instruments.map(({ length }) => length)); frame++) {
    instruments.forEach((closes, k) => {
      const close = closes[frame];
      if (close !== null && close !== undefined) correlations.observe(id(k), closeOf(frame), close);
    });
  }
  return correlations;
}
const between = (a: Closes, b: Closes): number => observed(a, b).between(id(0), id(1));

/** Pearson's formula, as it stands in a textbook: covariance over the product of the deviations. */
function naive(a: Closes, b: Closes): number {
  const returnsOf = (closes: Closes): readonly number[] =>
    closes.map((close, k) => {
      const before = closes[k - 1] ?? 0;
      return close !== null && close > 0 && before > 0 ? close / before - 1 : NaN;
    });
  const [x, y] = [returnsOf(a), returnsOf(b)];
  const last = a.length - 1;
  const lastOf = (closes: Closes): number => closes.findLastIndex((close) => close !== null);
  const from = Math.max(lastOf(a), lastOf(b)) - CORRELATION_FRAMES;
  const pairs = Array.from({ length: last + 1 }, (_, k) => [x[k]!, y[k]!] as const).filter(
    ([p, q], k) => k > from && !Number.isNaN(p) && !Number.isNaN(q),
  );
  if (pairs.length < LEAST_SHARED_FRAMES) return 0;
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanX, meanY] = [mean(pairs.map(([p]) => p)), mean(pairs.map(([, q]) => q))];
  const covariance = mean(pairs.map(([p, q]) => (p - meanX) * (q - meanY)));
  const deviation = (values: readonly number[], center: number): number => Math.sqrt(mean(values.map((value) => (value - center) ** 2)));
  const scale = deviation(pairs.map(([p]) => p), meanX) * deviation(pairs.map(([, q]) => q), meanY); // prettier-ignore
  return scale === 0 ? 0 : covariance / scale;
}

/** Closes whose returns repeat a pattern, from 1 on. */
function following(pattern: readonly number[], frames: number): number[] {
  const closes = [1];
  for (let k = 0; k < frames; k++) closes.push(closes[k]! * (1 + pattern[k % pattern.length]!));
  return closes;
}

describe('correlation', () => {
  it.each([
    ['the same', [0.5, -0.5], [0.5, -0.5], 1],
    ['the opposite', [0.5, -0.5], [-0.5, 0.5], -1],
    ['the same at another scale', [0.5, -0.5], [0.125, -0.125], 1],
    ['nothing in common', [0.5, 0.5, -0.5, -0.5], [0.5, -0.5, 0.5, -0.5], 0],
    // Deviations (2, −1, −1) and (1, 1, −2) of thirds: 2 − 1 + 2 = 3 over √6 · √6.
    ['by half', [0.5, 0, 0], [0.25, 0.25, 0], 0.5],
    ['one does not move', [0.5, -0.5], [0, 0], 0],
    ['one moves evenly', [0.5, -0.5], [0.1, 0.1], 0],
  ])('RISK-11: %s', (_, a, b, expected) => expect(between(following(a, 60), following(b, 60))).toBeCloseTo(expected, 12));

  it('RISK-11: rounding is no movement', () => {
    const even = [3];
    while (even.length < 60) even.push(even.at(-1)! * 1.07);
    expect(between(even, following([0.5, -0.5], 60))).toBe(0);
  });
  it('RISK-11: returns whose squares would overflow are compared as well', () => {
    const wild = Array.from({ length: 60 }, (_, k) => (k % 2 === 0 ? 1 : 1e200));
    expect(between(wild, wild)).toBe(1);
    expect(between(wild, following([0.5, -0.5], 59))).toBeCloseTo(1, 12);
  });
  it('RISK-11: 0 below 32 shared frames', () => {
    const closes = following([0.5, -0.5], 40);
    expect(between(closes.slice(0, 32), closes.slice(0, 32))).toBe(0); // 32 closes are 31 returns
    expect(between(closes.slice(0, 33), closes.slice(0, 33))).toBe(1);
  });
  it('RISK-11: a missing candle takes its own return and the next one away', () => {
    const closes: Closes = following([0.5, -0.5], 33); // 33 returns
    expect(between(closes, closes)).toBe(1);
    expect(between(closes, closes.map((close, k) => (k === 10 ? null : close)))).toBe(0); // prettier-ignore
    expect(between(closes, closes.map((close, k) => (k === 0 ? null : close)))).toBe(1); // prettier-ignore
  });
  it('RISK-11: looks back over 96 frames', () => {
    const same = Array.from({ length: 200 }, (_, k) => (k % 2 === 0 ? 0.25 : -0.25));
    // The opposite of the other one for 104 frames, then the same.
    const turning = same.map((gain, k) => (k < 104 ? -gain : gain));
    const after = (frames: number): number => between(following(same, 104 + frames), following(turning, 104 + frames));
    expect(after(0)).toBeCloseTo(-1, 12);
    expect(after(24)).toBeCloseTo(-0.5, 12); // 24 of 96 are the same, 72 the opposite
    expect(after(48)).toBeCloseTo(0, 12);
    expect(after(95)).toBeLessThan(0.99);
    expect(after(96)).toBeCloseTo(1, 12);
  });
  it('RISK-11: one that has ended is compared over the frames that are left', () => {
    const closes = following([0.5, -0.5], 200);
    expect(between(closes, closes.slice(0, 201 - 64))).toBe(1);
    expect(between(closes, closes.slice(0, 201 - 65))).toBe(0); // 31 left
  });
  it('RISK-12: what is no price or of a frame that was seen changes nothing', () => {
    const closes = following([0.5, -0.5], 60);
    const correlations = observed(closes, closes);
    for (const [frame, close] of [
      [60, 99],
      [3, 99],
      [NaN, 99],
      [Infinity, 99],
    ] as const)
      correlations.observe(id(0), closeOf(frame), close);
    expect(correlations.between(id(0), id(1))).toBe(1);
    correlations.observe(id(0), closeOf(61), NaN);
    correlations.observe(id(0), closeOf(62), 0);
    correlations.observe(id(0), closeOf(63), 1);
    expect(correlations.between(id(0), id(1))).toBe(1);
  });
  it.each([0, -1, NaN, Infinity])('an interval of %d ms is refused', (interval) => {
    expect(() => new Correlations(1, interval)).toThrow(`an interval of ${interval} ms; give a length above 0`);
  });

  const close = fc.option(fc.oneof({ weight: 30, arbitrary: fc.integer({ min: 1, max: 1000 }) }, fc.constantFrom(0, -1, -7)), { freq: 30 });
  const closes = fc.integer({ min: 1, max: 240 }).chain((length) => fc.array(close, { minLength: length, maxLength: length }));
  it('RISK-11: equals the formula, for any candles and gaps', () => {
    fc.assert(
      fc.property(closes, closes, (a, b) => {
        const length = Math.max(a.length, b.length);
        const padded = (list: Closes): Closes => [...list, ...Array.from({ length: length - list.length }, () => null)];
        expect(between(a, b)).toBeCloseTo(naive(padded(a), padded(b)), 9);
      }),
      runs(300),
    );
  });
  it('RISK-11: is symmetric, of one sign with itself, within ±1 and never NaN, for any closes at any times', () => {
    const candle = fc.tuple(fc.nat(1), fc.oneof(fc.nat(300), anyNumber), fc.oneof(fc.integer({ min: 1, max: 9 }), anyNumber));
    fc.assert(
      fc.property(fc.array(candle, { minLength: 150, maxLength: 300 }), (candles) => {
        const correlations = new Correlations(2, MINUTE);
        for (const [instrument, frame, close] of candles) correlations.observe(id(instrument), closeOf(frame), close);
        const [there, back, self] = [
          correlations.between(id(0), id(1)),
          correlations.between(id(1), id(0)),
          correlations.between(id(0), id(0)),
        ];
        expect(there).toBe(back);
        expect(there >= -1 && there <= 1).toBe(true);
        expect(self >= 0 && self <= 1).toBe(true);
      }),
      runs(300),
    );
  });
});
