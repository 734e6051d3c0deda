import { cpSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { RunResult } from '@orrery/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handClassifier } from '../../models/test/onnx-bytes.ts';
import { createWorkshop, klines, swings, type Workshop } from './workshop.ts';

/**
 * The hand-made trees read the side first: +1 reaches leaves of 0.6 and 0.3, with the base 1.15, a probability of 0.76; −1 reaches
 * −0.4 and −0.2, with the base −0.35, a probability of 0.41. The RSI is never below 2. So longs pass a threshold of 0.5, shorts do not.
 */
const INPUTS = ['--input', 'side', '--input', 'rsi(close, 14)'];
const BACKTEST = ['backtest', '--strategy', 'ema-cross-filtered', '--symbols', 'BTCUSDT', '--interval', '5m', '--json'];

let shop: Workshop;
interface Imported {
  readonly models: readonly { readonly id: string }[];
}
let imported: Imported = { models: [] };
let modelId = '';
const result = async (...more: readonly string[]): Promise<RunResult> => {
  const { code, stdout, stderr } = await shop.run(...BACKTEST, ...more);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as RunResult;
};
const failure = async (...words: readonly string[]): Promise<string> => {
  const { code, stdout, stderr } = await shop.run(...words);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr.match(/\n/g)).toHaveLength(1);
  return stderr;
};

beforeAll(async () => {
  shop = createWorkshop('models');
  shop.write('BTCUSDT-5m-2025-01.csv', klines(swings(900)));
  shop.write('theirs.onnx', handClassifier({ zipMap: true }));
  await shop.done('data', 'import', 'BTCUSDT-5m-2025-01.csv');
  imported = JSON.parse((await shop.run('models', 'import', 'theirs.onnx', '--name', 'theirs', ...INPUTS, '--json')).stdout) as Imported;
  modelId = imported.models[0].id;
});
afterAll(() => rmSync(shop.folder, { recursive: true }));

describe.concurrent('a backtest with a model', () => {
  it('takes the longs, goes flat where a short is refused, and names the model in result and manifest', async () => {
    const filtered = await result('--model', 'theirs');
    const whole = JSON.parse(
      (await shop.run('backtest', '--strategy', 'ema-cross', '--symbols', 'BTCUSDT', '--interval', '5m', '--json')).stdout,
    ) as RunResult;
    const longs = (run: RunResult) =>
      run.trades.filter(({ side }) => side === 'long').map(({ entryTime, exitTime }) => [entryTime, exitTime]);
    expect(filtered.trades.length).toBeGreaterThan(10);
    expect(filtered.trades.every(({ side }) => side === 'long')).toBe(true);
    expect(longs(filtered)).toEqual(longs(whole));
    const [model] = filtered.config.models;
    expect(model).toMatchObject({ name: 'filter', id: modelId, inputs: ['side', 'rsi(close,14)'], outputs: ['probability'] });
    expect(filtered.config.params).toEqual({ fast: 12, slow: 26, threshold: 0.5 });
    expect(filtered.config.features).toEqual(['ema(close,12)', 'ema(close,26)', 'rsi(close,14)']);
    const manifest = JSON.parse(readFileSync(path.join(shop.runs, filtered.runId, 'manifest.json'), 'utf8')) as {
      config: RunResult['config'];
    };
    expect(manifest.config.models).toEqual([model]);
    expect((await shop.run('runs', 'show', filtered.runId)).stdout).toContain(`filter: ${modelId} (hash ${model.hash.slice(0, 12)})`);
  });
  it('does nothing where nothing is certain enough, and everything where anything is', async () => {
    expect((await result('--model', modelId, '--param', 'threshold=0.8')).trades).toEqual([]);
    const all = await result('--model', `filter=${modelId}`, '--param', 'threshold=0.4');
    expect(new Set(all.trades.map(({ side }) => side))).toEqual(new Set(['long', 'short']));
  });
  it('gives the same digest whichever way the model is named, and in blocks of any size', async () => {
    const digests = [
      (await result('--model', path.join(shop.folder, 'models', modelId), '--block-rows', '3')).digest,
      (await result('--model', 'theirs')).digest,
    ];
    expect(new Set(digests).size).toBe(1);
  });
  it.each<[string, readonly string[], RegExp]>([
    ['no model', [], /strategy ema-cross-filtered needs a model "filter": give it with --model DIR\|ID/],
    ['a model that is not there', ['--model', 'nothing'], /model nothing: none under .+ has that id; see orrery models list/],
    ['the same twice', ['--model', 'theirs', '--model', 'filter=theirs'], /--model filter was given twice/],
  ])('is refused with %s', async (_, more, message) => {
    expect(await failure(...BACKTEST, ...more)).toMatch(message);
  });
  it('is refused a model that the strategy does not read', async () => {
    expect(await failure('backtest', '--strategy', 'ema-cross', '--symbols', 'BTCUSDT', '--interval', '5m', '--model', 'theirs')).toMatch(
      /--model theirs: strategy ema-cross reads no models; leave it out/,
    );
  });
});

