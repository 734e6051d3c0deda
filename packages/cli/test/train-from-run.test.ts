import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { findLibrary } from '@orrery/ml-train/library';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ended } from './program.ts';
import { createWorkshop, type Workshop } from './workshop.ts';

const LIBRARY = findLibrary(process.env);
const HYBRID = ['backtest', '--strategy', 'hybrid', '--symbols', 'AUSDT,BUSDT', '--interval', '15m'];
const SMALL = ['--folds', '2', '--rounds', '10'];
const MISSING = 'strategy hybrid has no model "quality": signals pass on their own score alone; give one with --model DIR|ID';

let shop: Workshop;
let runId: string;
let first: Ended;
interface Result {
  readonly runId: string;
  readonly digest: string;
  readonly warnings: readonly string[];
  readonly config: { readonly models: readonly { readonly name: string; readonly id: string }[] };
  readonly signals: {
    readonly raised: { readonly long: number; readonly short: number };
    readonly rejected: readonly { readonly reason: string }[];
    readonly virtual: {
      readonly closed: { readonly long: number; readonly short: number };
      readonly won: { readonly long: number; readonly short: number };
    };
  };
}
let result: Result;

beforeAll(async () => {
  shop = createWorkshop('train from run');
  await shop.done('data', 'synth', '--symbols', 'AUSDT,BUSDT', '--interval', '15m', '--days', '25', '--seed', '3');
  first = await shop.run(...HYBRID, '--json');
  result = JSON.parse(first.stdout) as Result;
  runId = result.runId;
});
afterAll(() => rmSync(shop.folder, { recursive: true }));

describe('a strategy without the model that it can do without', () => {
  it('says so before the run and in its result, and can be told again', async () => {
    expect({ code: first.code, told: first.stderr.includes(`WARNING: ${MISSING}\n`) }).toEqual({ code: 0, told: true });
    expect(result.warnings).toContain(MISSING);
    expect(result.config.models).toEqual([]);
    expect((await shop.run('verify', runId)).code).toBe(0);
  });
  it('says so, too, when it is promoted and held to live runs', async () => {
    const promoted = await shop.run('promote', runId, '--to', 'paper');
    expect({ code: promoted.code, told: promoted.stderr.includes(`WARNING: ${MISSING}\n`) }).toEqual({ code: 0, told: true });
    const words = ['parity', ...HYBRID.slice(1), '--mode', 'paper', '--candles', '200'];
    const parity = await shop.run(...words);
    expect({ code: parity.code, told: parity.stderr.includes(`WARNING: ${MISSING}\n`) }).toEqual({ code: 0, told: true });
  });
  it('shows its signals and counts its samples', async () => {
    const { stdout } = await shop.run('runs', 'show', runId);
    const { raised, virtual } = result.signals;
    expect(stdout).toMatch(new RegExp(`\\nsignals +${raised.long} long, ${raised.short} short; accepted \\d+ and \\d+\\n`));
    expect(stdout).toMatch(
      new RegExp(`\\nsamples +${virtual.closed.long + virtual.closed.short} in samples.arrow, for orrery train --from-run\\n`),
    );
  });
});

