import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { InputError } from '@orrery/data/run';
import { renderReport, writeReport } from '../src/index.ts';
import { sampleRun } from './sample-run.ts';

const run = sampleRun({ seed: 21, symbols: ['BTCUSDT', 'ETHUSDT'], days: 6, intervalMinutes: 60 });
const options = { definitions: run.definitions, loadCandles: null };
let directory = '';

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'orrery-report-'));
  await store(run.result, run.series);
});
afterEach(async () => {
  await rm(directory, { recursive: true });
});

async function store(result: unknown, series: unknown): Promise<void> {
  await writeFile(join(directory, 'result.json'), JSON.stringify(result));
  await writeFile(join(directory, 'series.json'), JSON.stringify(series));
}

async function refusal(): Promise<string> {
  const error: unknown = await writeReport(directory, options).then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(InputError);
  const message = error instanceof Error ? error.message : '';
  expect(message).not.toContain('\n');
  expect(await readdir(directory)).not.toContain('report.html');
  return message.replace(`${directory}/`, '');
}

describe('writeReport', () => {
  it('writes the page of the stored run and leaves nothing else behind', async () => {
    const file = await writeReport(directory, options);
    expect(file).toBe(join(directory, 'report.html'));
    expect(await readFile(file, 'utf8')).toBe(renderReport({ ...run, candles: null }));
    expect((await readdir(directory)).sort()).toEqual(['report.html', 'result.json', 'series.json']);
  });

  it('asks for the run’s own candles', async () => {
    const asked: unknown[] = [];
    const file = await writeReport(directory, {
      definitions: run.definitions,
      loadCandles: async (...request) => {
        asked.push(request);
        return run.candles;
      },
    });
    const { first, last } = run.result.dataset.symbols[0];
    expect(asked).toEqual([[['BTCUSDT', 'ETHUSDT'], '1h', first, last]]);
    expect(await readFile(file, 'utf8')).toBe(renderReport(run));
  });

  it('shows a run of before the venue was modelled whole, which has none of its fields', async () => {
    const { venue, ...result } = run.result;
    const { venue: setup, ...config } = result.config;
    const { liquidationFees, absorbed, ...account } = result.account;
    const { marginRatio, liquidationDistance, ...curve } = run.series.curve;
    const { symbols, ...series } = run.series;
    expect([venue.rows, setup.leverage, liquidationFees, absorbed, marginRatio.length, liquidationDistance.length, symbols.length]).toEqual(
      [288, 10, '0.00000000', '0.00000000', 144, 144, 2],
    );
    const trades = result.trades.map(({ maxAdverse: _against, maxFavourable: _for, ...trade }) => trade);
    await store({ ...result, config, account, trades }, { ...series, curve });
    const page = await readFile(await writeReport(directory, options), 'utf8');
    for (const line of [
      'The run recorded neither margin ratio nor liquidation distance.',
      'No excursion is known of any of the 16 finished trades.',
      'The venue closed no position by itself.',
      'The run recorded no money by symbol',
      'did not record its mark prices',
    ])
      expect(page).toContain(line);
  });

  it('writes to another file when told to', async () => {
    const file = join(directory, 'elsewhere.html');
    expect(await writeReport(directory, { ...options, file })).toBe(file);
    expect(await readdir(directory)).not.toContain('report.html');
  });
});

describe('a broken run directory', () => {
  it('without a result', async () => {
    await rm(join(directory, 'result.json'));
    expect(await refusal()).toBe('result.json: missing, the run did not finish; run the backtest again');
  });

  it('with a torn file', async () => {
    await writeFile(join(directory, 'series.json'), '{"schema":');
    expect(await refusal()).toMatch(/^series\.json: is not JSON \(.*\); run the backtest again/);
  });

  it('with an amount that is none', async () => {
    await store({ ...run.result, account: { ...run.result.account, fees: '1e3' } }, run.series);
    expect(await refusal()).toBe(
      'result.json: field account.fees: "1e3" is not an amount such as "12.50" with at most 8 decimals; run the backtest again',
    );
  });

  it('with a field missing in a trade', async () => {
    const [first, ...rest] = run.result.trades;
    await store({ ...run.result, trades: [{ ...first, entryTime: undefined }, ...rest] }, run.series);
    expect(await refusal()).toContain('result.json: field trades.0.entryTime: nothing is not a time in ms UTC');
  });

  it('with another schema', async () => {
    await store({ ...run.result, schema: 'orrery.result/2' }, run.series);
    expect(await refusal()).toContain('result.json: field schema: "orrery.result/2" is not "orrery.result/1"');
  });

  it('with columns of different lengths', async () => {
    await store(run.result, { ...run.series, benchmark: [1] });
    expect(await refusal()).toContain(`series.json: field benchmark: has 1 values for ${run.series.curve.time.length} times`);
  });

  it('with times that do not ascend', async () => {
    await store(run.result, { ...run.series, daily: { time: [2, 1], equity: [1, 1] } });
    expect(await refusal()).toContain('series.json: field daily.time: the times do not ascend');
  });
});
