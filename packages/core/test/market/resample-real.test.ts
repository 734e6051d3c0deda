import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createTape, INTERVAL_MS, resampleTape, type InstrumentId, type Tape } from '../../src/index.ts';
import { append } from '../feature/market.ts';

const DATA = process.env['ORRERY_REAL_DATA'] ?? resolve(import.meta.dirname, '../../../../../shared/data');
const FIVE_MINUTES = resolve(DATA, '01-vision-um-5m-2025/BTCUSDT-5m-2025-06.csv.gz');
const HOURS = resolve(DATA, '04-um-1h-since-launch/BTCUSDT-1h_2019-09-08_2026-05-17.csv.gz');

/** Candles of a Binance kline file that opened in June 2025. */
function june(file: string, intervalMs: number): Tape {
  const tape = createTape(0 as InstrumentId, intervalMs, 10_000);
  for (const line of gunzipSync(readFileSync(file)).toString('utf8').split('\n').slice(1)) {
    const [openTime, open, high, low, close, volume] = line.split(',').map(Number);
    if (openTime >= Date.UTC(2025, 5, 1) && openTime < Date.UTC(2025, 6, 1)) append(tape, { open, high, low, close, volume }, openTime);
  }
  return tape;
}

const missing = [FIVE_MINUTES, HOURS].filter((file) => !existsSync(file));

describe.runIf(missing.length === 0)(
  `resampling real candles (${missing.length === 0 ? 'all files found' : `missing: ${missing.join(', ')}`})`,
  () => {
    it('makes the hours that Binance serves out of its five minutes: BTCUSDT, June 2025', () => {
      const made = resampleTape(june(FIVE_MINUTES, INTERVAL_MS['5m']), '1h');
      const served = june(HOURS, INTERVAL_MS['1h']);
      expect(made.length).toBe(720);
      for (const name of ['closeTs', 'open', 'high', 'low', 'close'] as const) {
        expect(Array.from(made[name].subarray(0, made.length)), name).toEqual(Array.from(served[name].subarray(0, served.length)));
      }
      // Volumes have three decimals; a sum of twelve of them is rounded in its last digits.
      for (let k = 0; k < made.length; k++) expect(made.volume[k]).toBeCloseTo(served.volume[k], 6);
    });
  },
);
