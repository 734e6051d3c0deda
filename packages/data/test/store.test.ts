import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { importFiles, loadMarket, type ImportReport } from '../src/index.ts';
import { temporaryName } from '../src/store/commit.ts';
import { candle, candles, FIVE_MINUTES, HEADER, NEW_YEAR, snapshot, temporaryFolder, write } from './support.ts';

const NAME = 'BTCUSDT-5m-2025-01.csv';
const FOLDER = 'binance-um/BTCUSDT/klines/5m';
const at = (k: number): number => NEW_YEAR + k * FIVE_MINUTES;

function setUp(): { root: string; folder: string; load: (...files: string[]) => Promise<ImportReport> } {
  const folder = temporaryFolder();
  const root = join(folder, 'data');
  mkdirSync(root);
  return { root, folder, load: (...files) => importFiles({ root, files }) };
}
const readMonths = (root: string): string[] =>
  ['2025-01', '2025-02'].map((month) => readFileSync(join(root, FOLDER, `${month}.arrow`), 'base64'));
const manifestOf = (root: string): Record<string, unknown> => JSON.parse(readFileSync(join(root, FOLDER, 'dataset.json'), 'utf8'));

describe('importing', () => {
  it('stores the same bytes for .csv, .csv.gz and .zip, with and without header, in ms and µs', async () => {
    const lines = candles(NEW_YEAR, 400);
    const inMicroseconds = lines.map((line) => line.replaceAll(/(?<=^|,)(17\d{11})(?=,)/g, '$1000'));
    const variants: [string, Buffer][] = [
      [NAME, Buffer.from(`${[HEADER, ...lines].join('\n')}\n`)],
      [NAME, Buffer.from(lines.join('\r\n'))],
      [NAME, Buffer.from(`\uFEFF${[HEADER, ...inMicroseconds].join('\n')}`)],
      [`${NAME}.gz`, gzipSync(lines.join('\n'))],
      [NAME.replace('csv', 'zip'), Buffer.from(zipSync({ [NAME]: Buffer.from(`${lines.join('\n')}\n\n`) }))],
    ];
    const stored = new Set<string>();
    for (const [name, content] of variants) {
      const { root, folder, load } = setUp();
      writeFileSync(join(folder, name), content);
      expect((await load(join(folder, name))).rows).toBe(400);
      stored.add(snapshot(root)[`${FOLDER}/2025-01.arrow`]);
    }
    expect(stored.size).toBe(1);
  });

  it('records gaps, decimals and sources, and warns about gaps', async () => {
    const { root, folder, load } = setUp();
    const rows = [candle(at(0)), candle(at(1), { c: '100.55' }), candle(at(5)), candle(at(6), { v: '0.125' }), candle(at(8))];
    const report = await load(write(folder, NAME, rows));
    expect(report.warnings).toEqual(['BTCUSDT/5m: 4 rows are missing in 2 gaps, the first at 2025-01-01T00:10:00Z']);
    expect(manifestOf(root)).toMatchObject({
      rows: 5,
      first: at(0),
      last: at(8),
      priceDecimals: 2,
      volumeDecimals: 3,
      synthetic: null,
      gaps: [
        { from: at(2), to: at(4), missing: 3 },
        { from: at(7), to: at(7), missing: 1 },
      ],
      files: [{ name: '2025-01.arrow', rows: 5, sources: [{ name: NAME }] }],
    });
  });

  it('splits months, and finds the gap between them', async () => {
    const { root, folder, load } = setUp();
    const february = Date.UTC(2025, 1, 1);
    await load(write(folder, 'BTCUSDT-5m.csv', [...candles(february - 2 * FIVE_MINUTES, 2), candle(february + FIVE_MINUTES)]));
    expect(manifestOf(root)).toMatchObject({ rows: 3, gaps: [{ from: february, to: february, missing: 1 }] });
    await load(write(folder, 'BTCUSDT-5m-more.csv', [candle(february)]));
    expect(manifestOf(root)).toMatchObject({ rows: 4, gaps: [] });
    expect(readdirSync(join(root, FOLDER))).toEqual(['2025-01.arrow', '2025-02.arrow', 'dataset.json']);
  });

  it('is idempotent, and merges what overlaps equally', async () => {
    const { root, folder, load } = setUp();
    await load(write(folder, NAME, candles(NEW_YEAR, 6)));
    const before = snapshot(root);
    expect((await load(join(folder, NAME))).datasets).toMatchObject([{ added: 0, changed: false, rows: 6 }]);
    expect(snapshot(root)).toEqual(before);
    const more = [...candles(NEW_YEAR, 9).slice(4), candle(at(8), { v: '9' })];
    expect((await load(write(folder, 'BTCUSDT-5m-b.csv', more))).datasets).toMatchObject([{ added: 3, changed: true, rows: 9 }]);
  });

  it('refuses a different value for a stored time, naming both places, unless told to replace', async () => {
    const { root, folder, load } = setUp();
    const first = write(folder, NAME, candles(NEW_YEAR, 6));
    await load(first);
    const before = snapshot(root);
    const other = write(folder, 'BTCUSDT-5m-b.csv', [HEADER, candle(at(3), { v: '4' }), candle(at(4), { v: '5', c: '100.75' })]);
    const message = `${other}:3: close of 2025-01-01T00:20:00Z is 100.75, but the store (${join(root, FOLDER, '2025-01.arrow')}) has 100.5; find out which is right, then import it with --replace`;
    await expect(load(other)).rejects.toThrow(message);
    expect(snapshot(root)).toEqual(before);
    await importFiles({ root, files: [other], replace: true });
    const market = await loadMarket({ root, symbols: ['BTCUSDT'], interval: '5m' });
    expect([...market.tapes[0].close]).toEqual([100.5, 100.5, 100.5, 100.5, 100.75, 100.5]);
  });

  it('refuses two files of one call that contradict each other', async () => {
    const { root, folder, load } = setUp();
    const a = write(folder, 'BTCUSDT-5m-a.csv', candles(NEW_YEAR, 3));
    const b = write(folder, 'BTCUSDT-5m-b.csv', [candle(at(1), { v: '7' })]);
    await expect(load(a, b)).rejects.toThrow(`${b}:1: volume of 2025-01-01T00:05:00Z is 7, but ${a}:2 has 2`);
    expect(snapshot(root)).toEqual({});
  });

  it('ends with the same bytes however the rows are cut into files and in whatever order these come', async () => {
    const start = Date.UTC(2025, 0, 31, 23);
    const lines = candles(start, 30);
    const whole = setUp();
    await whole.load(write(whole.folder, 'BTCUSDT-5m.csv', lines));
    const wanted = readMonths(whole.root);
    const cuts = fc.array(fc.tuple(fc.nat(29), fc.nat(29)), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(cuts, async (pairs) => {
        const { root, folder, load } = setUp();
        const ranges = [...pairs.map(([a, b]) => [Math.min(a, b), Math.max(a, b) + 1]), [0, 12], [10, 30]];
        for (const [k, [from, to]] of ranges.entries()) await load(write(folder, `BTCUSDT-5m-${k}.csv`, lines.slice(from, to)));
        expect(readMonths(root)).toEqual(wanted);
      }),
      { numRuns: 15 },
    );
  });

  it('keeps the fuller of two rows when one source has six columns only, in either order', async () => {
    const [full, poor] = [candle(at(0), { rest: '1255.5,40,6.25,627.75' }), candle(at(0), { rest: '0,0,0,0' })];
    for (const lines of [
      [full, poor],
      [poor, full],
    ]) {
      const { root, folder, load } = setUp();
      await load(write(folder, 'BTCUSDT-5m-a.csv', [lines[0]]));
      await load(write(folder, 'BTCUSDT-5m-b.csv', [lines[1]]));
      const alone = setUp();
      await alone.load(write(alone.folder, 'BTCUSDT-5m-a.csv', [full]));
      expect(snapshot(root)[`${FOLDER}/2025-01.arrow`]).toBe(snapshot(alone.root)[`${FOLDER}/2025-01.arrow`]);
    }
  });

  it('takes funding stamps that differ by jitter for one funding, and keeps the stamp with the jitter', async () => {
    const { root, folder, load } = setUp();
    const funding = (name: string, ...stamps: number[]): string =>
      write(
        folder,
        name,
        stamps.map((stamp) => `${stamp},8,0.0001`),
      );
    await load(funding('BTCUSDT-fundingRate-a.csv', NEW_YEAR, NEW_YEAR + 28_800_000));
    const report = await load(funding('BTCUSDT-fundingRate-b.csv', NEW_YEAR + 7, NEW_YEAR + 28_800_015, NEW_YEAR + 3 * 28_800_000));
    expect(report.datasets).toMatchObject([{ rows: 3, added: 1 }]);
    expect(report.warnings).toEqual(['BTCUSDT/fundingRate: 1 row is missing in 1 gap, the first at 2025-01-01T16:00:00Z']);
    const manifest = JSON.parse(readFileSync(join(root, 'binance-um/BTCUSDT/fundingRate/dataset.json'), 'utf8'));
    expect(manifest.first).toBe(NEW_YEAR + 7);
  });
});

