import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PACKAGE } from './program.ts';
import { BACKTEST, createWorkshop, fingerprint, klines, strategyText, swings, type Workshop } from './workshop.ts';

const isRoot = process.getuid?.() === 0;
const LAUNCHER = path.join(PACKAGE, 'bin', 'orrery.mjs');
/** Symbols whose import takes long enough to be interrupted. */
const SYMBOLS = Array.from({ length: 20 }, (_, k) => `S${k}USDT`);

let shop: Workshop;
let files: readonly string[] = [];
beforeAll(async () => {
  shop = createWorkshop('failure');
  shop.write('BTCUSDT-5m-2025-01.csv', klines(swings(4000)));
  await shop.done('data', 'import', 'BTCUSDT-5m-2025-01.csv');
  await shop.done(...BACKTEST);
  const text = klines(swings(4000));
  files = SYMBOLS.map((symbol) => shop.write(`many/${symbol}-5m-2025-01.csv`, text));
});
afterAll(() => rmSync(shop.folder, { recursive: true }));

interface Stopped {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stderr: string;
}

/** Sends a signal as soon as `when` holds, and waits for the end. */
function stopped(words: readonly string[], signal: NodeJS.Signals, when: () => boolean): Promise<Stopped> {
  const child = spawn(process.execPath, [LAUNCHER, ...words], {
    cwd: shop.folder,
    env: { ...process.env, ORRERY_DATA: shop.store, ORRERY_RUNS: shop.runs },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
  const timer = setInterval(() => {
    if (!when()) return;
    clearInterval(timer);
    child.kill(signal);
  }, 2);
  return new Promise((resolve) =>
    child.on('close', (code, by) => {
      clearInterval(timer);
      resolve({ code, signal: by, stderr });
    }),
  );
}
/** Temporary files of the import are there: it is in the middle of its work. */
function isStaging(): boolean {
  const folder = path.join(shop.store, 'binance-um', 'S3USDT', 'klines', '5m');
  return existsSync(folder) && readdirSync(folder).length > 0;
}
function leftovers(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => path.basename(name).startsWith('.'));
}

describe('an import that is stopped', () => {
  it('by Ctrl-C leaves the store as it was', async () => {
    const before = fingerprint(shop.store);
    const { code, stderr } = await stopped(['data', 'import', ...files], 'SIGINT', isStaging);
    expect(code).toBe(130);
    expect(stderr).toMatch(/orrery: stopping; press Ctrl-C again to stop at once\n(?:.*\n)?orrery: interrupted\n$/);
    expect(fingerprint(shop.store)).toBe(before);
  });
  it('by SIGKILL leaves a store that works, and the next import mends it', async () => {
    expect((await stopped(['data', 'import', ...files], 'SIGKILL', isStaging)).signal).toBe('SIGKILL');
    const backtest = await shop.run(...BACKTEST);
    expect(backtest.code).toBe(0);
    const again = await shop.run('data', 'import', ...files, '--json');
    expect(again.code).toBe(0);
    expect(JSON.parse(again.stdout)).toMatchObject({ files: SYMBOLS.length, rows: SYMBOLS.length * 4000 });
    expect(leftovers(shop.store)).toEqual([]);
    rmSync(path.join(shop.store, 'binance-um'), { recursive: true });
    expect((await shop.run('data', 'import', 'BTCUSDT-5m-2025-01.csv')).code).toBe(0);
  });
  it('does not mind another one of the same files at the same time', async () => {
    const store = path.join(shop.folder, 'shared store');
    const words = ['data', 'import', ...files.slice(0, 10), '--data', store, '--json'];
    const both = await Promise.all([shop.run(...words), shop.run(...words)]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    const added = both.map(({ stdout }) =>
      (JSON.parse(stdout) as { datasets: { added: number }[] }).datasets.reduce((n, d) => n + d.added, 0),
    );
    expect(added.toSorted((a, b) => a - b)).toEqual([0, 40_000]);
    expect(leftovers(store)).toEqual([]);
  });
});

describe('a backtest that is stopped', () => {
  it('by Ctrl-C leaves the runs as they were, and a killed one is cleared away by the next', async () => {
    // Slow enough to be caught at work, wherever it runs.
    shop.write(
      'slow.ts',
      strategyText('slow', 'for (let k = 0, x = 0; k < 200_000; k += 1) x += features.mean; if (candle.close() < 0) desk.target(1);'),
    );
    const words = ['backtest', '--strategy', './slow.ts', ...BACKTEST.slice(3), '--journal', 'full'];
    const isWriting = (): boolean => leftovers(shop.runs).length > 0;
    const before = fingerprint(shop.runs);
    const interrupted = await stopped(words, 'SIGINT', isWriting);
    expect(interrupted.code).toBe(130);
    expect(interrupted.stderr).toContain('orrery: interrupted\n');
    expect(fingerprint(shop.runs)).toBe(before);
    expect((await stopped(words, 'SIGKILL', isWriting)).signal).toBe('SIGKILL');
    expect(leftovers(shop.runs)).not.toEqual([]);
    expect((await shop.run('runs', 'list')).code).toBe(0);
    expect((await shop.run(...BACKTEST)).code).toBe(0);
    expect(leftovers(shop.runs)).toEqual([]);
  });
});

describe('output that cannot be written', () => {
  it.runIf(existsSync('/dev/full'))(
    'a report on a full device is one line, and the device stays one (left out where there is no /dev/full)',
    async () => {
      const { code, stderr } = await shop.run(...BACKTEST, '--report', '/dev/full');
      expect(code).toBe(1);
      expect(stderr).toBe('orrery: write: no space is left on the disk; free some, then run it again (ENOSPC)\n');
      expect(statSync('/dev/full').isCharacterDevice()).toBe(true);
    },
  );
  it.runIf(existsSync('/dev/full'))('a document on a full device is one line as well (left out where there is no /dev/full)', () => {
    const { status, stderr } = spawnSync('bash', ['-c', '"$0" "$1" runs list --json > /dev/full', process.execPath, LAUNCHER], {
      cwd: shop.folder,
      encoding: 'utf8',
      env: { ...process.env, ORRERY_RUNS: shop.runs },
    });
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: 'orrery: write: no space is left on the disk; free some, then run it again (ENOSPC)\n',
    });
  });
  it('ends quietly when the reader of a long document has seen enough', () => {
    const words = [LAUNCHER, ...BACKTEST, '--json'].map((word) => `'${word}'`).join(' ');
    const script = `'${process.execPath}' ${words} | head -n 1; echo "\${PIPESTATUS[0]}"`;
    const { stdout, stderr } = spawnSync('bash', ['-c', script], {
      cwd: shop.folder,
      encoding: 'utf8',
      env: { ...process.env, ORRERY_DATA: shop.store, ORRERY_RUNS: shop.runs },
    });
    expect({ stdout, stderr }).toEqual({ stdout: '{\n0\n', stderr: '' });
  });
  it.runIf(!isRoot)('a data root without the right to write (left out for root, who may everything)', async () => {
    const root = path.join(shop.folder, 'locked');
    mkdirSync(root);
    chmodSync(root, 0o500);
    const { code, stderr } = await shop.run('data', 'import', 'BTCUSDT-5m-2025-01.csv', '--data', root);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^orrery: .*locked.*: this user may not; change its permissions, or name another place \(EACCES\)\n$/);
  });
});

