import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { importFiles, loadMarket } from '@orrery/data';
import { createMarket } from './market.ts';
import { measure, type Measured } from './measure.ts';

const SYMBOL = 'BTCUSDT';
const ROWS_PER_FILE = 40_000;

/** Imports gzipped CSV in the venue's layout into an empty store, each time anew. */
export async function importCase(rows: number, repetitions: number): Promise<Measured<unknown>> {
  return inFolder(async (folder) => {
    const files = writeFiles(folder, rows);
    let round = 0;
    return measure(repetitions, async () => {
      const { rows: read, datasets } = await importFiles({
        files,
        root: path.join(folder, `store${round++}`),
        symbol: SYMBOL,
        interval: '1m',
      });
      return { read, stored: datasets.map((dataset) => dataset.rows) };
    });
  });
}

/** Loads a stored market, every file compared with its hash. */
export async function loadCase(rows: number, repetitions: number): Promise<Measured<unknown>> {
  return inFolder(async (folder) => {
    const root = path.join(folder, 'store');
    await importFiles({ files: writeFiles(folder, rows), root, symbol: SYMBOL, interval: '1m' });
    return measure(repetitions, async () => {
      const { tapes, digest } = await loadMarket({ root, symbols: [SYMBOL], interval: '1m' });
      return { rows: tapes.map((tape) => tape.length), digest };
    });
  });
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), 'orrery-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function writeFiles(folder: string, rows: number): string[] {
  const [tape] = createMarket(1, rows).tapes;
  const files: string[] = [];
  for (let from = 0; from < rows; from += ROWS_PER_FILE) {
    const lines: string[] = [];
    for (let row = from; row < Math.min(rows, from + ROWS_PER_FILE); row++) {
      const prices = [tape.open, tape.high, tape.low, tape.close].map((column) => column[row].toFixed(1)).join(',');
      const time = tape.closeTs[row];
      lines.push(`${time - 59_999},${prices},${tape.volume[row].toFixed(3)},${time},1000000.0,100,0.5,500000.0,0\n`);
    }
    const file = path.join(folder, `part-${files.length}.csv.gz`);
    writeFileSync(file, gzipSync(lines.join('')));
    files.push(file);
  }
  return files;
}
