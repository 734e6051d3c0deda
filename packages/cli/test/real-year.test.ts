import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RunResult } from '@orrery/core';
import { afterAll, describe, expect, it } from 'vitest';
import { BACKTEST, createWorkshop, type Workshop } from './workshop.ts';

const repository = fileURLToPath(new URL('../../../', import.meta.url));
/** Folder of real klines: ORRERY_REAL_DATA, else ../shared/data beside the repository. */
const REAL_DATA = path.resolve(repository, process.env['ORRERY_REAL_DATA'] ?? '../shared/data');
const YEAR = path.join(REAL_DATA, '01-vision-um-5m-2025');
const UNIVERSE = path.join(REAL_DATA, '08-um-universe-15m-2025-10');

const shops: Workshop[] = [];
afterAll(() => shops.forEach(({ folder }) => rmSync(folder, { recursive: true })));
function workshop(): Workshop {
  const shop = createWorkshop('real');
  shops.push(shop);
  return shop;
}
function filesOf(folder: string, start = ''): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.startsWith(start) && name.endsWith('.csv.gz'))
    .map((name) => path.join(folder, name));
}

describe.runIf(existsSync(YEAR))(`a year of real candles (left out where ${path.basename(YEAR)} is not at hand)`, () => {
  it('is imported by its file names, run and verified', async () => {
    const shop = workshop();
    const imported = await shop.run('data', 'import', ...filesOf(YEAR, 'BTCUSDT'), '--json');
    expect(imported.code).toBe(0);
    expect(JSON.parse(imported.stdout)).toMatchObject({
      rows: 105_120,
      datasets: [{ dataset: 'BTCUSDT/5m', rows: 105_120 }],
      warnings: [],
    });
    const { code, stdout } = await shop.run(...BACKTEST, '--journal', 'full', '--json');
    expect(code).toBe(0);
    const result = JSON.parse(stdout) as RunResult;
    expect(result).toMatchObject({ schema: 'orrery.result/1', candles: 105_120, dataset: { synthetic: false } });
    expect(result.dataset.symbols[0]).toMatchObject({ rows: 105_120, gaps: 0, first: 1_735_689_600_000, last: 1_767_225_599_999 });
    const verified = await shop.run('verify', result.runId, '--block-rows', '7', '--json');
    expect(JSON.parse(verified.stdout)).toMatchObject({ identical: true, fresh: result.digest });
  });
});

describe.runIf(existsSync(UNIVERSE))(`every symbol of a month (left out where ${path.basename(UNIVERSE)} is not at hand)`, () => {
  it('runs in one account by one command', async () => {
    const shop = workshop();
    const files = filesOf(UNIVERSE);
    expect((await shop.run('data', 'import', ...files)).code).toBe(0);
    const { code, stdout } = await shop.run('backtest', '--strategy', 'ema-cross', '--symbols', '@all', '--interval', '15m', '--json');
    expect(code).toBe(0);
    const { config, candles, trades, account } = JSON.parse(stdout) as RunResult;
    expect({ symbols: config.symbols.length, candles }).toEqual({ symbols: 522, candles: 1_083_002 });
    const sats = (text: string): bigint => BigInt(text.replace('.', ''));
    const profit = trades.reduce((sum, { pnl }) => sum + sats(pnl), 0n);
    expect(profit).toBe(sats(account.endEquity) - sats(account.startEquity));
  });
});
