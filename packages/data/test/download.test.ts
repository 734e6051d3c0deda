import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { download, loadMarket, parseDatasetName, type DownloadOptions, type DownloadProgress } from '../src/index.ts';
import { fetchArchive } from '../src/download/archive.ts';
import { addFile, daily, hours, monthly, startServer, type ArchiveServer } from './archive-server.ts';
import { snapshot, temporaryFolder } from './support.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const JANUARY = Date.UTC(2025, 0, 1);
const FEBRUARY = Date.UTC(2025, 1, 1);
const MARCH = Date.UTC(2025, 2, 1);
const ZIP = monthly('BTCUSDT', '2025-01');

async function setUp(
  lines: readonly string[] | null = hours(JANUARY, FEBRUARY),
): Promise<{ server: ArchiveServer; root: string; run: (more?: Partial<DownloadOptions>) => ReturnType<typeof download> }> {
  const server = await startServer();
  const root = join(temporaryFolder(), 'data');
  if (lines !== null) addFile(server, ZIP, lines);
  const run = (more: Partial<DownloadOptions> = {}): ReturnType<typeof download> =>
    download({
      root,
      symbols: ['BTCUSDT'],
      kinds: ['klines'],
      interval: '1h',
      from: JANUARY,
      to: FEBRUARY,
      baseUrl: server.url,
      restUrl: server.url,
      retries: 3,
      backoffMs: 1,
      idleTimeoutMs: 300,
      ...more,
    });
  return { server, root, run };
}
const rowsIn = async (root: string): Promise<number> => (await loadMarket({ root, symbols: ['BTCUSDT'], interval: '1h' })).tapes[0].length;

