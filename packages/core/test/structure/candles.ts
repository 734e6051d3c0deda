import fc from 'fast-check';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { createFeatureGraph, createTape, parseFeature, type EventLog, type InstrumentId, type Tape } from '../../src/index.ts';
import { append, type Bar } from '../feature/market.ts';

/** Prices lie between 0 and this; it reflects them exactly, as all are whole. */
export const MIRROR = 100_000;

/** Whole-price candles that turn often: swings, equal extremes, gaps, wicks, dojis, flat stretches and candles without volume. */
export const wholeBars: fc.Arbitrary<Bar[]> = fc
  .array(
    fc.record({
      step: fc.oneof(
        { weight: 5, arbitrary: fc.integer({ min: -12, max: 12 }) },
        { weight: 1, arbitrary: fc.integer({ min: -80, max: 80 }) },
      ),
      gap: fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: -10, max: 10 }) }),
      up: fc.nat(6),
      down: fc.nat(6),
      volume: fc.oneof({ weight: 5, arbitrary: fc.nat(100) }, { weight: 1, arbitrary: fc.constant(0) }),
    }),
    { minLength: 1, maxLength: 160 },
  )
  .map((moves) => {
    let price = MIRROR / 2;
    return moves.map(({ step, gap, up, down, volume }): Bar => {
      const open = price + gap;
      price = open + step;
      return { open, high: Math.max(open, price) + up, low: Math.min(open, price) - down, close: price, volume };
    });
  });

/** Any finite candles whatever, ordered within themselves: jumps over many magnitudes, negative prices, nothing traded. */
export const oddBars: fc.Arbitrary<Bar[]> = fc.array(
  fc
    .tuple(fc.array(anyPrice(), { minLength: 4, maxLength: 4 }), fc.double({ min: 0, max: 1e300, noNaN: true }))
    .map(([prices, volume]): Bar => {
      const [low, open, close, high] = prices.toSorted((a, b) => a - b) as [number, number, number, number];
      return { open, high, low, close, volume };
    }),
  { minLength: 1, maxLength: 120 },
);

function anyPrice(): fc.Arbitrary<number> {
  return fc.oneof(
    fc.integer({ min: 90, max: 110 }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(0, -0, 1e-320, 1e308, -1e308),
  );
}

export function reflected({ open, high, low, close, volume }: Bar): Bar {
  return { open: MIRROR - open, high: MIRROR - low, low: MIRROR - high, close: MIRROR - close, volume };
}

/** The log of one kind over a whole tape, computed in ranges of the given sizes, then at once. */
export function logOf(tape: Tape, text: string, sizes: readonly number[] = []): EventLog {
  const graph = createFeatureGraph(tape, [parseFeature(text)]);
  let from = 0;
  for (const size of sizes) {
    const to = Math.min(tape.length, from + size);
    graph.advance(from, to);
    from = to;
  }
  graph.advance(from, tape.length);
  const [log] = graph.logs;
  if (log === null || log === undefined) throw new Error(`${text} has no log`);
  return log;
}

/** Each event as its numbers. */
export function eventsOf(log: EventLog): number[][] {
  return Array.from({ length: log.length }, (_, event) => Array.from(log.words.subarray(event * log.stride, (event + 1) * log.stride)));
}

const DATA = process.env['ORRERY_REAL_DATA'] ?? resolve(import.meta.dirname, '../../../../../shared/data');
const FILE = resolve(DATA, '01-vision-um-5m-2025/BTCUSDT-5m-2025-06.csv.gz');
/** Named where it is missing, for the title of a test; null where it is there. */
export const missingFile: string | null = existsSync(FILE) ? null : FILE;

/** BTCUSDT, 5m, the first days of June 2025. */
export function realTape(days: number): Tape {
  const tape = createTape(0 as InstrumentId, 300_000, days * 288);
  for (const line of gunzipSync(readFileSync(FILE)).toString('utf8').split('\n').slice(1)) {
    const [openTime, open, high, low, close, volume] = line.split(',').map(Number) as [number, number, number, number, number, number];
    if (tape.length === days * 288) break;
    append(tape, { open, high, low, close, volume }, openTime);
  }
  return tape;
}
