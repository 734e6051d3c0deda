import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { defineStrategy } from '@orrery/core';
import { afterAll, describe, expect, it } from 'vitest';
import { readManifest, runBacktest, RunWriter } from '../../src/index.ts';
import { marketOf, requestOf, type Row } from './made-market.ts';

const runs = mkdtempSync(path.join(tmpdir(), 'orrery run store '));
afterAll(() => rmSync(runs, { recursive: true }));

const flat = (price: number): Row => [price, price, price, price];
const market = marketOf({ AUSDT: [flat(100), flat(101), flat(102)] });
const strategy = defineStrategy({ id: 'still', features: () => ({}), decide: () => undefined });

/** Makes the run several times over, and puts all of them in their place at once. */
async function keep(times: number): Promise<readonly string[]> {
  const made = [];
  for (let k = 0; k < times; k++) {
    const writer = new RunWriter(runs, 'full');
    made.push({ writer, backtest: await runBacktest(requestOf(strategy, market), market, { recorders: writer.recorders }) });
  }
  return await Promise.all(made.map(({ writer, backtest }) => writer.commit(backtest, null, 'data')));
}

describe('a run that is made several times at once', () => {
  it('is kept once, whole, with the report that was drawn of it, and leaves nothing else behind', async () => {
    const [folder = ''] = await keep(1);
    writeFileSync(path.join(folder, 'report.html'), 'drawn');
    const folders = await keep(6);
    expect(new Set(folders)).toEqual(new Set([folder]));
    expect(readdirSync(runs)).toEqual([path.basename(folder)]);
    expect(readFileSync(path.join(folder, 'report.html'), 'utf8')).toBe('drawn');
    expect(readManifest(folder).runId).toBe(path.basename(folder));
  });
  it('is kept though its folder came while it was written', async () => {
    rmSync(runs, { recursive: true });
    const [folder = ''] = await keep(3);
    expect(readdirSync(runs)).toEqual([path.basename(folder)]);
  });
});