describe('downloading', () => {
  it('takes whole months from monthly files, and asks for nothing again that is there', async () => {
    const { server, root, run } = await setUp();
    addFile(server, monthly('BTCUSDT', '2025-02'), hours(FEBRUARY, MARCH));
    const steps: DownloadProgress[] = [];
    const report = await run({ to: MARCH, onProgress: (step) => steps.push(step) });
    expect(report).toMatchObject({ datasets: [{ rows: 1416, added: 1416 }], warnings: [] });
    expect(steps.at(-1)).toMatchObject({ files: 2, filesTotal: 2, rows: 1416, doneBytes: report.doneBytes });
    expect([...server.asked].sort()).toEqual(
      [ZIP, `${ZIP}.CHECKSUM`, monthly('BTCUSDT', '2025-02'), `${monthly('BTCUSDT', '2025-02')}.CHECKSUM`].sort(),
    );
    const before = snapshot(root);
    server.asked.length = 0;
    expect((await run({ to: MARCH })).datasets).toMatchObject([{ rows: 1416, added: 0 }]);
    expect(server.asked).toEqual([]);
    expect(snapshot(root)).toEqual(before);
    expect(readdirSync(join(root, '.cache'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())).toEqual([]);
  });

  it('fills a monthly file that is short from daily files, then from REST', async () => {
    const holes = hours(JANUARY, FEBRUARY).filter((_, k) => ![16, 19, 21].includes(Math.floor(k / 24)));
    const { server, root, run } = await setUp(holes);
    addFile(server, daily('BTCUSDT', '2025-01-17'), hours(JANUARY + 16 * DAY, JANUARY + 17 * DAY));
    addFile(server, daily('BTCUSDT', '2025-01-20'), hours(JANUARY + 19 * DAY, JANUARY + 20 * DAY));
    expect((await run()).warnings).toEqual([]);
    expect(await rowsIn(root)).toBe(744);
    expect(server.asked.filter((path) => path === '/fapi/v1/klines')).toHaveLength(1);
    const { tapes } = await loadMarket({ root, symbols: ['BTCUSDT'], interval: '1h' });
    expect([...tapes[0].open]).toEqual(Array.from({ length: 744 }, (_, k) => 100 + ((JANUARY / HOUR + k) % 50)));
  });

  it('takes days of a month that has no monthly file yet, and REST for today without the open candle', async () => {
    const { server, root, run } = await setUp(null);
    server.serverTime = FEBRUARY + 2 * DAY + 5 * HOUR + 1000;
    addFile(server, daily('BTCUSDT', '2025-02-01'), hours(FEBRUARY, FEBRUARY + DAY));
    addFile(server, daily('BTCUSDT', '2025-02-02'), hours(FEBRUARY + DAY, FEBRUARY + 2 * DAY));
    await run({ from: FEBRUARY, to: FEBRUARY + 3 * DAY });
    expect(await rowsIn(root)).toBe(53);
  });

  it('takes funding by the month, and the newest from REST', async () => {
    const { server, root, run } = await setUp();
    const funding = Array.from({ length: 93 }, (_, k) => `${JANUARY + k * 8 * HOUR + 2},8,0.00010000`);
    addFile(server, '/data/futures/um/monthly/fundingRate/BTCUSDT/BTCUSDT-fundingRate-2025-01.zip', funding);
    addFile(server, monthly('BTCUSDT', '2025-02'), hours(FEBRUARY, MARCH));
    const report = await run({ kinds: ['klines', 'fundingRate'], to: MARCH });
    expect(report.datasets.map(({ rows }) => rows)).toEqual([1416, 177]);
    const market = await loadMarket({ root, symbols: ['BTCUSDT'], interval: '1h' });
    expect([...market.funding[0].times]).toEqual(Array.from({ length: 177 }, (_, k) => JANUARY + k * 8 * HOUR));
    expect(market.warnings.filter((line) => line.includes('funding'))).toEqual([]);
  });

  it('says so when nothing is there, and tells an unknown symbol', async () => {
    const { server, run } = await setUp(null);
    server.serverTime = JANUARY;
    await expect(run()).rejects.toThrow(
      'BTCUSDT/1h: neither archive nor API has rows from 2025-01-01T00:00:00Z to 2025-02-01T00:00:00Z; check symbol and times',
    );
    server.serverTime = MARCH;
    server.fault = (path, response) =>
      path === '/fapi/v1/klines' && !!response.writeHead(400).end('{"code":-1121,"msg":"Invalid symbol."}');
    await expect(run({ symbols: ['NOPEUSDT'] })).rejects.toThrow('NOPEUSDT: the venue knows no such symbol; check the name');
  });
});

describe('a bad network', () => {
  it('500, cut transfers, silence and 429 are tried again', async () => {
    const { server, root, run } = await setUp();
    const zip = server.files.get(ZIP) ?? new Uint8Array();
    server.fault = (path, response, nth) => {
      if (path === `${ZIP}.CHECKSUM` && nth === 1) return !!response.writeHead(500).end('oops');
      if (path === `${ZIP}.CHECKSUM` && nth === 2) return !!response.writeHead(429, { 'retry-after': '0' }).end();
      if (path !== ZIP) return false;
      if (nth === 1) {
        response.writeHead(200, { 'content-length': zip.length });
        response.write(zip.subarray(0, 100), () => response.destroy());
        return true;
      }
      // Headers, some bytes, then nothing for longer than the idle timeout.
      if (nth === 2) return response.writeHead(200, { 'content-length': zip.length }).write(zip.subarray(0, 100)) || true;
      return false;
    };
    await run();
    expect(await rowsIn(root)).toBe(744);
    expect(server.asked.filter((path) => path === ZIP)).toHaveLength(3);
  });

  it('waits as long as Retry-After says', async () => {
    const { server, run } = await setUp();
    const times: number[] = [];
    server.fault = (path, response, nth) => {
      if (path === `${ZIP}.CHECKSUM`) times.push(Date.now());
      return path === `${ZIP}.CHECKSUM` && nth === 1 && !!response.writeHead(429, { 'retry-after': '1' }).end();
    };
    await run();
    expect(times[1] - times[0]).toBeGreaterThanOrEqual(990);
  });

  it('a file that never has its checksum is not stored', async () => {
    const { server, root, run } = await setUp();
    server.files.set(`${ZIP}.CHECKSUM`, new TextEncoder().encode(`${'0'.repeat(64)}  x.zip\n`));
    await expect(run()).rejects.toThrow(/sha-256 is [0-9a-f]{64}, but \.CHECKSUM says 0{64}, after 4 tries; nothing of it is stored/);
    expect(existsSync(root) ? snapshot(root) : {}).toEqual({});
  });

  it('gives up in the end, with the reason; 451 at once, with the cause', async () => {
    const { server, run } = await setUp();
    server.fault = (_, response) => !!response.writeHead(503).end();
    await expect(run()).rejects.toThrow(`${server.url}${ZIP}.CHECKSUM: gave up after 4 tries: the server answered 503; try again later`);
    server.asked.length = 0;
    server.fault = (_, response) => !!response.writeHead(451).end();
    await expect(run()).rejects.toThrow(
      'not served to your region (HTTP 451); download from another network, or import archive files that you have',
    );
    expect(server.asked).toHaveLength(1);
  });

  it('goes on after a failure: what was stored is not fetched again', async () => {
    const { server, root, run } = await setUp();
    server.fault = (path, response) => path.includes('2025-02') && !!response.writeHead(400).end('no');
    await expect(run({ to: MARCH, concurrency: 1 })).rejects.toThrow('the server answered 400 (no)');
    expect(await rowsIn(root)).toBe(744);
    addFile(server, monthly('BTCUSDT', '2025-02'), hours(FEBRUARY, MARCH));
    server.fault = () => false;
    server.asked.length = 0;
    await run({ to: MARCH });
    expect(await rowsIn(root)).toBe(1416);
    expect(server.asked.filter((path) => path.includes('2025-01'))).toEqual([]);
  });

  it('a cached file is used when it has the checksum of the archive, and fetched again when not', async () => {
    const { server, root } = await setUp();
    const http = { retries: 0, backoffMs: 1, idleTimeoutMs: 300 };
    const fetchOnce = (): Promise<unknown> => fetchArchive(server.url, root, parseDatasetName('BTCUSDT/1h'), '2025-01', http);
    await fetchOnce();
    await fetchOnce();
    expect(server.asked).toEqual([`${ZIP}.CHECKSUM`, ZIP, `${ZIP}.CHECKSUM`]);
    writeFileSync(join(root, ZIP), 'half a zip');
    await fetchOnce();
    expect(server.asked.slice(3)).toEqual([`${ZIP}.CHECKSUM`, ZIP]);
    expect(readFileSync(join(root, ZIP)).equals(server.files.get(ZIP) ?? Buffer.of())).toBe(true);
  });

  it('can be cancelled in the middle of a transfer, and leaves the store as it was', async () => {
    const { server, root, run } = await setUp();
    const abort = new AbortController();
    server.fault = (path, response) => {
      if (path !== ZIP) return false;
      response.writeHead(200).write('PK');
      setTimeout(() => abort.abort(), 30);
      return true;
    };
    await expect(run({ signal: abort.signal, idleTimeoutMs: 10_000 })).rejects.toThrow(/abort/);
    expect(existsSync(root) ? snapshot(root) : {}).toEqual({});
  });
});
