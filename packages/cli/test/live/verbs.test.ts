import { spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadMarket } from '@orrery/data';
import { startEmulator, type Emulator } from '@orrery/emulator';
import type { Promotion } from '@orrery/live';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PACKAGE, type Ended } from '../program.ts';
import { BACKTEST, createWorkshop, klines, strategyText, swings, type Workshop } from '../workshop.ts';

const KEYS = { apiKey: 'k'.repeat(64), secret: 's'.repeat(64) };
const FRAMES = 60;

let shop: Workshop;
let paper: Promoted;
let untested: Promoted;
beforeAll(async () => {
  shop = createWorkshop('live');
  shop.write('BTCUSDT-5m-2025-01.csv', klines(swings(FRAMES)));
  await shop.done('data', 'import', 'BTCUSDT-5m-2025-01.csv');
  await shop.done(...BACKTEST);
  paper = await promoted('ema-cross', '--to', 'paper');
  untested = await promoted('ema-cross', '--to', 'demo', '--accept-untested');
});
afterAll(() => rmSync(shop.folder, { recursive: true }));

async function venue(): Promise<Emulator> {
  return startEmulator({
    market: await loadMarket({ root: shop.store, symbols: ['BTCUSDT'], interval: '5m' }),
    interval: '5m',
    ...KEYS,
    startEquity: '10000',
    makerFeeBps: 2,
    takerFeeBps: 5,
    slippageBps: 0,
    fills: 'pessimistic',
    pace: { kind: 'follow', patienceMs: 5000 },
  });
}

/** Runs `live` until the market has ended, then ends it as a service is ended. */
async function traded(words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended & { readonly venue: Emulator }> {
  const emulator = await venue();
  const address = ['--rest-url', emulator.url, '--stream-url', emulator.streamUrl, '--acknowledge', emulator.url];
  const child = spawn(process.execPath, [path.join(PACKAGE, 'bin', 'orrery.mjs'), 'live', ...words, ...address], {
    cwd: shop.folder,
    env: { PATH: process.env['PATH'] ?? '', ORRERY_DATA: shop.store, ORRERY_RUNS: shop.runs, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
  await Promise.race([emulator.finished, closed]);
  child.kill('SIGTERM');
  const code = await closed;
  await emulator.close();
  return { code, stdout, stderr, venue: emulator };
}

interface Promoted {
  readonly file: string;
  readonly promotion: Promotion;
}
async function promoted(...words: readonly string[]): Promise<Promoted> {
  const { code, stdout, stderr } = await shop.run('promote', ...words, '--json');
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Promoted;
}
interface EndLine {
  readonly type: string;
  readonly runId: string;
  readonly frames: number;
  readonly digest: string;
}
const linesOf = (stdout: string): readonly EndLine[] =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as EndLine);

describe('from a backtest to paper to the venue', () => {
  it('repeats the backtest, seals it, runs on paper with the same digest, and trades demo on that evidence', async () => {
    const { stdout, stderr, code } = await traded(['--promotion', paper.file, '--json']);
    expect({ code, stderr: stderr.includes('HALTED') }).toEqual({ code: 0, stderr: false });
    const end = linesOf(stdout).at(-1)!;
    // The journal of a paper run is that of the backtest.
    expect(end).toMatchObject({ type: 'end', frames: FRAMES, digest: paper.promotion.run.digest });
    expect(linesOf(stdout).filter(({ type }) => type === 'frame')).toHaveLength(FRAMES);

    const verified = await shop.run('verify', end.runId, '--json');
    expect(JSON.parse(verified.stdout)).toMatchObject({ identical: true, digest: end.digest, fresh: end.digest, frames: FRAMES });
    const listed = await shop.run('runs', 'list', '--json');
    expect(listed.code).toBe(0);

    const demo = await promoted('ema-cross', '--to', 'demo', '--from-paper', end.runId);
    expect(demo.promotion.evidence).toEqual({ kind: 'paper', runId: end.runId, digest: end.digest, frames: FRAMES });
    const keys = { BINANCE_API_KEY: KEYS.apiKey, BINANCE_API_SECRET: KEYS.secret };
    const live = await traded(['--promotion', demo.file, '--json'], { ...keys, TRADING_ENABLED: 'true' });
    expect({ code: live.code, stderr: live.stderr.includes('HALTED') }).toEqual({ code: 0, stderr: false });
    expect(linesOf(live.stdout).at(-1)).toMatchObject({ type: 'end', frames: FRAMES });
    expect(live.stdout + live.stderr).not.toContain(KEYS.secret);
    const again = await shop.run('verify', linesOf(live.stdout).at(-1)!.runId);
    expect({ code: again.code, stderr: again.stderr }).toEqual({ code: 0, stderr: '' });
    expect(again.stdout).toContain(`identical, ${FRAMES} frames`);
  });
});

describe('what is refused, in one line', () => {
  const refused = async (words: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await shop.run(...words);
    expect({ code, stdout, lines: stderr.trim().split('\n').length }).toEqual({ code: 2, stdout: '', lines: 1 });
    return stderr;
  };
  it('money without evidence', async () => {
    expect(await refused(['promote', 'ema-cross', '--to', 'live'])).toContain('--from-paper RUN, or go without one with --accept-untested');
  });
  it('orders without TRADING_ENABLED', async () => {
    expect(untested.promotion.evidence).toEqual({ kind: 'none' });
    expect(await refused(['live', '--promotion', untested.file])).toContain('only with TRADING_ENABLED=true');
  });
  it('a mode beyond the promotion, before anything is sent', async () => {
    expect(await refused(['live', '--promotion', paper.file, '--mode', 'demo'])).toContain('is to paper; promote the run to demo first');
  });
  it('a promotion that is not there', async () => {
    const file = path.join(shop.folder, 'nothing.json');
    expect(await refused(['live', '--promotion', file])).toContain(`${file}: no such file; name one that orrery promote wrote`);
  });
  it('a BINANCE_TESTNET that is neither true nor false', async () => {
    const { code, stderr } = await traded(['--promotion', untested.file], { BINANCE_TESTNET: '1', TRADING_ENABLED: 'true' });
    expect({ code, stderr }).toEqual({ code: 2, stderr: 'orrery: BINANCE_TESTNET=1: takes true or false; set one of them\n' });
  });
  it('a promotion that was edited', async () => {
    const edited = path.join(shop.folder, 'edited.json');
    writeFileSync(edited, readFileSync(paper.file, 'utf8').replace('"equity": "10000"', '"equity": "90000"'));
    expect(await refused(['live', '--promotion', edited])).toContain('was changed since it was sealed');
  });
  it('a strategy whose source has changed', async () => {
    const strategy = shop.write('mine.ts', strategyText('mine', 'desk.target(candle.close() > features.mean ? 1 : -1);'));
    await shop.done(...BACKTEST.map((word) => (word === 'ema-cross' ? strategy : word)));
    const { file, promotion } = await promoted('mine', '--to', 'paper');
    shop.write('mine.ts', strategyText('mine', 'desk.target(candle.close() < features.mean ? 1 : -1);'));
    const line = await refused(['live', '--promotion', file]);
    expect(line).toContain(`the source of strategy mine has changed since the promotion (then ${promotion.strategy.hash}, now `);
    expect(line).toContain('restore it, or backtest and promote again');
  });
  it('a run that is none', async () => {
    expect(await refused(['live', '--run', 'ema-cross'])).toContain('is no live run');
    expect(await refused(['live'])).toContain('--promotion is missing');
  });
});
