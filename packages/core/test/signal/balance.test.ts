import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createTape, SIGNAL_DIRECTION, type EventLog, type InstrumentId, type Tape } from '../../src/index.ts';
import { createRandom } from '../../src/test-kit/random.ts';
import type { Bar } from '../feature/market.ts';
import { eventsOf, logsOf, reflected, SOURCES, tapeOf } from './streams.ts';

const ICT = 'ict(structure(3,3,500)@15m,structure(3,3,500)@1h)';
const TEXTS = [ICT, 'trend_signal()', 'reversion_signal()'];
const ROOT = process.env['ORRERY_REAL_DATA'] ?? resolve(import.meta.dirname, '../../../../../shared/data');
const YEAR = join(ROOT, '01-vision-um-5m-2025');

function countsOf(log: EventLog): { long: number; short: number } {
  const longs = eventsOf(log).filter((words) => words[SIGNAL_DIRECTION]! > 0).length;
  return { long: longs, short: log.length - longs };
}

/** Steps of −30 to 30 with equal chances, wicks of up to 15. */
function randomWalk(rows: number): Bar[] {
  const random = createRandom(20_250_101);
  let price = 50_000;
  return Array.from({ length: rows }, () => {
    const open = price;
    price += random.int(-30, 30);
    return {
      open,
      high: Math.max(open, price) + random.int(0, 15),
      low: Math.min(open, price) - random.int(0, 15),
      close: price,
      volume: random.int(1, 100),
    };
  });
}

function yearOf(symbol: string): Tape {
  const rows = Array.from({ length: 12 }, (_, month) => {
    const file = join(YEAR, `${symbol}-5m-2025-${String(month + 1).padStart(2, '0')}.csv.gz`);
    return gunzipSync(readFileSync(file)).toString('utf8').trim().split('\n').slice(1);
  })
    .flat()
    .map((line) => line.split(',').map(Number));
  const tape = createTape(0 as InstrumentId, 300_000, rows.length);
  rows.forEach(([openTime, open, high, low, close, volume], row) => {
    tape.closeTs[row] = openTime! + 299_999;
    tape.open[row] = open!;
    tape.high[row] = high!;
    tape.low[row] = low!;
    tape.close[row] = close!;
    tape.volume[row] = volume!;
  });
  tape.length = rows.length;
  return tape;
}

describe('balance of longs and shorts', () => {
  it('a random walk with its own reflection behind it, parted by an hour of holes, has as many longs as shorts', () => {
    const hole: Bar = { open: NaN, high: NaN, low: NaN, close: NaN, volume: NaN };
    // A week, so that both halves begin at the same time of the same weekday.
    const walk = randomWalk(7 * 288 - 12);
    const both = tapeOf([...walk, ...Array.from({ length: 12 }, () => hole), ...reflected(walk)]);
    for (const log of logsOf(both, [], [...TEXTS, ...SOURCES])) {
      const { long, short } = countsOf(log);
      expect(long).toBe(short);
      expect(long).toBeGreaterThan(20);
    }
  });

  it('a long random walk has between 45 % and 55 % longs', () => {
    const [log] = logsOf(tapeOf(randomWalk(60_000)), [], [ICT]);
    const { long, short } = countsOf(log!);
    expect(long + short).toBeGreaterThan(1000);
    expect(Math.abs(long / (long + short) - 0.5)).toBeLessThan(0.05);
  });
});

describe.runIf(existsSync(YEAR))(`a real year (left out without ${YEAR})`, () => {
  it('BTCUSDT in 5-minute candles has both directions, each at least 30 % of all, from every source', () => {
    const tape = yearOf('BTCUSDT');
    const counts = logsOf(tape, [], TEXTS).map(countsOf);
    for (const { long, short } of counts) {
      expect(long + short).toBeGreaterThan(500);
      expect(Math.min(long, short) / (long + short)).toBeGreaterThanOrEqual(0.3);
    }
  });
});
