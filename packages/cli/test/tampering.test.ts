import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { RunResult } from '@orrery/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ended } from './program.ts';
import { createWorkshop, klines, strategyText, swings, type Workshop } from './workshop.ts';

const STRATEGY = strategyText('mine', 'desk.target(candle.close() > features.mean ? 1 : -1);');
let shop: Workshop;
let runId = '';
beforeAll(async () => {
  shop = createWorkshop('tampering');
  shop.write('BTCUSDT-5m-2025-01.csv', klines(swings(1500)));
  shop.write('mine.ts', STRATEGY);
  await shop.done('data', 'import', 'BTCUSDT-5m-2025-01.csv');
  const words = ['backtest', '--strategy', './mine.ts', '--symbols', 'BTCUSDT', '--interval', '5m', '--journal', 'full', '--json'];
  runId = (JSON.parse((await shop.run(...words)).stdout) as RunResult).runId;
});
afterAll(() => rmSync(shop.folder, { recursive: true }));

/** Verifies a copy of the run in which one file was changed. */
async function verify(name: string, file: string, change: (text: string) => string): Promise<Ended & { readonly at: string }> {
  const runs = path.join(shop.folder, `runs-${name}`);
  cpSync(shop.runs, runs, { recursive: true });
  const at = path.join(runs, runId, file);
  const text = readFileSync(at, 'utf8');
  const changed = change(text);
  expect(changed).not.toBe(text);
  writeFileSync(at, changed);
  return { ...(await shop.run('verify', runId, '--runs', runs)), at };
}
const lines = (change: (lines: string[]) => void) => (text: string) => {
  const all = text.split('\n');
  change(all);
  return all.join('\n');
};

describe.concurrent('verify', () => {
  it('finds the run as it was', async () => {
    const { code, stdout, stderr } = await shop.run('verify', runId);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`^${runId}: identical, \\d+ journal entries, digest [0-9a-f]{64}\n$`));
  });
  it.each<[string, string, (text: string) => string, RegExp]>([
    ['edited-line', 'journal.jsonl', lines((all) => (all[20] = all[20].replace('"ts":17', '"ts":18'))), /:21: the chain is broken/],
    ['missing-line', 'journal.jsonl', lines((all) => all.splice(30, 1)), /:31: the chain is broken/],
    ['missing-end', 'journal.jsonl', lines((all) => all.splice(-2, 1)), /: it ends elsewhere than the manifest says/],
    ['torn-end', 'journal.jsonl', (text) => text.slice(0, -20), /: its last line is cut off/],
    ['fills', 'manifest.json', (text) => text.replace('"pessimistic"', '"optimistic"'), /: was changed since the run was written/],
    ['fee', 'manifest.json', (text) => text.replace('"takerFeeBps":5', '"takerFeeBps":4'), /: was changed since the run was written/],
    ['no-json', 'manifest.json', (text) => text.slice(0, 100), /; run the backtest again/],
    ['profit', 'result.json', (text) => text.replace('"endEquity":"', '"endEquity":"9'), /: was changed since the run was written/],
    ['curve', 'series.json', (text) => text.replace('"equity":[1', '"equity":[2'), /: was changed since the run was written/],
  ])('refuses in one line and with exit code 2: %s', async (name, file, change, message) => {
    const { code, stdout, stderr, at } = await verify(name, file, change);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.startsWith(`orrery: ${at}`)).toBe(true);
    expect(stderr.slice(`orrery: ${at}`.length)).toMatch(message);
    expect(stderr.match(/\n/g)).toHaveLength(1);
  });
  it('refuses other data', async () => {
    shop.write('other/BTCUSDT-5m-2025-01.csv', klines(swings(1500).map((close, row) => (row === 700 ? close + 1 : close))));
    const other = path.join(shop.folder, 'other-store');
    expect((await shop.run('data', 'import', 'other/BTCUSDT-5m-2025-01.csv', '--data', other)).code).toBe(0);
    expect(await shop.run('verify', runId, '--data', other)).toEqual({
      code: 2,
      stdout: '',
      stderr: `orrery: data of BTCUSDT is not what run ${runId} read; restore it, or run the backtest again\n`,
    });
  });
  it('refuses another strategy under the same name', async () => {
    const moved = createWorkshop('tampering');
    moved.write('BTCUSDT-5m-2025-01.csv', klines(swings(1500)));
    const file = moved.write('mine.ts', STRATEGY);
    await moved.run('data', 'import', 'BTCUSDT-5m-2025-01.csv');
    expect((await moved.run('backtest', '--strategy', file, '--symbols', 'BTCUSDT', '--interval', '5m')).code).toBe(0);
    moved.write('mine.ts', STRATEGY.replace('? 1 : -1', '? -1 : 1'));
    expect(await moved.run('verify', 'mine')).toEqual({
      code: 2,
      stdout: '',
      stderr: `orrery: ${file}: the strategy's source has changed since run ${runId}; run the backtest again\n`,
    });
    rmSync(moved.folder, { recursive: true });
  });
});
