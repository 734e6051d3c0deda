import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTape, EquityCurve, type InstrumentId, type MarginSample } from '../../src/index.ts';
import { runs } from '../laws/options.ts';

const DAY = 86_400_000;
interface Frame {
  readonly ts: number;
  readonly equity: number;
  readonly gross: number;
}
/** Frames hours apart, so that days and buckets turn and are skipped. */
const frames: fc.Arbitrary<readonly Frame[]> = fc
  .array(fc.record({ step: fc.integer({ min: 1, max: 40 }), equity: fc.integer({ min: 50, max: 150 }), gross: fc.nat(3) }), {
    minLength: 1,
    maxLength: 40,
  })
  .map((list) => {
    let ts = 20_000 * DAY - 1;
    return list.map(({ step, equity, gross }) => ({ ts: (ts += step * 3_600_000), equity, gross }));
  });

function curveOf(list: readonly Frame[], start: number, bucketMs: number): EquityCurve {
  const curve = new EquityCurve(start, bucketMs);
  for (const { ts, equity, gross } of list) curve.observe(ts, equity, gross);
  curve.finish();
  return curve;
}
/** Frames by the bucket of equal time that they fall in. */
function groups(list: readonly Frame[], ms: number): readonly (readonly Frame[])[] {
  const buckets = [...new Set(list.map(({ ts }) => Math.floor(ts / ms)))];
  return buckets.map((bucket) => list.filter(({ ts }) => Math.floor(ts / ms) === bucket));
}

describe('TIME-6: equity curve', () => {
  it('has a point per bucket: its last time, equity and exposure, and the extremes within it', () => {
    fc.assert(
      fc.property(frames, fc.constantFrom(3_600_000, 6 * 3_600_000, DAY), (list, bucketMs) => {
        const curve = curveOf(list, 100, bucketMs);
        const wanted = groups(list, bucketMs);
        expect(curve.time).toEqual(wanted.map((group) => group.at(-1)!.ts));
        expect(curve.equity).toEqual(wanted.map((group) => group.at(-1)!.equity));
        expect(curve.exposure).toEqual(wanted.map((group) => group.at(-1)!.gross));
        expect(curve.low).toEqual(wanted.map((group) => Math.min(...group.map(({ equity }) => equity))));
        expect(curve.high).toEqual(wanted.map((group) => Math.max(...group.map(({ equity }) => equity))));
      }),
      runs(200),
    );
  });
  it('asks for the margin once a point, at its last frame, and says nothing of it where nobody answers', () => {
    const hour = 3_600_000;
    fc.assert(
      fc.property(frames, fc.constantFrom(hour, 6 * hour, DAY), (list, bucketMs) => {
        const asked: number[] = [];
        const sample = (ts: number): MarginSample => ({ ratio: asked.push(ts) / 1000, distance: ts });
        const curve = new EquityCurve(100, bucketMs, { sample, frameMs: hour });
        for (const { ts, equity, gross } of list) curve.observe(ts, equity, gross);
        curve.finish();
        expect(asked).toEqual(curve.time);
        expect(curve.liquidationDistance).toEqual(curve.time);
        expect(curve.marginRatio).toEqual(curve.time.map((_, k) => (k + 1) / 1000));
        const silent = curveOf(list, 100, bucketMs);
        expect([silent.marginRatio, silent.liquidationDistance]).toEqual([curve.time.map(() => 0), curve.time.map(() => null)]);
      }),
      runs(200),
    );
  });
  it('asks before anything of the next point is observed, where no candle is missing', () => {
    let now = 0;
    const asked: number[] = [];
    const curve = new EquityCurve(100, 6 * 3_600_000, {
      sample: (ts) => ({ ratio: asked.push(now - ts), distance: null }),
      frameMs: 3_600_000,
    });
    for (let hour = 1; hour <= 30; hour++) {
      now = hour * 3_600_000 - 1;
      curve.observe(now, 100, 0);
    }
    curve.finish();
    expect(asked).toEqual([0, 0, 0, 0, 0]);
  });
  it('has the close of each UTC day, and counts its frames', () => {
    fc.assert(
      fc.property(frames, (list) => {
        const curve = curveOf(list, 100, DAY);
        const days = groups(list, DAY);
        expect(curve.dayTime).toEqual(days.map((group) => group.at(-1)!.ts));
        expect(curve.dayEquity).toEqual(days.map((group) => group.at(-1)!.equity));
        expect([curve.frames, curve.framesInMarket]).toEqual([list.length, list.filter(({ gross }) => gross !== 0).length]);
      }),
      runs(200),
    );
  });
  it('knows the deepest fall of all frames, the earliest of equals, whatever the bucket', () => {
    fc.assert(
      fc.property(frames, (list) => {
        let [peak, peakTime] = [100, list[0]!.ts];
        let deepest = { amount: 0, peak: 0, peakTime: 0, troughTime: 0 };
        for (const { ts, equity } of list) {
          if (equity > peak) [peak, peakTime] = [equity, ts];
          if (peak - equity > deepest.amount) deepest = { amount: peak - equity, peak, peakTime, troughTime: ts };
        }
        expect(curveOf(list, 100, 7 * DAY).maxDrawdown).toEqual(deepest);
      }),
      runs(200),
    );
  });
  it('by hand: 100 → 120 → 90 → 130 → 105', () => {
    const list = [120, 90, 130, 105].map((equity, k) => ({ ts: (k + 1) * 1000, equity, gross: 0 }));
    expect(curveOf(list, 100, DAY).maxDrawdown).toEqual({ amount: 30, peak: 120, peakTime: 1000, troughTime: 2000 });
  });
  it('is empty when nothing was observed', () => {
    const curve = new EquityCurve(100, DAY);
    curve.finish();
    expect([curve.time, curve.dayTime, curve.frames]).toEqual([[], [], 0]);
  });
  it('makes of a held position what it makes of its frames one by one', () => {
    fc.assert(
      fc.property(frames, fc.constantFrom(3_600_000, DAY), fc.constantFrom(-3, 0, 2), (list, bucketMs, lots) => {
        const tape = createTape(0 as InstrumentId, 3_600_000, list.length);
        tape.length = list.length;
        list.forEach(({ ts, equity }, row) => {
          tape.closeTs[row] = ts;
          tape.close[row] = equity;
        });
        const values = list.map(({ ts, equity }) => ({ ts, equity: 1000 + lots * equity, gross: Math.abs(lots * equity) }));
        const held = new EquityCurve(900, bucketMs);
        held.observeHeld(tape, 0, list.length, 1000, lots, 1);
        held.finish();
        const each = curveOf(values, 900, bucketMs);
        expect({ ...held, drawdown: held.maxDrawdown }).toEqual({ ...each, drawdown: each.maxDrawdown });
      }),
      runs(200),
    );
  });
});