describe.runIf(LIBRARY !== null)('orrery train --from-run (left out where libxgboost is not installed)', () => {
  it('makes of the virtual positions of a run a model that the strategy then asks', async () => {
    const trained = await shop.run('train', '--from-run', runId, ...SMALL, '--name', 'quality', '--json');
    expect(trained.code).toBe(0);
    const made = JSON.parse(trained.stdout) as Record<string, unknown> & { readonly model: string; readonly path: string };
    const { closed, won } = result.signals.virtual;
    const all = closed.long + closed.short;
    expect(made).toMatchObject({
      schema: 'orrery.model/1',
      runs: [{ runId, digest: result.digest, samples: all }],
      samples: { closed: all },
      parity: { rows: 50_000, differing: 0 },
    });
    const card = JSON.parse(readFileSync(path.join(made.path, 'card.json'), 'utf8')) as Record<string, unknown> & {
      readonly inputs: readonly string[];
    };
    expect(card).toMatchObject({
      name: 'quality',
      strategy: { id: 'hybrid' },
      data: { symbols: ['AUSDT', 'BUSDT'], interval: '15m' },
      runs: [{ runId, digest: result.digest, samples: all }],
      labels: { method: 'virtual positions', closed: all },
      rows: made['rows'],
    });
    const { wins } = card['labels'] as { readonly wins: number };
    expect(wins).toBeLessThanOrEqual(won.long + won.short);
    expect(card.inputs.at(-1)).toBe('side');
    expect((await shop.run('models', 'show', made.model)).stdout).toContain(
      `${runId}, ${all} closed positions (digest ${result.digest.slice(0, 12)})`,
    );

    const asked = await shop.run(...HYBRID, '--model', made.model, '--param', 'mlThreshold=0.35', '--journal', 'full', '--json');
    expect({ code: asked.code, stderr: asked.stderr.includes('no model') }).toEqual({ code: 0, stderr: false });
    const filtered = JSON.parse(asked.stdout) as Result;
    expect(filtered.config.models).toMatchObject([{ name: 'quality', id: made.model }]);
    expect(filtered.warnings.join('\n')).toMatch(new RegExp(`^model ${made.model} was trained on candles from `, 'm'));
    expect(filtered.signals.rejected.map(({ reason }) => reason)).toContain('low_model_probability');
    expect((await shop.run('verify', filtered.runId, '--models', 'nowhere')).stdout).toMatch(/: identical, /);
    expect((await shop.run('verify', filtered.runId, '--rescore')).stdout).toMatch(/its models say today what they said then/);
  });
  it('takes a folder as well, and tells a person what it learnt from', async () => {
    const { code, stdout } = await shop.run(
      'train',
      '--from-run',
      path.join('runs', runId),
      ...SMALL,
      '--feature',
      'rsi(close,14)',
      '--models',
      'printed',
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(
      new RegExp(
        `^run +${runId} \\(digest ${result.digest.slice(0, 12)}\\)\nsamples +\\d+ of \\d+ closed virtual positions, \\d+ wins \\(take-profit \\d+, stop-loss \\d+, expired \\d+, graded stop \\d+; dropped: `,
      ),
    );
  });
  it.each<[string, readonly string[], RegExp]>([
    ['what the run says', ['--strategy', 'ict'], /^--strategy and --from-run: the run says it already; leave out --strategy$/],
    ['symbols', ['--symbols', 'AUSDT'], /^--symbols and --from-run: the run says it already; leave out --symbols$/],
    ['parameters', ['--param', 'cooldown=3'], /^--param and --from-run: the run says it already; leave out --param$/],
    [
      'barriers',
      ['--take-profit', '3'],
      /^--take-profit and --from-run: the run's virtual positions are labelled already; leave out --take-profit$/,
    ],
    [
      'the barriers’ unit',
      ['--barriers', 'atr'],
      /^--barriers and --from-run: the run's virtual positions are labelled already; leave out --barriers$/,
    ],
    [
      'too many folds',
      ['--folds', '50'],
      /^\d+ labelled samples are too few for 50 folds, which need 2000; name more runs, or one over more symbols or candles, or fewer --folds$/,
    ],
    ['a feature that is none', ['--feature', 'rsy(close,14)'], /^--feature 'rsy\(close,14\)': .*did you mean rsi\?$/],
  ])('refuses %s beside it in one line', async (_, words, message) => {
    expect(await refusal('--from-run', runId, ...words)).toMatch(message);
  });
  it('refuses runs that there are not, that come twice, that differ, and that have no samples', async () => {
    expect(await refusal('--from-run', 'nope')).toMatch(/^run nope: none under .* has that id; see orrery runs list$/);
    expect(await refusal('--from-run', `${runId},${runId}`)).toBe(`--from-run ${runId} was given twice: give it once`);
    await shop.done('backtest', '--strategy', 'ema-cross', '--symbols', 'AUSDT', '--interval', '15m');
    expect(await refusal('--from-run', 'ema-cross')).toMatch(
      /^run ema-cross-\w+: has no samples, since none of its virtual positions was closed; name a run of a strategy that raises signals, over more candles$/,
    );
    const other = await kept('--taker-fee-bps', '4', '--to', '2025-01-10');
    expect(await refusal('--from-run', `${runId},${other}`)).toBe(
      `--from-run: ${runId} and ${other} differ in their taker fee; train from runs of the same, one model for each`,
    );
    const shorter = await kept('--to', '2025-01-10');
    expect(await refusal('--from-run', `${runId},${shorter}`)).toBe(
      `runs ${runId} and ${shorter} both go over candles of AUSDT of the same time: train from one of them, or from runs of other times`,
    );
  });
  it('needs a strategy, symbols and an interval where no run is named', async () => {
    expect(await refusal()).toMatch(/^--interval is missing: give one of /);
    expect(await refusal('--interval', '15m')).toBe(
      '--strategy is missing: give it, or the runs to learn from with --from-run; see orrery train --help',
    );
    expect(await refusal('--interval', '15m', '--strategy', 'ema-cross')).toMatch(/^--symbols is missing: give it, or the runs /);
  });
  it('refuses other data than the run read, and samples that were changed', async () => {
    const elsewhere = path.join(shop.folder, 'elsewhere');
    await shop.done('data', 'synth', '--symbols', 'AUSDT,BUSDT', '--interval', '15m', '--days', '25', '--seed', '4', '--data', elsewhere);
    expect(await refusal('--from-run', runId, '--data', elsewhere)).toMatch(
      new RegExp(
        `^data of AUSDT, BUSDT is not what run ${runId} read: its samples are of other candles; restore it, or run the backtest again$`,
      ),
    );
    const file = path.join(shop.runs, runId, 'samples.arrow');
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.subarray(0, -1));
    expect(await refusal('--from-run', runId)).toMatch(
      /samples\.arrow: was changed since the run was written; restore it, or run the backtest again$/,
    );
    writeFileSync(file, bytes);
  });
});

/** The one line that a training is refused with. */
async function refusal(...words: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await shop.run('train', ...words);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  const lines = stderr.split('\n').filter((text) => text.startsWith('orrery: '));
  expect(lines).toHaveLength(1);
  return (lines[0] ?? '').slice('orrery: '.length);
}

/** Makes another run of hybrid and returns its id. */
async function kept(...words: readonly string[]): Promise<string> {
  return (JSON.parse((await shop.run(...HYBRID, ...words, '--json')).stdout) as Result).runId;
}
