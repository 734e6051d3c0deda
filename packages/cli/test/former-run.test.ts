import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { sealed, type RunManifest } from '@orrery/backtest';
import type { RunResult, RunSeries } from '@orrery/core';
import { sha256 } from '@orrery/data/run';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BACKTEST, createWorkshop, klines, swings, type Workshop } from './workshop.ts';

let shop: Workshop;
let former = '';
let newer = '';

type Mutable<T> = { -readonly [K in keyof T]?: T[K] };
function read(folder: string, name: string): unknown {
  return JSON.parse(readFileSync(path.join(folder, name), 'utf8'));
}

/** Takes out of a run's files what version 0.1 did not write. Returns the hash of each. */
function asFormer(folder: string): { 'result.json': string; 'series.json': string } {
  const result = read(folder, 'result.json') as RunResult;
  const { config, account, trades, venue: _, ...rest } = result;
  const { venue: __, ...plain } = config;
  const { liquidationFees: ___, absorbed: ____, ...sums } = account;
  const rows = trades.map(({ maxAdverse: _____, maxFavourable: ______, ...row }) => row);
  const series = read(folder, 'series.json') as RunSeries;
  const { marginRatio: _a, liquidationDistance: _b, ...curve } = series.curve;
  const { symbols: _c, ...drawn } = series;
  const texts = {
    'result.json': JSON.stringify({ ...rest, config: plain, account: sums, trades: rows, versions: { orrery: '0.1.0' } }),
    'series.json': JSON.stringify({ ...drawn, curve }),
  };
  for (const [name, text] of Object.entries(texts)) writeFileSync(path.join(folder, name), text);
  return { 'result.json': sha256(texts['result.json']), 'series.json': sha256(texts['series.json']) };
}

/** Makes a stored run one of version 0.1, with this digest. */
function age(folder: string, digest: string): void {
  const files = asFormer(folder);
  const { seal: _, config, ...manifest } = read(folder, 'manifest.json') as RunManifest;
  const plain: Mutable<RunManifest['config']> = { ...config };
  delete plain.venue;
  const aged = { ...manifest, digest, config: plain as RunManifest['config'], versions: { orrery: '0.1.0' }, files };
  writeFileSync(path.join(folder, 'manifest.json'), JSON.stringify(sealed(aged)));
}

beforeAll(async () => {
  shop = createWorkshop('former run');
  shop.write('BTCUSDT-5m-2025-01.csv', klines(swings(600)));
  await shop.done('data', 'import', 'BTCUSDT-5m-2025-01.csv');
  const run = async (...words: readonly string[]): Promise<string> => {
    const { stdout } = await shop.run(...BACKTEST, '--fine', 'none', ...words, '--json');
    return (JSON.parse(stdout) as RunResult).runId;
  };
  former = await run();
  newer = await run('--param', 'fast=5');
  age(path.join(shop.runs, former), 'f'.repeat(64));
});
afterAll(() => rmSync(shop.folder, { recursive: true }));

describe('a run that version 0.1 stored', () => {
  it('is listed, shown and compared', async () => {
    expect((await shop.run('runs', 'list')).stdout).toContain(former);
    const shown = await shop.run('runs', 'show', former);
    expect([shown.code, shown.stderr]).toEqual([0, '']);
    expect(shown.stdout).toMatch(/margin\s+cross, one-way, 20x/);
    const compared = await shop.run('runs', 'compare', former, newer);
    expect([compared.code, compared.stderr]).toEqual([0, '']);
  });
  it('is drawn', async () => {
    expect(await shop.run('report', former)).toMatchObject({ code: 0, stderr: '' });
  });
  it('is verified with a word about its venue, when its digest is another', async () => {
    age(path.join(shop.runs, former), 'f'.repeat(64));
    const { code, stdout, stderr } = await shop.run('verify', former);
    expect(stderr).toBe('');
    expect(code).toBe(1);
    expect(stdout).toContain(`${former}: DIFFERENT\n`);
    expect(stdout).toContain('made by orrery 0.1.0, whose simulated venue knew no margin and no liquidation');
    const document = JSON.parse((await shop.run('verify', former, '--json')).stdout) as Record<string, unknown>;
    expect(document).toMatchObject({ identical: false, formerVenue: '0.1.0' });
  });
  it('is identical without such a word, where margin made no difference', async () => {
    const { fresh } = JSON.parse((await shop.run('verify', former, '--json')).stdout) as { fresh: string };
    age(path.join(shop.runs, former), fresh);
    const { code, stdout } = await shop.run('verify', former);
    expect([code, stdout.trim()]).toEqual([0, expect.stringMatching(/: identical, \d+ journal entries/)]);
  });
});
