import type { RateE8 } from '../../src/index.ts';
import { INSTRUMENTS, type Candle, type Course, type Draft, type Frame } from './arbitrary-course.ts';
import { MINUTE } from './lead.ts';

const FRAMES = 12;

/**
 * So many positions at one close, of both directions and all distances, on instruments that wander in waves of different length. No
 * probability is left to statistics, whose hundred last closed ones depend on the order within a frame.
 */
export function crowd(positions: number): Course {
  const closes = Array.from({ length: INSTRUMENTS }, () => 1000);
  const drafts = Array.from({ length: positions }, (_, k): Draft => {
    const direction = k % 2 === 0 ? 1 : -1;
    const [stop, target] = [5 + ((7 * k) % 31), 5 + ((11 * k) % 43)];
    return {
      positionId: k + 1,
      instrument: k % INSTRUMENTS,
      direction,
      entry: 1000,
      stop: 1000 - direction * stop,
      target: 1000 + direction * target,
    };
  });
  const frames = Array.from({ length: FRAMES }, (_, frame): Frame => {
    const candles = closes.map((open, k): Candle | null => {
      if ((frame + k) % 5 === 4) return null;
      const close = open + ((frame % (4 + k)) - 1) * 6;
      closes[k] = close;
      return { open, high: Math.max(open, close) + 3, low: Math.min(open, close) - 4, close };
    });
    const force = frame === FRAMES - 2 ? { instrument: 1, cause: 'breaker' as const } : null;
    return { candles, isCheck: frame % 3 === 0, force, drafts: frame === 0 ? drafts : [] };
  });
  const settings = {
    expiryMs: 10 * MINUTE,
    smartMonitoring: false,
    fee: 50_000 as RateE8,
    gradedStop: true,
    dynamicLevels: true,
  };
  return { frames, settings, answers: [0, 0.3, 0.5, 0.7, 1].map((probability, k) => ({ probability, isLate: k % 2 === 0 })) };
}
