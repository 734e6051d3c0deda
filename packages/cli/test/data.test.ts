import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
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
    expect(stderr).toBe('orrery: --interval 7m: takes one of 1s, 1m, 3m, 5m, 15m, 30m, 1h, 2h, 4h, 6h, 8h, 12h, 1d, 3d, 1w\n');
  });
});

describe('data filters and data brackets', () => {
  const KEYS = { BINANCE_API_KEY: 'cli-key', BINANCE_API_SECRET: 'cli-secret' };
  const asked: { readonly path: string; readonly key: string | undefined }[] = [];
  const answers: Readonly<Record<string, unknown>> = {
    '/fapi/v1/time': { serverTime: START },
    '/fapi/v1/leverageBracket': [
      { symbol: 'AUSDT', brackets: [{ initialLeverage: 20, notionalCap: 5000, notionalFloor: 0, maintMarginRatio: 0.02 }] },
    ],
    '/fapi/v1/exchangeInfo': { serverTime: START, symbols: [] },
  };
  const server = createServer((request, response) => {
    const [name = ''] = (request.url ?? '').split('?');
    asked.push({ path: name, key: request.headers['x-mbx-apikey']?.toString() });
    response.end(JSON.stringify(answers[name] ?? {}));
  });
  let url = '';
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());

  it('writes the brackets that a key is told, and says where to', async () => {
    const words = ['data', 'brackets', '--rest-url', url, '--data', 'tables', '--json'];
    const { code, stdout, stderr } = await orrery(words, { cwd: folder, env: KEYS });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const file = path.join(folder, 'tables', 'binance-um', 'brackets-2025-01-01.json');
    expect(JSON.parse(stdout)).toMatchObject({ schema: 'orrery.venue-table/1', kind: 'brackets', time: START, symbols: 1 });
    expect(readFileSync(file, 'utf8')).toContain('"AUSDT": {"rows":[["0","0.02",20]],"cap":"5000"}');
    expect(asked).toContainEqual({ path: '/fapi/v1/leverageBracket', key: 'cli-key' });
    expect(stdout + stderr + readFileSync(file, 'utf8')).not.toMatch(/cli-key|cli-secret/);
  });
  it('asks for a key before it asks the venue', async () => {
    const { code, stderr } = await orrery(['data', 'brackets', '--rest-url', 'http://127.0.0.1:9'], { cwd: folder });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'orrery: the venue tells leverage brackets to keys only: set BINANCE_API_KEY and BINANCE_API_SECRET, or give --keys FILE\n',
    });
  });
  it('refuses an answer without filters in one line, and writes nothing', async () => {
    const { code, stderr } = await orrery(['data', 'filters', '--rest-url', url, '--data', 'none'], { cwd: folder });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^orrery: exchangeInfo: field symbols: [^\n]*; give the whole answer of the endpoint\n$/);
    expect(existsSync(path.join(folder, 'none', 'binance-um', 'filters-2025-01-01.json'))).toBe(false);
    expect(asked).toContainEqual({ path: '/fapi/v1/exchangeInfo', key: undefined });
  });
});

// Each of these builds on the market that the first one makes.
describe('data synth, list, verify and export', { shuffle: false }, () => {
  const made = (...words: string[]): Promise<Ended> => orrery(['data', ...words, '--data', 'made'], { cwd: folder });

  it('make up a market, list it as synthetic, and find it sound', async () => {
    const { code, stdout } = await made('synth', '--symbols', 'AUSDT,BUSDT', '--interval', '1h', '--days', '3', '--seed', '7', '--json');
    expect(code).toBe(0);
    // Three days are 72 hours and nine fundings of eight hours.
    expect((JSON.parse(stdout) as { datasets: unknown }).datasets).toEqual([
      { dataset: 'AUSDT/1h', rows: 72, changed: true },
      { dataset: 'AUSDT/fundingRate', rows: 9, changed: true },
      { dataset: 'BUSDT/1h', rows: 72, changed: true },
      { dataset: 'BUSDT/fundingRate', rows: 9, changed: true },
    ]);
    const listed = JSON.parse((await made('list', '--json')).stdout) as { datasets: readonly { dataset: string }[] };
    expect(listed.datasets.find(({ dataset }) => dataset === 'AUSDT/1h')).toEqual({
      dataset: 'AUSDT/1h',
      rows: 72,
      first: START,
      last: START + 71 * HOUR,
      gaps: 0,
      missing: 0,
      synthetic: true,
    });
    const verified = await made('verify', 'AUSDT/1h', 'BUSDT/fundingRate', '--json');
    expect(verified.code).toBe(0);
    expect(JSON.parse(verified.stdout)).toMatchObject({
      ok: true,
      datasets: [
        { dataset: 'AUSDT/1h', rows: 72 },
        { dataset: 'BUSDT/fundingRate', rows: 9 },
      ],
    });
  });
  it('export the rows of a day in the layout of the archive', async () => {
    const { code, stdout } = await made('export', 'AUSDT/1h', '--from', '2025-01-02', '--to', '2025-01-02', '--out', 'day.csv', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ schema: 'orrery.export/1', dataset: 'AUSDT/1h', format: 'csv', rows: 24 });
    const lines = readFileSync(path.join(folder, 'day.csv'), 'utf8').trim().split('\n');
    expect([lines.length, `${lines[0]}\n`, lines[1]!.split(',')[0]]).toEqual([25, HEAD, String(START + 24 * HOUR)]);
  });
  it('find a changed byte, and end with 1', async () => {
    const file = path.join(folder, 'made', 'binance-um', 'BUSDT', 'klines', '1h', '2025-01.arrow');
    const bytes = readFileSync(file);
    bytes[2000] = bytes[2000]! ^ 1;
    writeFileSync(file, bytes);
    const { code, stdout } = await made('verify', 'BUSDT/1h');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^error: .*2025-01\.arrow.*sha-256/);
  });
  it('refuse to verify nothing, and a dataset that has no such name', async () => {
    const empty = await orrery(['data', 'verify', '--data', 'empty'], { cwd: folder });
    expect(empty.code).toBe(2);
    expect(empty.stderr).toMatch(/^orrery: no datasets under .*empty: name another data root with --data or ORRERY_DATA\n$/);
    expect((await made('export', 'AUSDT', '--out', 'x.csv')).code).toBe(2);
  });
});

describe('data download', () => {
  it('refuses a range that is none before it asks anybody', async () => {
    const words = [
      'download',
      '--symbols',
      'BTCUSDT',
      '--interval',
      '1h',
      '--base-url',
      'http://127.0.0.1:1',
      '--rest-url',
      'http://127.0.0.1:1',
    ];
    const { code, stderr } = await data(...words, '--from', '2025-03', '--to', '2025-01');
    expect(code).toBe(2);
    expect(stderr).toBe('orrery: from 2025-03 lies after to 2025-01; swap them\n');
    expect((await data(...words, '--from', '2025-01')).stderr).toBe('orrery: --to is missing: see orrery download --help\n');
  });
});
