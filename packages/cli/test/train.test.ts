import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { findLibrary } from '@orrery/ml-train/library';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orrery, PACKAGE } from './program.ts';
import { createWorkshop, type Workshop } from './workshop.ts';

const REPOSITORY = path.resolve(PACKAGE, '../..');
const LIBRARY = findLibrary(process.env);
const TRAIN = [
  'train',
  '--strategy',
  'ema-cross',
  '--param',
  'fast=3',
  '--param',
  'slow=6',
  '--symbols',
  'AUSDT,BUSDT',
  '--interval',
  '15m',
];
const SMALL = ['--folds', '3', '--rounds', '20', '--max-candles', '8'];

let shop: Workshop;
beforeAll(async () => {
  shop = createWorkshop('train');
  await shop.done('data', 'synth', '--symbols', 'AUSDT,BUSDT', '--interval', '15m', '--days', '20', '--seed', '3');
});
afterAll(() => rmSync(shop.folder, { recursive: true }));

interface Document {
  readonly schema: string;
  readonly model: string;
  readonly path: string;
  readonly hash: string;
  readonly featureHash: string;
  readonly rows: number;
  readonly folds: readonly unknown[];
  readonly metrics: Readonly<Record<string, number>>;
  readonly parity: unknown;
}

describe.runIf(LIBRARY !== null)('orrery train (left out where libxgboost is not installed)', () => {
  it('keeps a proven model, twice the same for the same seed, and says what it is worth', async () => {
    const [first, again] = [
      await shop.run(...TRAIN, ...SMALL, '--json', '--models', 'one'),
      await shop.run(...TRAIN, ...SMALL, '--json', '--models', 'two', '--threads', '2'),
    ];
    expect({ code: first.code, again: again.code }).toEqual({ code: 0, again: 0 });
    const [made, other] = [first, again].map(({ stdout }) => JSON.parse(stdout) as Document);
    expect(made).toMatchObject({ schema: 'orrery.model/1', parity: { rows: 50_000, differing: 0 } });
    expect(made.model).toBe(`ema-cross-${made.hash.slice(0, 12)}`);
    expect(made.path).toBe(path.join(shop.folder, 'one', made.model));
    expect(made.folds).toHaveLength(3);
    expect(made.rows).toBeGreaterThan(200);
    expect(made.metrics['auc']).toBeGreaterThan(0.3);
    const onnx = readFileSync(path.join(made.path, 'model.onnx'));
    expect(createHash('sha256').update(onnx).digest('hex')).toBe(made.hash);
    expect(other.hash).toBe(made.hash);
    expect(readFileSync(path.join(other.path, 'card.json'), 'utf8')).toBe(readFileSync(path.join(made.path, 'card.json'), 'utf8'));
    expect(readdirSync(path.join(shop.folder, 'one'))).toEqual([made.model]);
  });
  it('prints folds, baselines, parity and the place of the model to a person', async () => {
    const { code, stdout } = await shop.run(
      ...TRAIN,
      ...SMALL,
      '--models',
      'printed',
      '--name',
      'mine',
      '--feature',
      'rsi(close,14)',
      '--feature',
      'side',
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/^samples +\d+ of \d+ signals, \d+ wins \(take-profit \d+, stop-loss \d+, time \d+; dropped: /);
    expect(stdout).toMatch(/\nparity +0 of 50000 margins differ \(libxgboost \S+, walker, onnxruntime\)\n/);
    expect(stdout).toMatch(/\nmodel +printed\/mine-[0-9a-f]{12}\n$/);
  });
  it('leaves nothing behind after Ctrl-C', async () => {
    const words = [...TRAIN, '--rounds', '10000', '--patience', '10000', '--max-depth', '12', '--models', 'interrupted'];
    const child = spawn(process.execPath, [path.join(PACKAGE, 'bin', 'orrery.mjs'), ...words], {
      cwd: shop.folder,
      env: { ...process.env, ORRERY_DATA: shop.store },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      if (!stderr.includes('validating') && (stderr + text).includes('validating')) child.kill('SIGINT');
      stderr += text;
    });
    expect(await ended).toBe(130);
    expect(stderr).toMatch(/orrery: interrupted\n$/);
    expect(existsSync(path.join(shop.folder, 'interrupted'))).toBe(false);
  });
  it.each<[readonly string[], RegExp]>([
    [['--folds', '1'], /^--folds 1: takes a whole number from 2 to 50$/],
    [['--feature', 'rsy(close,14)'], /^--feature 'rsy\(close,14\)': .*did you mean rsi\?$/],
    [['--feature', 'rsi(close,14)@5m'], /^--feature at interval 15m: .*no multiple/],
    [['--cost-bps', '1000'], /^all \d+ samples are losses, so there is nothing to tell apart; change /],
    [
      ['--to', '2025-01-02'],
      /^\d+ labelled samples are too few for 5 folds, which need 200; give more symbols or a longer --from\/--to, or fewer --folds$/,
    ],
    [['--strategy', 'ema-cross-filtered'], /^strategy ema-cross-filtered: reads a model itself; train on the strategy that it filters$/],
  ])('refuses %j in one line', async (words, message) => {
    const { code, stdout, stderr } = await shop.run(...replaced(words));
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    const [line = ''] = stderr.split('\n').filter((text) => text.startsWith('orrery: '));
    expect(line.slice('orrery: '.length)).toMatch(message);
    expect(existsSync(path.join(shop.folder, 'models'))).toBe(false);
  });
});

const YEAR = path.join(path.resolve(REPOSITORY, process.env['ORRERY_REAL_DATA'] ?? '../shared/data'), '01-vision-um-5m-2025');

describe.runIf(LIBRARY !== null && existsSync(YEAR))(
  `training on real candles (left out where ${path.basename(YEAR)} or libxgboost is not at hand)`,
  () => {
    it('proves its export, and finds hardly anything, as it should', async () => {
      const files = ['01', '02'].map((month) => path.join(YEAR, `SOLUSDT-5m-2025-${month}.csv.gz`));
      await shop.done('data', 'import', ...files);
      const words = [
        'train',
        '--strategy',
        'ema-cross',
        '--symbols',
        'SOLUSDT',
        '--interval',
        '5m',
        '--folds',
        '3',
        '--rounds',
        '60',
        '--json',
      ];
      const { code, stdout } = await shop.run(...words, '--models', 'real');
      expect(code).toBe(0);
      const { rows, metrics, parity } = JSON.parse(stdout) as Document;
      expect(parity).toEqual({ rows: 50_000, differing: 0 });
      expect(rows).toBeGreaterThan(500);
      expect(Math.abs(metrics['auc']! - 0.5)).toBeLessThan(0.1);
    });
  },
);

describe('orrery train without a library', () => {
  it('says so before it does anything', async () => {
    const file = path.join(shop.folder, 'none.so');
    const { code, stderr } = await orrery(TRAIN, { cwd: shop.folder, env: { ORRERY_DATA: shop.store, XGBOOST_LIB: file } });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: `orrery: XGBOOST_LIB ${file}: is no file; name XGBoost's shared library, or unset it\n`,
    });
  });
});

/** TRAIN with further words; a strategy replaces the one that is there. */
function replaced(words: readonly string[]): readonly string[] {
  return words[0] === '--strategy'
    ? [...TRAIN.filter((word) => !['--strategy', 'ema-cross'].includes(word)), ...words]
    : [...TRAIN, ...words];
}
