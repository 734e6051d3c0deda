import fc from 'fast-check';
import { parquetReadObjects } from 'hyparquet';
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { tableFromIPC } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { exportDataset, importFiles, listDatasets, parseDatasetName, verifyDataset, type ExportFormat } from '../src/index.ts';
import { createRows, KLINES } from '../src/dataset/rows.ts';
import { decimalText } from '../src/export/decimal-text.ts';
import { checkRows } from '../src/verify/check-rows.ts';
import { candle, candles, FIVE_MINUTES, HEADER, NEW_YEAR, temporaryFolder, write } from './support.ts';

const KEY = parseDatasetName('BTCUSDT/5m');
const at = (k: number): number => NEW_YEAR + k * FIVE_MINUTES;

async function store(lines: readonly string[]): Promise<{ folder: string; root: string; data: string }> {
  const folder = temporaryFolder();
  const root = join(folder, 'data');
  await importFiles({ root, files: [write(folder, 'BTCUSDT-5m-2025-01.csv', lines)] });
  return { folder, root, data: join(root, 'binance-um/BTCUSDT/klines/5m') };
}

describe('verifying', () => {
  it('a sound dataset has no errors; gaps and quiet stretches are told', async () => {
    const quiet = Array.from({ length: 14 }, (_, k) => candle(at(10 + k), { v: '0', rest: '0,0,0,0' }));
    const { root, data } = await store([...candles(NEW_YEAR, 8), ...quiet]);
    const report = await verifyDataset(root, KEY);
    expect(report).toMatchObject({ rows: 22, files: 1 });
    expect(report.problems).toEqual([
      {
        severity: 'info',
        code: 'no-volume',
        file: join(data, '2025-01.arrow'),
        time: at(10),
        message: '14 candles without volume from 2025-01-01T00:50:00Z',
      },
      {
        severity: 'warning',
        code: 'gap',
        file: join(data, 'dataset.json'),
        time: at(8),
        message: '2 rows missing from 2025-01-01T00:40:00Z',
      },
    ]);
  });

  it.each<[string, (data: string) => void, string]>([
    ['a changed byte', (data) => flip(join(data, '2025-01.arrow')), 'hash'],
    ['a file that is gone', (data) => rmSync(join(data, '2025-01.arrow')), 'missing-file'],
    ['a file cut to nothing', (data) => writeFileSync(join(data, '2025-01.arrow'), 'ARROW1'), 'unreadable'],
    ['a stray file', (data) => writeFileSync(join(data, '2025-02.arrow'), ''), 'stray-file'],
    ['a manifest with another count', (data) => edit(join(data, 'dataset.json'), '"rows": 8', '"rows": 9'), 'rows'],
    ['a manifest that is no JSON', (data) => appendFileSync(join(data, 'dataset.json'), '}'), 'manifest'],
    ['a manifest with a field of the wrong kind', (data) => edit(join(data, 'dataset.json'), '"rows": 8', '"rows": "8"'), 'manifest'],
  ])('finds %s', async (_, damage, code) => {
    const { root, data } = await store(candles(NEW_YEAR, 8));
    damage(data);
    expect((await verifyDataset(root, KEY)).problems.map((problem) => problem.code)).toContain(code);
  });

  it('finds rows that the importer would not have let in', () => {
    const rows = createRows(KLINES, 5);
    rows.length = 5;
    rows.time.set([at(0), at(2), at(1), at(1), at(3) + 1]);
    for (const [c, value] of [100, 101, 99, 100].entries()) rows.columns[c].fill(value);
    rows.columns[1][4] = 98;
    const problems = checkRows(KEY, 'f.arrow', rows).map(({ code, time }) => [code, time]);
    expect(problems).toEqual([
      ['order', at(1)],
      ['duplicate', at(1)],
      ['off-grid', at(3) + 1],
      ['prices', at(3) + 1],
    ]);
  });

  it('lists what is there', async () => {
    const { root } = await store(candles(NEW_YEAR, 8));
    expect((await listDatasets(root)).map(({ key, manifest }) => [key, manifest.rows])).toEqual([[KEY, 8]]);
    expect(await listDatasets(join(root, 'none'))).toEqual([]);
    await expect(verifyDataset(root, parseDatasetName('ETHUSDT/5m'))).rejects.toThrow('ETHUSDT/5m: not in the store');
  });
});

