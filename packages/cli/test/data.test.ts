import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orrery, type Ended } from './program.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'orrery data '));
});
afterAll(() => rmSync(folder, { recursive: true }));

const HEAD = 'open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore\n';
/** 2025-01-01 00:00 UTC. */
const START = 1_735_689_600_000;
const HOUR = 3_600_000;

function candle(hour: number, close: string): string {
  const open = START + hour * HOUR;
  return `${open},100.0,110.0,90.0,${close},5,${open + HOUR - 1},500,3,2,200,0\n`;
}
function write(name: string, ...rows: readonly string[]): void {
  writeFileSync(path.join(folder, name), HEAD + rows.join(''));
}
const data = (...words: string[]): Promise<Ended> => orrery(['data', ...words], { cwd: folder, env: { ORRERY_DATA: 'store' } });

describe('data import', () => {
  it('stores files under the data root and says what is new', async () => {
    write('BTCUSDT-1h-2025-01.csv', candle(0, '101.5'), candle(1, '102.5'));
    const first = await data('import', 'BTCUSDT-1h-2025-01.csv', '--json');
    expect(first.code).toBe(0);
    expect(JSON.parse(first.stdout)).toEqual({
      schema: 'orrery.import/1',
      files: 1,
      rows: 2,
      datasets: [{ dataset: 'BTCUSDT/1h', rows: 2, added: 2, changed: true }],
      warnings: [],
    });
    expect(readdirSync(path.join(folder, 'store', 'binance-um', 'BTCUSDT', 'klines', '1h')).toSorted()).toEqual([
      '2025-01.arrow',
      'dataset.json',
    ]);
    const again = await data('import', 'BTCUSDT-1h-2025-01.csv');
    expect(again.stdout).toMatch(/BTCUSDT\/1h\s+2\s+0\s+had it all/);
  });
  it('takes symbol, interval and kind from flags where the name does not tell', async () => {
    write('prices.csv', candle(0, '101'));
    const { code, stdout } = await data(
      'import',
      'prices.csv',
      '--symbol',
      'ETHUSDT',
      '--interval',
      '1h',
      '--kind',
      'markPriceKlines',
      '--json',
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ datasets: [{ dataset: 'ETHUSDT/markPriceKlines/1h', rows: 1 }] });
  });
  it('shows a gap on stderr and in the document', async () => {
    write('GAPUSDT-1h-2025-01.csv', candle(0, '101'), candle(3, '102'));
    const { code, stdout, stderr } = await data('import', 'GAPUSDT-1h-2025-01.csv', '--json');
    expect(code).toBe(0);
    expect(stderr).toMatch(/^warning: GAPUSDT\/1h: 2 rows are missing in 1 gap, the first at 2025-01-01/);
    expect((JSON.parse(stdout) as { warnings: string[] }).warnings).toHaveLength(1);
  });
  it('ends with 2 and one line for a bad file, and stores nothing of it', async () => {
    write('BADUSDT-1h-2025-01.csv', candle(0, '101'), candle(1, '10x'));
    const { code, stdout, stderr } = await data('import', 'BADUSDT-1h-2025-01.csv');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^orrery: BADUSDT-1h-2025-01\.csv:3[^\n]*close[^\n]*\n$/);
    expect(existsSync(path.join(folder, 'store', 'binance-um', 'BADUSDT', 'klines', '1h', 'dataset.json'))).toBe(false);
  });
  it('refuses an interval that there is not', async () => {
    const { code, stderr } = await data('import', 'prices.csv', '--interval', '7m');
    expect(code).toBe(2);
    expect(stderr).toBe('orrery: --interval 7m: takes one of 1m, 3m, 5m, 15m, 30m, 1h, 2h, 4h, 6h, 8h, 12h, 1d, 3d, 1w\n');
  });
});
