import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { DEFAULT_VENUE, type RunResult } from '@orrery/core';
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
        'ambiguousCandles bounds venue signals warnings versions'
      ).split(' '),
    );
    expect(Object.keys(document.dataset)).toEqual(['digest', 'synthetic', 'symbols']);
    expect(Object.keys(document.dataset.symbols[0])).toEqual('symbol interval rows first last gaps fundingRows source digest'.split(' '));
    expect(Object.keys(document.config)).toEqual(
      (
        'strategy strategyHash params features models symbols interval from to seed equity makerFeeBps takerFeeBps slippageBps ' +
        'fills maxLeverage venue'
      ).split(' '),
    );
    expect(Object.keys(document.config.venue)).toEqual(
      'marginMode hedgeMode leverage spreadBps impactBps maxVolumeShare limitFill latencyMs fine universe feeTier bnbDiscount'.split(' '),
    );
    expect(Object.keys(document.venue)).toEqual('brackets filters withoutBrackets markRows rows fineCandles coarseCandles'.split(' '));
    expect(Object.keys(document.account)).toEqual(
      'startEquity endEquity fees funding slippage realizedPnl unrealizedPnl liquidations liquidationFees absorbed'.split(' '),
    );
    expect(Object.keys(document.trades[0])).toEqual(
      'id symbol side quantity entryTime entryPrice exitTime exitPrice fees funding pnl exitReason maxAdverse maxFavourable'.split(' '),
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

describe('the venue of a backtest', () => {
  it('is the regular user of Binance with a cross account when nothing is said', async () => {
    const { config } = await result();
    expect(config).toMatchObject({
      makerFeeBps: 2,
      takerFeeBps: 5,
      fills: 'pessimistic',
      venue: { ...DEFAULT_VENUE, fine: 'auto', feeTier: 'vip0' },
    });
  });
  it('is what the flags say, in the result as in the manifest, and is verified as such', async () => {
    const words =
      '--margin isolated --hedge false --leverage 10 --half-spread-bps 0.5 --impact-bps 20 --max-volume-share 0.1 --limit-fill touch ' +
      '--latency-ms 40..120 --fine none --fee-tier vip3 --bnb-discount --seed 5';
    const { config, runId, digest, assumptions } = await result(...words.split(' '));
    // vip3 is 1.2 and 3.2 bps, a tenth less in BNB.
    expect(config).toMatchObject({
      makerFeeBps: 1.08,
      takerFeeBps: 2.88,
      venue: {
        marginMode: 'isolated',
        hedgeMode: false,
        leverage: 10,
        spreadBps: 0.5,
        impactBps: 20,
        maxVolumeShare: 0.1,
        limitFill: 'touch',
        latencyMs: [40, 120],
        fine: null,
        universe: null,
        feeTier: 'vip3',
        bnbDiscount: true,
      },
    });
    expect(assumptions.margin).toMatch(/^isolated margin in one-way mode at 10x/);
    const verified = await shop.run('verify', runId, '--json');
    expect(JSON.parse(verified.stdout)).toMatchObject({ identical: true, digest, fresh: digest, formerVenue: null });
  });
  it.each<[string, number, number, string | null]>([
    ['--fee-tier vip9', 0, 1.7, 'vip9'],
    ['--fee-tier vip9 --maker-fee-bps 1', 1, 1.7, 'vip9'],
    ['--maker-fee-bps 1 --taker-fee-bps 3', 1, 3, null],
    // A rebate is not a fee that BNB could pay.
    ['--maker-fee-bps -1 --taker-fee-bps 3 --bnb-discount', -1, 2.7, null],
  ])('takes its fees from %s', async (words, maker, taker, feeTier) => {
    const { config } = await result(...words.split(' '));
    expect([config.makerFeeBps, config.takerFeeBps, config.venue.feeTier]).toEqual([maker, taker, feeTier]);
  });
  it('draws latency with the seed alone', async () => {
    const words = ['--latency-ms', '1000..50000'];
    const [one, again, other] = [await result(...words), await result(...words), await result(...words, '--seed', '2')];
    expect(again.digest).toBe(one.digest);
    expect(other.digest).not.toBe(one.digest);
  });
  it('can be set up in a file', async () => {
    const file = shop.write('venue.yaml', 'margin: isolated\nhedge: false\nlatency-ms: 50\nmax-volume-share: 0.5\nfills: bounds\n');
    const { config, bounds, account } = await result('--config', file);
    expect(config).toMatchObject({ fills: 'pessimistic', venue: { marginMode: 'isolated', latencyMs: [50, 50], maxVolumeShare: 0.5 } });
    expect(bounds?.pessimistic).toBe(account.endEquity);
  });
  it('shows the bounds beneath the summary', async () => {
    const { stdout } = await shop.run(...BACKTEST, '--fills', 'bounds');
    expect(stdout).toMatch(/\nbounds {3}\d+\.\d{8} USDT under each reading of the candles\n/);
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