describe('exporting', () => {
  const exported = async (root: string, format: ExportFormat, range: { from?: number; to?: number } = {}): Promise<Buffer> => {
    const out = join(temporaryFolder(), `out.${format}`);
    const report = await exportDataset({ root, key: KEY, format, out, ...range });
    const bytes = readFileSync(out);
    expect(report.bytes).toBe(bytes.length);
    return bytes;
  };

  it('CSV is the layout of the archive, and imports to the same store again', async () => {
    const lines = [candle(at(0)), candle(at(1), { o: '100.1', v: '0.00000012', rest: '1255.5,40,0.00000006,627.75' })];
    const { root } = await store(lines);
    const csv = (await exported(root, 'csv')).toString();
    expect(csv).toBe(`${[HEADER, ...lines].join('\n')}\n`);
    expect((await exported(root, 'csv', { from: at(1) })).toString()).toBe(`${HEADER}\n${lines[1]}\n`);
  });

  it('Arrow and Parquet hold the same columns, the same bytes each time', async () => {
    const { root } = await store(candles(NEW_YEAR, 300));
    const [arrow, parquet] = [await exported(root, 'arrow'), await exported(root, 'parquet')];
    expect(arrow.equals(await exported(root, 'arrow'))).toBe(true);
    expect(parquet.equals(await exported(root, 'parquet'))).toBe(true);
    const table = tableFromIPC(arrow);
    expect([table.numRows, table.schema.fields.map(({ name }) => name)]).toEqual([
      300,
      ['open_time', 'open', 'high', 'low', 'close', 'volume', 'quote_volume', 'count', 'taker_buy_volume', 'taker_buy_quote_volume'],
    ]);
    const file = parquet.buffer.slice(parquet.byteOffset, parquet.byteOffset + parquet.length) as ArrayBuffer;
    const rows = await parquetReadObjects({ file });
    expect(rows).toHaveLength(300);
    expect(rows[299]).toEqual({
      open_time: new Date(at(299)),
      open: 100.1,
      high: 101,
      low: 99.5,
      close: 100.5,
      volume: 300,
      quote_volume: 1255.5,
      count: 40,
      taker_buy_volume: 6.25,
      taker_buy_quote_volume: 627.75,
    });
  });

  it('leaves the old file alone when it cannot write a new one', async () => {
    const { root } = await store(candles(NEW_YEAR, 8));
    const folder = temporaryFolder();
    const out = join(folder, 'out.csv');
    writeFileSync(out, 'old');
    await expect(exportDataset({ root, key: KEY, format: 'csv', out, signal: AbortSignal.abort() })).rejects.toThrow(/abort/);
    await expect(exportDataset({ root, key: KEY, format: 'csv', out, from: at(99) })).rejects.toThrow('BTCUSDT/5m: no rows in the range');
    await expect(exportDataset({ root, key: KEY, format: 'csv', out: join(folder, 'none', 'out.csv') })).rejects.toThrow(
      'its folder does not exist',
    );
    expect(readFileSync(out, 'utf8')).toBe('old');
  });

  it('numbers have no exponent and read back as themselves', () => {
    expect([1e-7, 1.25e-8, 1e21, 1.5e22, -2e-7, 0.1, 100].map(decimalText)).toEqual([
      '0.0000001',
      '0.0000000125',
      '1000000000000000000000',
      '15000000000000000000000',
      '-0.0000002',
      '0.1',
      '100',
    ]);
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e30, max: 1e30 }), (value) => {
        const text = decimalText(value);
        expect(text).toMatch(/^-?\d+(\.\d+)?$/);
        expect(Number(text)).toBe(Number(`${value}`));
      }),
    );
  });
});

const REAL = resolve(process.env['ORRERY_REAL_DATA'] ?? '../shared/data', '01-vision-um-5m-2025/BTCUSDT-5m-2025-01.csv.gz');
describe.runIf(existsSync(REAL))(`a real month (absent here when this is not run: ${REAL})`, () => {
  it('comes out of the store as the archive wrote it, but for trailing zeros', async () => {
    const root = temporaryFolder();
    await importFiles({ root, files: [REAL] });
    const out = join(root, 'out.csv');
    await exportDataset({ root, key: KEY, format: 'csv', out });
    const numbers = (text: string): string[] =>
      text
        .trim()
        .split('\n')
        .map((line) => line.replaceAll(/(\.\d*?)0+(?=,|$)/g, '$1').replaceAll(/\.(?=,|$)/g, ''));
    const archive = numbers(gunzipSync(readFileSync(REAL)).toString());
    const mine = numbers(readFileSync(out, 'utf8'));
    expect(mine.length).toBe(8929);
    expect(mine.filter((line, l) => line !== archive[l])).toEqual([]);
  });
});

function flip(path: string): void {
  const bytes = readFileSync(path);
  bytes[bytes.length >> 1] ^= 1;
  writeFileSync(path, bytes);
}
function edit(path: string, from: string, to: string): void {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));
}