/** Enough columns to fill a small disk. */
const FEATURES = Array.from({ length: 9 }, (_, k) => `ema(close,${k + 7})`);

/** Mounts a small file system, or says that it may not. */
function mounted(folder: string, options: string): boolean {
  mkdirSync(folder, { recursive: true });
  return isRoot && spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]).status === 0;
}
const probe = path.join(os.tmpdir(), `orrery-mount-${process.pid}`);
const mayMount = mounted(probe, 'size=64k');
if (mayMount) spawnSync('umount', [probe]);
rmSync(probe, { recursive: true, force: true });

describe.runIf(mayMount)('a disk that is full or read-only (left out where nothing may be mounted)', () => {
  it('takes no half of an import, of a run or of a file', async () => {
    const small = path.join(shop.folder, 'small');
    expect(mounted(small, 'size=120k')).toBe(true);
    try {
      const full = /^orrery: \S+: no space is left on the disk; free some, then run it again \(ENOSPC\)\n$/;
      for (const words of [
        ['data', 'import', 'BTCUSDT-5m-2025-01.csv', '--data', small],
        [...BACKTEST, '--runs', small, '--journal', 'full', '--param', 'fast=2', '--param', 'slow=3'],
        ['features', 'BTCUSDT/5m', ...FEATURES.flatMap((text) => ['--feature', text]), '--out', path.join(small, 'x.csv')],
      ]) {
        const { code, stderr } = await shop.run(...words);
        expect({ words, code }).toEqual({ words, code: 1 });
        expect(stderr).toMatch(full);
        expect(readdirSync(small, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())).toEqual([]);
      }
    } finally {
      spawnSync('umount', [small]);
    }
  });
  it('says that a data root is read-only', async () => {
    const fixed = path.join(shop.folder, 'fixed');
    expect(mounted(fixed, 'size=64k,ro')).toBe(true);
    try {
      const { code, stderr } = await shop.run('data', 'import', 'BTCUSDT-5m-2025-01.csv', '--data', fixed);
      expect(code).toBe(1);
      expect(stderr).toMatch(/^orrery: .*: the file system is read-only; name another place \(EROFS\)\n$/);
    } finally {
      spawnSync('umount', [fixed]);
    }
  });
});
