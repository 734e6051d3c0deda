import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resultOf, writeRun } from './runs-fixture.ts';
import { orrery, type Ended } from './program.ts';

let root = '';
let runs = '';
const call = (...words: string[]): Promise<Ended> => orrery(['runs', ...words], { cwd: root, env: { ORRERY_RUNS: runs } });

beforeAll(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'orrery runs '));
  runs = path.join(root, 'runs');
  const first = resultOf('aa11');
  writeRun(runs, first);
  const { config, account } = first;
  const changed = {
    config: { ...config, params: { fast: 12, slow: 50 }, seed: 2 },
    account: { ...account, endEquity: '9990.00000000' },
    metrics: { sharpe: -0.25, maxDrawdown: 0.0123456789, calmar: 3 },
  };
  writeRun(runs, resultOf('ab22', changed));
  writeRun(runs, resultOf('cc33', { digest: first.digest }));
  utimesSync(path.join(runs, 'aa11', 'result.json'), 1_746_000_000, 1_746_000_000);
  utimesSync(path.join(runs, 'ab22', 'result.json'), 1_746_000_060, 1_746_000_060);
});
afterAll(() => rmSync(root, { recursive: true }));

describe('runs list', () => {
  it('shows the newest first, under ORRERY_RUNS or --runs', async () => {
    const { code, stdout } = await call('list');
    expect(code).toBe(0);
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => line.split(/\s+/)[0]),
    ).toEqual(['run', 'cc33', 'ab22', 'aa11']);
    // 1746000060 s after the epoch is 2025-04-30 08:01 UTC.
    expect(stdout).toMatch(/ab22\s+2025-04-30 08:01\s+ema-cross\s+BTCUSDT\s+1h\s+0\s+9990\.00000000\s+d1g3st-ab22/);
    const other = await orrery(['runs', 'list', '--runs', runs, '--json'], { cwd: root });
    expect((JSON.parse(other.stdout) as { runs: { runId: string }[] }).runs.map(({ runId }) => runId)).toEqual(['cc33', 'ab22', 'aa11']);
  });
  it('gives a broken run one line, shows the others, and ends with 1', async () => {
    const folder = path.join(root, 'broken');
    writeRun(folder, resultOf('fine'));
    mkdirSync(path.join(folder, 'torn'));
    writeFileSync(path.join(folder, 'torn', 'result.json'), '{"schema":');
    mkdirSync(path.join(folder, 'unfinished'));
    writeRun(folder, { ...resultOf('wrong'), account: { ...resultOf('wrong').account, endEquity: 'NaN' } });
    const { code, stdout, stderr } = await orrery(['runs', 'list', '--runs', folder]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/\nfine /);
    const lines = stderr.replaceAll(folder, '<dir>').trim().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^<dir>\/torn\/result\.json: .*JSON.*; run the backtest again$/);
    expect(lines[1]).toBe('<dir>/unfinished/result.json: missing, the run did not finish; run the backtest again');
    expect(lines[2]).toBe(
      '<dir>/wrong/result.json: field account.endEquity: "NaN" is not an amount such as "12.50" with at most 8 decimals; run the backtest again',
    );
  });
  it('says when there is no folder', async () => {
    const missing = path.join(root, 'missing');
    expect(await orrery(['runs', 'list', '--runs', missing])).toEqual({
      code: 2,
      stdout: '',
      stderr: `orrery: ${missing}: no such folder; name the folder of runs with --runs or ORRERY_RUNS\n`,
    });
  });
});

describe('runs show', () => {
  it('finds a run by the start of its id and prints its result', async () => {
    const { code, stdout } = await call('show', 'c');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^run\s+cc33\n/);
    expect(stdout).toMatch(/\nequity\s+10000\.00000000 → 10012\.50000000 USDT\n/);
    expect(stdout).toMatch(/\n\s+maxDrawdown\s+0\.0123457\n/);
    const { stdout: json } = await call('show', 'c', '--json');
    expect(JSON.parse(json)).toEqual(resultOf('cc33', { digest: 'd1g3st-aa11' }));
  });
  it('refuses an id that fits none or several', async () => {
    expect((await call('show', 'zz')).stderr).toBe(`orrery: run zz: none under ${runs} has that id; see orrery runs list\n`);
    const several = await call('show', 'a');
    expect(several).toEqual({ code: 2, stdout: '', stderr: 'orrery: run a: fits 2 runs (aa11, ab22): give more of the id\n' });
  });
  it('refuses files of two runs in one folder', async () => {
    const folder = path.join(root, 'mixed');
    writeRun(folder, resultOf('one'));
    writeFileSync(path.join(folder, 'one', 'manifest.json'), '{"runId":"two"}');
    const { code, stderr } = await orrery(['runs', 'show', 'one', '--runs', folder]);
    expect(code).toBe(2);
    expect(stderr).toContain("manifest.json: runId two is not result.json's one: files of two runs are mixed");
  });
});

describe('runs compare', () => {
  it('shows what differs and nothing else', async () => {
    const { code, stdout } = await call('compare', 'aa11', 'ab22', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      schema: 'orrery.comparison/1',
      first: 'aa11',
      second: 'ab22',
      digest: { first: 'd1g3st-aa11', second: 'd1g3st-ab22', equal: false },
      dataset: { first: 'candles-1', second: 'candles-1', equal: true },
      config: [
        { field: 'seed', first: 1, second: 2 },
        { field: 'params.slow', first: 26, second: 50 },
      ],
      account: [{ field: 'endEquity', first: '10012.50000000', second: '9990.00000000' }],
      metrics: [
        { field: 'sharpe', first: 1.5, second: -0.25 },
        { field: 'sortino', first: null },
        { field: 'calmar', second: 3 },
      ],
      versions: [],
    });
  });
  it('says so when two runs did the same', async () => {
    const { stdout } = await call('compare', 'aa11', 'cc33');
    expect(stdout).toBe(
      'same digest d1g3st-aa11: the two runs did the same\nsame candles candles-1\nconfiguration: no difference\naccount: no difference\nmetrics: no difference\nversions: no difference\n',
    );
  });
});
