import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach } from 'vitest';

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A folder that is deleted after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'orrery-data-'));
  made.push(folder);
  return folder;
}

export const HEADER = 'open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore';
export const FIVE_MINUTES = 300_000;
/** 2025-01-01T00:00:00Z */
export const NEW_YEAR = 1_735_689_600_000;

/** A 5m candle line; fields that matter to a test are given. */
export function candle(time: number, fields: { o?: string; h?: string; l?: string; c?: string; v?: string; rest?: string } = {}): string {
  const { o = '100.1', h = '101', l = '99.5', c = '100.5', v = '12.5', rest = '1255.5,40,6.25,627.75' } = fields;
  return `${time},${o},${h},${l},${c},${v},${time + FIVE_MINUTES - 1},${rest},0`;
}

/** A file with candles from a start, one every five minutes. */
export function candles(start: number, count: number): string[] {
  return Array.from({ length: count }, (_, k) => candle(start + k * FIVE_MINUTES, { v: String(k + 1) }));
}

export function write(folder: string, name: string, lines: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

/** Every file under a folder with its content, to compare a store before and after. */
export function snapshot(folder: string): Record<string, string> {
  const files: Record<string, string> = {};
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files[relative(folder, path)] = readFileSync(path).toString('base64');
  }
  return files;
}
