import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { resampleCandles } from '../../src/data/resample-candles.ts';
import type { ReportCandles } from '../../src/index.ts';

const ROOT = process.env['ORRERY_REAL_DATA'] ?? resolve(import.meta.dirname, '../../../../../shared/data');
const FIVE_MINUTES = join(ROOT, '01-vision-um-5m-2025/BTCUSDT-5m-2025-01.csv.gz');
const DAILY = join(ROOT, '10-um-1d-since-listing/BTCUSDT-1d_2020-05-31_2026-05-28.csv.gz');

function read(file: string, interval: string): ReportCandles {
  const rows = gunzipSync(readFileSync(file))
    .toString('utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',').map(Number));
  const column = (k: number): number[] => rows.map((row) => row[k]);
  return {
    symbol: 'BTCUSDT',
    interval,
    time: column(0),
    open: column(1),
    high: column(2),
    low: column(3),
    close: column(4),
    volume: column(5),
  };
}

describe.runIf(existsSync(FIVE_MINUTES) && existsSync(DAILY))(
  `merging recorded candles (left out without ${FIVE_MINUTES} and ${DAILY})`,
  () => {
    it('makes of 5 m candles the daily candles that Binance itself recorded', () => {
      const { candles, shownInterval } = resampleCandles(read(FIVE_MINUTES, '5m'), 31);
      const daily = read(DAILY, '1d');
      const from = daily.time.indexOf(Date.UTC(2025, 0, 1));
      const month = (column: readonly number[]): readonly number[] => column.slice(from, from + 31);
      expect(shownInterval).toBe('1d');
      expect(candles.time).toEqual(month(daily.time));
      for (const name of ['open', 'high', 'low', 'close'] as const) expect(candles[name], name).toEqual(month(daily[name]));
    });
  },
);
