import fc from 'fast-check';
import type { RateE8, VirtualQuestionKind, VirtualSettings } from '../../src/index.ts';
import { MINUTE } from './lead.ts';

export interface Candle {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
}
export interface Draft {
  readonly positionId: number;
  readonly instrument: number;
  readonly direction: 1 | -1;
  readonly entry: number;
  readonly stop: number;
  readonly target: number;
}
export type ForceCause = 'breaker' | 'delisted' | 'run_end';
/** One minute of all instruments. */
export interface Frame {
  /** By instrument; null where it has none. */
  readonly candles: readonly (Candle | null)[];
  readonly isCheck: boolean;
  /** Behind the candles. */
  readonly force: { readonly instrument: number | null; readonly cause: ForceCause } | null;
  /** At the frame's end. */
  readonly drafts: readonly Draft[];
}
export interface Course {
  readonly frames: readonly Frame[];
  readonly settings: VirtualSettings;
  /** Answers by position and kind of question; null leaves it to the statistics, `late` is given a frame later. */
  readonly answers: readonly { readonly probability: number | null; readonly isLate: boolean }[];
}

export const INSTRUMENTS = 3;
const KINDS: readonly VirtualQuestionKind[] = ['graded_50', 'graded_80', 'near_target'];
export function answerOf(course: Course, positionId: number, kind: VirtualQuestionKind): Course['answers'][number] {
  return course.answers[(3 * positionId + KINDS.indexOf(kind)) % course.answers.length]!;
}

const direction = fc.constantFrom(1 as const, -1 as const);
/** From the price at hand: gap, way up, way down, close between. */
const step = fc.record({ gap: fc.integer({ min: -4, max: 4 }), up: fc.nat(9), down: fc.nat(9), close: fc.integer({ min: -9, max: 9 }) });
const frame = fc.record({
  steps: fc.array(fc.option(step, { freq: 6 }), { minLength: INSTRUMENTS, maxLength: INSTRUMENTS }),
  isCheck: fc.boolean(),
  force: fc.option(
    fc.record({
      instrument: fc.option(fc.nat(INSTRUMENTS - 1), { freq: 4 }),
      cause: fc.constantFrom<ForceCause>('breaker', 'delisted', 'run_end'),
    }),
    { freq: 25 },
  ),
  drafts: fc.array(
    fc.record({
      instrument: fc.nat(INSTRUMENTS - 1),
      direction,
      stop: fc.integer({ min: 1, max: 20 }),
      target: fc.integer({ min: 1, max: 30 }),
    }),
    { maxLength: 2, size: 'max' },
  ),
});

/** Candles near one another, positions opened at their closes, settings and answers of every kind. */
export const courses: fc.Arbitrary<Course> = fc
  .record({
    frames: fc.array(frame, { minLength: 1, maxLength: 40, size: 'max' }),
    settings: fc.record({
      expiryMs: fc.integer({ min: 1, max: 40 }).map((minutes) => minutes * MINUTE),
      smartMonitoring: fc.boolean(),
      fee: fc.constantFrom(0, 50_000).map((fee) => fee as RateE8),
      gradedStop: fc.boolean(),
      dynamicLevels: fc.boolean(),
    }),
    answers: fc.array(
      fc.record({ probability: fc.option(fc.constantFrom(0, 0.24, 0.25, 0.39, 0.4, 0.69, 0.7, 1), { freq: 3 }), isLate: fc.boolean() }),
      { minLength: 1, maxLength: 11 },
    ),
  })
  .map(({ frames, settings, answers }) => {
    const closes = Array.from({ length: INSTRUMENTS }, () => 500);
    let positionId = 0;
    const made = frames.map(({ steps, isCheck, force, drafts }): Frame => {
      const candles = steps.map((one, k) => {
        if (one === null) return null;
        const open = closes[k]! + one.gap;
        const [high, low] = [open + one.up, open - one.down];
        const close = Math.max(low, Math.min(high, open + one.close));
        closes[k] = close;
        return { open, high, low, close };
      });
      const placed = drafts.map(({ instrument, direction, stop, target }) => {
        const entry = closes[instrument]!;
        positionId += 1;
        return { positionId, instrument, direction, entry, stop: entry - direction * stop, target: entry + direction * target };
      });
      return { candles, isCheck, force, drafts: placed };
    });
    return { frames: made, settings, answers };
  });

/** Prices turned upside down: K − p. */
export const MIRROR = 2000;
export function mirrored(course: Course): Course {
  const frames = course.frames.map((one): Frame => ({
    ...one,
    candles: one.candles.map((candle) =>
      candle === null
        ? null
        : { open: MIRROR - candle.open, high: MIRROR - candle.low, low: MIRROR - candle.high, close: MIRROR - candle.close },
    ),
    drafts: one.drafts.map(({ direction, entry, stop, target, ...rest }) => ({
      ...rest,
      direction: direction === 1 ? -1 : 1,
      entry: MIRROR - entry,
      stop: MIRROR - stop,
      target: MIRROR - target,
    })),
  }));
  return { ...course, frames };
}
