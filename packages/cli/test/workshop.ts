import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { orrery, type Ended } from './program.ts';

export const HEAD = 'open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore\n';
/** 2025-01-01 00:00 UTC. */
export const START = 1_735_689_600_000;
export const FIVE_MINUTES = 300_000;

/** A line of a kline file: the open is the close before, the extremes lie one beyond open and close. */
export function line(row: number, before: number, close: number, step: number = FIVE_MINUTES): string {
  const time = START + row * step;
  const [high, low] = [Math.max(before, close) + 1, Math.min(before, close) - 1];
  return `${time},${before},${high},${low},${close},5,${time + step - 1},500,3,2,200,0\n`;
}

/** A kline file of these closes. */
export function klines(closes: readonly number[], step: number = FIVE_MINUTES): string {
  return HEAD + closes.map((close, row) => line(row, closes[row - 1] ?? close, close, step)).join('');
}

/** Closes that swing, the same each time: a triangle wave whose length varies. */
export function swings(count: number): readonly number[] {
  let [price, direction, left] = [30_000, 1, 9];
  return Array.from({ length: count }, (_, row) => {
    if (left-- === 0) [direction, left] = [-direction, 5 + ((row * 7) % 31)];
    price += direction * (3 + (row % 5));
    return price;
  });
}

/** A folder with a store and runs, and the program at work in it. */
export interface Workshop {
  readonly folder: string;
  readonly store: string;
  readonly runs: string;
  readonly write: (name: string, text: string | Uint8Array) => string;
  readonly run: (...words: readonly string[]) => Promise<Ended>;
  /** Runs what has to succeed for a test to begin. */
  readonly done: (...words: readonly string[]) => Promise<void>;
}

export function createWorkshop(name: string): Workshop {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), `orrery ${name} `)));
  const env = { ORRERY_DATA: path.join(folder, 'store'), ORRERY_RUNS: path.join(folder, 'runs') };
  return {
    folder,
    store: env.ORRERY_DATA,
    runs: env.ORRERY_RUNS,
    write(file, text) {
      const at = path.join(folder, file);
      mkdirSync(path.dirname(at), { recursive: true });
      writeFileSync(at, text);
      return at;
    },
    run: (...words) => orrery(words, { cwd: folder, env }),
    async done(...words) {
      const { code, stderr } = await orrery(words, { cwd: folder, env });
      if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}: ${stderr}`);
    },
  };
}

/** Hash over the names and contents of everything in a folder. */
export function fingerprint(folder: string): string {
  const hash = createHash('sha256');
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }).toSorted((a, b) => (where(a) < where(b) ? -1 : 1))) {
    hash.update(`${where(entry)}\n`);
    if (entry.isFile()) hash.update(readFileSync(where(entry)));
  }
  return hash.digest('hex');
}
function where(entry: { readonly parentPath: string; readonly name: string }): string {
  return path.join(entry.parentPath, entry.name);
}

/** The words of a backtest that works, for a test to change. */
export const BACKTEST: readonly string[] = ['backtest', '--strategy', 'ema-cross', '--symbols', 'BTCUSDT', '--interval', '5m'];

/** A strategy file whose `decide` does this in line 6. */
export function strategyText(id: string, statement: string): string {
  return `import { defineStrategy, ema } from '@orrery/core';
export default defineStrategy({
  id: '${id}',
  features: () => ({ mean: ema('close', 3) }),
  decide({ features, desk, candle }) {
    ${statement}
  },
});
`;
}
