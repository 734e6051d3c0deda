import fc from 'fast-check';
import { createFeatureGraph, createTape, parseFeature, type EventLog, type InstrumentId, type Tape } from '../../src/index.ts';
import type { Bar } from '../feature/market.ts';

/** All sources, with windows short enough to find something in a few hundred candles; `ict` with and without higher intervals. */
export const SOURCES: readonly string[] = [
  'ict(structure(1,1,60)@15m,structure(1,1,60)@1h,1,1,60,3)',
  'ict(structure(2,2,40),structure(2,2,40),2,2,40,0)',
  'trend_signal(2,7,1,2,0)',
  'reversion_signal(8,1.2,2)',
];
const FIVE_MINUTES = 300_000;
/** 2025-01-01 00:00 UTC, a Wednesday. */
export const START: number = Date.UTC(2025, 0, 1);
/** Prices are whole numbers from 1 to below it, so that a reflection at it is exact. */
export const MIRROR = 100_000;

/** What happens in a stretch of a stream. */
interface Move {
  /** Whole steps of the price: of each close, and of the candle's wicks beyond its body. */
  readonly step: number;
  readonly up: number;
  readonly down: number;
  readonly volume: number;
  /** How many times it happens. */
  readonly times: number;
  /** Open of the next candle away from the last close. */
  readonly gap: number;
}

const move: fc.Arbitrary<Move> = fc.record({
  step: fc.oneof({ weight: 8, arbitrary: fc.integer({ min: -40, max: 40 }) }, { weight: 1, arbitrary: fc.constant(0) }),
  up: fc.nat(25),
  down: fc.nat(25),
  volume: fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 1, max: 1000 }) }, { weight: 1, arbitrary: fc.constant(0) }),
  times: fc.oneof({ weight: 5, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.integer({ min: 2, max: 15 }) }),
  gap: fc.oneof({ weight: 8, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: -60, max: 60 }) }),
});

/** Candle streams with trends, flat stretches, jumps and candles without volume; about half begin with 100 candles to warm up on. */
export const stream: fc.Arbitrary<readonly Bar[]> = fc
  .tuple(fc.constantFrom(3_000, 50_000, 97_000), fc.array(move, { minLength: 20, maxLength: 160 }))
  .map(([start, moves]) => barsOf(start, [...WARM_UP, ...moves]));

/** Zigzags of growing and shrinking size. */
const WARM_UP: readonly Move[] = Array.from({ length: 60 }, (_, k) => ({
  step: (k % 7 < 4 ? 1 : -1) * (5 + (k % 5) * 3),
  up: k % 4,
  down: k % 3,
  volume: 10 + (k % 6),
  times: 2,
  gap: 0,
}));

function barsOf(start: number, moves: readonly Move[]): Bar[] {
  const bars: Bar[] = [];
  let price = start;
  for (const { step, up, down, volume, times, gap } of moves) {
    for (let k = 0; k < times; k++) {
      const open = inside(price + (k === 0 ? gap : 0));
      price = inside(open + step);
      bars.push({ open, high: inside(Math.max(open, price) + up), low: inside(Math.min(open, price) - down), close: price, volume });
    }
  }
  return bars;
}

function inside(price: number): number {
  return Math.max(1, Math.min(MIRROR - 1, price));
}

/** The inverted market: every price p is K − p, so highs become lows. */
export function reflected(bars: readonly Bar[]): Bar[] {
  return bars.map(({ open, high, low, close, volume }) => ({
    open: MIRROR - open,
    high: MIRROR - low,
    low: MIRROR - high,
    close: MIRROR - close,
    volume,
  }));
}

/** 5-minute candles from midnight on. */
export function tapeOf(bars: readonly Bar[]): Tape {
  const tape = createTape(0 as InstrumentId, FIVE_MINUTES, bars.length);
  bars.forEach((bar, row) => {
    tape.closeTs[row] = START + (row + 1) * FIVE_MINUTES - 1;
    tape.open[row] = bar.open;
    tape.high[row] = bar.high;
    tape.low[row] = bar.low;
    tape.close[row] = bar.close;
    tape.volume[row] = bar.volume;
  });
  tape.length = bars.length;
  return tape;
}

/** The log of each source, computed in blocks of the given sizes and the rest at once. */
export function logsOf(tape: Tape, sizes: readonly number[] = [], texts: readonly string[] = SOURCES): EventLog[] {
  const graph = createFeatureGraph(tape, texts.map(parseFeature));
  let from = 0;
  for (const size of [...sizes, tape.length]) {
    const to = Math.min(tape.length, from + size);
    graph.advance(from, to);
    from = to;
  }
  return graph.logs.map((log) => log!);
}

/** The numbers of each event. */
export function eventsOf(log: EventLog): number[][] {
  return Array.from({ length: log.length }, (_, event) => Array.from(log.words.subarray(event * log.stride, (event + 1) * log.stride)));
}
