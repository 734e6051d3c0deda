import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { RunResult } from '@orrery/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BACKTEST, createWorkshop, klines, swings, type Workshop } from './workshop.ts';

let shop: Workshop;
beforeAll(async () => {
  shop = createWorkshop('backtest');
  shop.write('BTCUSDT-5m-2025-01.csv', klines(swings(3000)));
  shop.write('ETHUSDT-5m-2025-01.csv', klines(swings(2500)));
  await shop.done('data', 'import', 'BTCUSDT-5m-2025-01.csv', 'ETHUSDT-5m-2025-01.csv');
});
afterAll(() => rmSync(shop.folder, { recursive: true }));

async function result(...words: readonly string[]): Promise<RunResult> {
  const { code, stdout, stderr } = await shop.run(...BACKTEST, ...words, '--json');
  expect(stderr).not.toContain('orrery:');
  expect(code).toBe(0);
  return JSON.parse(stdout) as RunResult;
}

describe('backtest --json', () => {
  it('prints one document with exactly the fields of orrery.result/1, which is also the result.json of the run', async () => {
    const document = await result();
    expect(Object.keys(document)).toEqual(
      (
        'schema runId digest dataset config assumptions candles seconds candlesPerSecond account metrics trades orders ' +
        'ambiguousCandles bounds warnings versions'
      ).split(' '),
    );
    expect(Object.keys(document.dataset)).toEqual(['digest', 'synthetic', 'symbols']);
    expect(Object.keys(document.dataset.symbols[0])).toEqual('symbol interval rows first last gaps fundingRows source digest'.split(' '));
    expect(Object.keys(document.config)).toEqual(
      (
        'strategy strategyHash params features models symbols interval from to seed equity makerFeeBps takerFeeBps slippageBps ' +
        'fills maxLeverage'
      ).split(' '),
    );
    expect(Object.keys(document.account)).toEqual(
      'startEquity endEquity fees funding slippage realizedPnl unrealizedPnl liquidations'.split(' '),
    );
    expect(Object.keys(document.trades[0])).toEqual(
      'id symbol side quantity entryTime entryPrice exitTime exitPrice fees funding pnl exitReason'.split(' '),
    );
    expect(Object.keys(document.orders)).toEqual(['submitted', 'filled', 'canceled', 'rejected', 'expired', 'denied']);
    expect(document).toMatchObject({ schema: 'orrery.result/1', candles: 3000 });
    expect(JSON.parse(readFileSync(path.join(shop.runs, document.runId, 'result.json'), 'utf8'))).toEqual(document);
  });
  it('gives the same digest whatever the seed, the block size and the kind of journal', async () => {
    const { digest } = await result();
    for (const words of [
      ['--seed', '7'],
      ['--block-rows', '1'],
      ['--block-rows', '7', '--journal', 'full'],
      ['--block-rows', '100000'],
    ])
      expect((await result(...words)).digest).toBe(digest);
  });
  it('takes every stored symbol into one account with @all', async () => {
    const { stdout } = await shop.run('backtest', '--strategy', 'ema-cross', '--symbols', '@all', '--interval', '5m', '--json');
    const { config, candles } = JSON.parse(stdout) as RunResult;
    expect({ symbols: config.symbols, candles }).toEqual({ symbols: ['BTCUSDT', 'ETHUSDT'], candles: 5500 });
  });
  it('keeps a report that was drawn of the same run, and verifies it', async () => {
    const { runId, digest } = await result();
    const drawn = await shop.run('report', runId);
    const page = path.join(shop.runs, runId, 'report.html');
    expect(drawn).toEqual({ code: 0, stdout: `${page}\n`, stderr: '' });
    expect((await result()).runId).toBe(runId);
    expect(existsSync(page)).toBe(true);
    const verified = await shop.run('verify', runId, '--json');
    expect(verified.code).toBe(0);
    expect(JSON.parse(verified.stdout)).toMatchObject({ identical: true, digest, fresh: digest, divergence: null });
  });
  it('refuses a folder of its name that is not this run, and leaves it alone', async () => {
    const words = ['--param', 'fast=5'];
    const { runId } = await result(...words);
    const folder = path.join(shop.runs, runId);
    rmSync(folder, { recursive: true });
    shop.write(`runs/${runId}/notes.txt`, 'mine');
    const { code, stdout, stderr } = await shop.run(...BACKTEST, ...words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toBe(`orrery: ${folder}: is there and is not this run; move it away, or name another folder with --runs\n`);
    expect(readFileSync(path.join(folder, 'notes.txt'), 'utf8')).toBe('mine');
    rmSync(folder, { recursive: true });
  });
});

describe('demo', () => {
  it('runs, replays, draws and says aloud that its candles are synthetic', async () => {
    const { code, stdout } = await shop.run('demo', '--json');
    expect(code).toBe(0);
    const demo = JSON.parse(stdout) as { identical: boolean; report: string; result: RunResult };
    expect(demo).toMatchObject({ schema: 'orrery.demo/1', identical: true, result: { dataset: { synthetic: true } } });
    expect(demo.result.ambiguousCandles).toBeGreaterThan(0);
    const { pessimistic, optimistic } = demo.result.bounds!;
    expect(Number(optimistic)).toBeGreaterThan(Number(pessimistic));
    expect(new Set(demo.result.trades.map(({ exitReason }) => exitReason))).toEqual(new Set(['stop', 'take_profit']));
    expect(readFileSync(demo.report, 'utf8').toLowerCase()).toContain('synthetic');
  });
});
