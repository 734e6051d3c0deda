import { spawn } from 'node:child_process';
import process, { kill } from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BoosterProcess, type TrainJob } from '../../src/xgboost/index.ts';
import { areaUnderCurve } from '../../src/metrics/auc.ts';
import { ABSENT, LIBRARY } from '../library.ts';
import { noisyMatrix } from '../noise.ts';

const TRAIN = noisyMatrix(2000, 4);
const VALIDATION = noisyMatrix(800, 4, 8);
const PARAMETERS = {
  objective: 'binary:logistic',
  eval_metric: 'logloss',
  base_score: '0.5',
  max_depth: '3',
  eta: '0.3',
  tree_method: 'hist',
  seed: '1',
};
const JOB: TrainJob = {
  type: 'train',
  parameters: { ...PARAMETERS, nthread: '1', subsample: '0.8' },
  rounds: 20,
  train: TRAIN,
  validation: null,
  patience: 5,
  predict: [VALIDATION],
};

describe('a library that is none', () => {
  it('is an error that names the file, and ends no process but its own', async () => {
    await expect(BoosterProcess.open('/etc/hostname')).rejects.toThrow(/^\/etc\/hostname: /);
  });
});

describe.runIf(LIBRARY !== null)(`XGBoost in a process of its own ${ABSENT}`, () => {
  let booster: BoosterProcess;
  beforeAll(async () => {
    booster = await BoosterProcess.open(LIBRARY!);
  });
  afterAll(() => booster.close());

  it('learns which column matters, and reports each round', async () => {
    const rounds: number[] = [];
    const { model, gain, margins, rounds: kept } = await booster.train(JOB, { onRound: (round) => rounds.push(round) });
    expect(rounds).toEqual(Array.from({ length: 20 }, (_, k) => k + 1));
    expect(kept).toBe(20);
    expect(gain[0]).toBeGreaterThan(5 * Math.max(gain[1], gain[2], gain[3]));
    expect(areaUnderCurve(VALIDATION.labels, margins[0])).toBeGreaterThan(0.75);
    expect(JSON.parse(new TextDecoder().decode(model))).toHaveProperty('learner.gradient_booster.model.trees.length', 20);
  });
  it('gives the same bytes for the same seed, with one thread or two, and others for another seed', async () => {
    const again = await booster.train(JOB);
    const first = await booster.train(JOB);
    const two = await booster.train({ ...JOB, parameters: { ...JOB.parameters, nthread: '2' } });
    const other = await booster.train({ ...JOB, parameters: { ...JOB.parameters, seed: '2' } });
    expect(Buffer.from(again.model).equals(first.model)).toBe(true);
    expect(Buffer.from(two.model).equals(first.model)).toBe(true);
    expect(Buffer.from(other.model).equals(first.model)).toBe(false);
  });
  it('stops early at the round with the least validation loss, and predicts by that round', async () => {
    const stopped = await booster.train({ ...JOB, rounds: 500, validation: VALIDATION });
    const history = [...stopped.history];
    const best = history.indexOf(Math.min(...history));
    expect(stopped.rounds).toBe(best + 1);
    expect(history).toHaveLength(best + 1 + JOB.patience);
    const straight = await booster.train({ ...JOB, rounds: stopped.rounds });
    expect([...stopped.margins[0]]).toEqual([...straight.margins[0]]);
  });
  it('scores a saved model as the booster it came from', async () => {
    const { model, margins } = await booster.train(JOB);
    const scored = await booster.score({ type: 'score', model, threads: 1, predict: [VALIDATION] });
    expect([...scored.margins[0]]).toEqual([...margins[0]]);
  });
  it('says what the margins start from, for any base score', async () => {
    for (const base of [0.5, 0.27, 0.4911, 0.013]) {
      const parameters = { ...JOB.parameters, base_score: String(Math.fround(base)) };
      const { baseMargin, margins } = await booster.train({ ...JOB, parameters, rounds: 0 });
      expect(baseMargin).toBeCloseTo(Math.log(base / (1 - base)), 5);
      expect(new Set(margins[0])).toEqual(new Set([baseMargin]));
    }
  });
  it("passes XGBoost's own words on as an error, and goes on", async () => {
    await expect(booster.train({ ...JOB, parameters: { objective: 'nonsense' } })).rejects.toThrow(
      /^XGBoost: Unknown objective function: `nonsense`/,
    );
    await expect(booster.train({ ...JOB, rounds: 1 })).resolves.toMatchObject({ rounds: 1 });
  });
  it('sees infinity as a value that cannot be, not as a crash', async () => {
    const values = TRAIN.values.slice();
    values[3] = Infinity;
    await expect(booster.train({ ...JOB, train: { ...TRAIN, values } })).rejects.toThrow(/inf/);
  });
});

describe.runIf(LIBRARY !== null)(`the end of the process ${ABSENT}`, () => {
  const LONG = { ...JOB, rounds: 100_000 };
  it('by a crash fails the job and nothing else', async () => {
    const booster = await BoosterProcess.open(LIBRARY!);
    const job = booster.train(LONG, { onRound: () => void kill(booster.pid!, 'SIGSEGV') });
    await expect(job).rejects.toThrow(/ended with SIGSEGV; the library may have crashed/);
    await expect(booster.train(JOB)).rejects.toThrow(/has ended/);
  });
  it('by a cancellation fails the job with its reason', async () => {
    const booster = await BoosterProcess.open(LIBRARY!);
    const controller = new AbortController();
    const job = booster.train(LONG, { signal: controller.signal, onRound: () => controller.abort(new Error('enough')) });
    await expect(job).rejects.toThrow('enough');
    await expect(booster.train(JOB, { signal: controller.signal })).rejects.toThrow('enough');
  });
  it('comes by itself when the program that started it is killed', async () => {
    const dist = pathToFileURL(fileURLToPath(new URL('../../dist/xgboost/index.js', import.meta.url))).href;
    const script = `import { BoosterProcess } from '${dist}';
      const booster = await BoosterProcess.open(${JSON.stringify(LIBRARY)});
      const rows = { rows: 4, columns: 1, values: Float32Array.of(1, 2, 3, 4), labels: Float32Array.of(0, 1, 0, 1), weights: new Float32Array(4).fill(1) };
      const parameters = { objective: 'binary:logistic', nthread: '1' };
      const onRound = (round) => round === 5 && console.log('at work');
      await booster.train({ type: 'train', parameters, rounds: 1e9, train: rows, validation: null, patience: 1, predict: [] }, { onRound });`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'pipe'] });
    parent.stdout.once('data', () => parent.kill('SIGKILL'));
    // The booster holds the other end of stderr: it closes when the last of the two has ended.
    const signal = await new Promise((resolve) => parent.on('close', (_code, by) => resolve(by)));
    expect(signal).toBe('SIGKILL');
  });
});