describe.concurrent('verify', () => {
  it('tells a run with a full journal again without the model, and asks it only to rescore', async () => {
    const { runId, digest } = await result('--model', 'theirs', '--journal', 'full', '--param', 'fast=6');
    const elsewhere = path.join(shop.folder, 'nowhere');
    const again = await shop.run('verify', runId, '--models', elsewhere);
    expect({ ...again, stdout: again.stdout.replace(/\d+ journal/, 'N journal') }).toEqual({
      code: 0,
      stdout: `${runId}: identical, N journal entries, digest ${digest}\n`,
      stderr: '',
    });
    expect(await failure('verify', runId, '--rescore', '--models', elsewhere)).toMatch(
      /rescoring asks its models again: model theirs-\w+: none under/,
    );
    const { code, stdout } = await shop.run('verify', runId, '--rescore', '--json');
    const { drift, identical } = JSON.parse(stdout) as {
      drift: { compared: number; differing: number; largest: number };
      identical: boolean;
    };
    expect({ code, identical, differing: drift.differing, largest: drift.largest }).toEqual({
      code: 0,
      identical: true,
      differing: 0,
      largest: 0,
    });
    expect(drift.compared).toBeGreaterThan(20);
  });
  it('needs the model where only the digest was kept', async () => {
    const { runId } = await result('--model', 'theirs', '--param', 'fast=5');
    const elsewhere = path.join(shop.folder, 'nowhere');
    expect(await failure('verify', runId, '--models', elsewhere)).toMatch(
      /only its digest was kept, so its models' predictions have to be made again: model theirs-/,
    );
    cpSync(path.join(shop.folder, 'models', modelId), path.join(shop.folder, 'copy'), { recursive: true });
    expect((await shop.run('verify', runId, '--models', elsewhere, '--model', './copy')).code).toBe(0);
    expect(await failure('verify', runId, '--rescore')).toMatch(/has no stored predictions to rescore: only its digest was kept/);
  });
});

describe.concurrent('models', () => {
  it('come in with canonical inputs and the engine that fits', () => {
    expect(imported).toMatchObject({ schema: 'orrery.models/1', models: [{ engine: 'walker', inputs: ['side', 'rsi(close,14)'] }] });
  });
  it('are listed, shown and verified', async () => {
    const listed = JSON.parse((await shop.run('models', 'list', '--json')).stdout) as { models: readonly { id: string }[] };
    expect(listed).toMatchObject({
      schema: 'orrery.models/1',
      broken: [],
      models: [{ id: modelId, name: 'theirs', engine: 'walker', strategy: null }],
    });
    expect((await shop.run('models', 'list')).stdout).toContain(modelId);
    const shown = (await shop.run('models', 'show', 'theirs')).stdout;
    for (const text of ['3 trees, 9 nodes', 'theirs.onnx by OnnxMLTools 1.12.0, output probabilities', 'rsi(close,14)'])
      expect(shown).toContain(text);
    expect(await shop.run('models', 'verify')).toEqual({
      code: 0,
      stdout: `${modelId}: fine, walker and ONNX Runtime agree on 20000 rows\n`,
      stderr: '',
    });
  });
  it('are found wrong when a byte of one has changed', async () => {
    const broken = path.join(shop.folder, 'broken');
    cpSync(path.join(shop.folder, 'models'), broken, { recursive: true });
    shop.write(`broken/${modelId}/model.onnx`, 'changed');
    const { code, stdout } = await shop.run('models', 'verify', '--models', broken);
    expect(code).toBe(1);
    expect(stdout).toMatch(/model.onnx: its SHA-256 is \w{12}…, the card says/);
    expect(await failure(...BACKTEST, '--models', broken, '--model', 'theirs')).toMatch(/its SHA-256 is/);
  });
});