describe('a failure leaves the store as it was', () => {
  it.runIf(existsSync('/dev/full'))('when the disk is full (absent where there is no /dev/full)', async () => {
    const { root, folder, load } = setUp();
    await load(write(folder, NAME, candles(NEW_YEAR, 3)));
    // The next temporary files are links to the device that is always full: the kernel answers ENOSPC to real writes.
    const next = Number(/(\d+)$/.exec(temporaryName('x'))?.[1]);
    const before = snapshot(root);
    for (let n = next + 1; n < next + 9; n++) symlinkSync('/dev/full', join(root, FOLDER, `.tmp-${process.pid}-${hostname()}-${n}`));
    await expect(load(write(folder, 'BTCUSDT-5m-b.csv', candles(at(3), 3)))).rejects.toThrow(/ENOSPC/);
    expect(snapshot(root)).toEqual(before);
  });

  it('when it is cancelled between files', async () => {
    const { root, folder, load } = setUp();
    await load(write(folder, NAME, candles(NEW_YEAR, 3)));
    const before = snapshot(root);
    const abort = new AbortController();
    const files = [1, 2, 3].map((k) => write(folder, `S${k}USDT-5m.csv`, candles(NEW_YEAR, 3)));
    const onProgress = ({ files: done }: { files: number }): void => (done === 2 ? abort.abort() : undefined);
    await expect(importFiles({ root, files, signal: abort.signal, onProgress })).rejects.toThrow(/abort/);
    expect(snapshot(root)).toEqual(before);
  });

  it('and a commit whose process died half way is finished by the next reader; leftovers go', async () => {
    const { root, folder, load } = setUp();
    await load(write(folder, NAME, candles(NEW_YEAR, 3)));
    const before = readFileSync(join(root, FOLDER, 'dataset.json'));
    // No process has this id: it lies above the largest that Linux gives out.
    const dead = `4194999-${hostname()}`;
    writeFileSync(join(root, FOLDER, `.tmp-${dead}-1`), before.toString().replace('"rows": 3', '"rows": 4'));
    const move = { temporary: `BTCUSDT/klines/5m/.tmp-${dead}-1`, final: 'BTCUSDT/klines/5m/dataset.json' };
    writeFileSync(join(root, 'binance-um', `.commit-${dead}-2.json`), JSON.stringify([move]));
    await loadMarket({ root, symbols: ['BTCUSDT'], interval: '5m' });
    expect(manifestOf(root)['rows']).toBe(4);
    writeFileSync(join(root, FOLDER, 'dataset.json'), before);
    writeFileSync(join(root, FOLDER, `.tmp-${dead}-3`), 'half a fi');
    await load(join(folder, NAME));
    expect(readdirSync(join(root, FOLDER))).toEqual(['2025-01.arrow', 'dataset.json']);
    expect(readdirSync(join(root, 'binance-um'))).toEqual(['BTCUSDT']);
  });
});

describe('two writers', () => {
  it('take turns, and lose nothing', async () => {
    const { root, folder, load } = setUp();
    const files = Array.from({ length: 6 }, (_, k) => write(folder, `BTCUSDT-5m-${k}.csv`, [candle(at(k))]));
    await Promise.all(files.map((file) => load(file)));
    expect(manifestOf(root)).toMatchObject({ rows: 6, gaps: [] });
  });
  it('a lock of a living process is respected, and one of a dead process is taken over', async () => {
    const { root, folder } = setUp();
    const lock = join(root, 'binance-um/BTCUSDT/.lock');
    mkdirSync(join(root, 'binance-um/BTCUSDT'), { recursive: true });
    writeFileSync(lock, `${process.ppid} ${hostname()}\n`);
    const files = [write(folder, NAME, candles(NEW_YEAR, 3))];
    await expect(importFiles({ root, files, lockWaitMs: 100 })).rejects.toThrow(
      `${lock}: another process (${process.ppid} ${hostname()}) is writing BTCUSDT`,
    );
    writeFileSync(lock, `4194999 ${hostname()}\n`);
    expect((await importFiles({ root, files, lockWaitMs: 100 })).rows).toBe(3);
  });
});
