import { describe, expect, it } from 'vitest';
import { bareLoop } from '../../bench/src/bare-loop.ts';
import { findLibrary } from '../../packages/ml-train/src/xgboost/find-library.ts';
import { absentCases, benchCases, BARE, WHOLE } from '../../bench/src/cases.ts';
import { engineRun } from '../../bench/src/engine-run.ts';
import { percentile } from '../../bench/src/latency.ts';
import { liveCase } from '../../bench/src/live-cases.ts';
import { createMarket } from '../../bench/src/market.ts';
import { differences } from '../../bench/src/oracle.ts';
import { runCase } from '../../bench/src/run-case.ts';
import { signalCases } from '../../bench/src/signal-cases.ts';
import { STRATEGIES } from '../../bench/src/strategies.ts';
import { formatTable } from '../../bench/src/table.ts';
import { virtualCase, virtualCases } from '../../bench/src/virtual-cases.ts';

const ROWS = 30_000;
const LIBRARY = findLibrary(process.env);
const SETUP = { strategy: 'form', hashed: true, blockRows: 4096 } as const;

describe('the benchmarks, small', () => {
  it('the engine comes to the account of the loop written by hand, to the sat', () => {
    const market = createMarket(1, ROWS);
    const bare = bareLoop(market);
    const { journal, ...account } = engineRun(market, SETUP);
    expect(account).toEqual(bare);
    expect(bare.fills).toBeGreaterThan(ROWS / 50);
    expect(journal).toMatch(/^[0-9a-f]{64}$/);
  });

  it('the comfortable form, the low-level form and blocks of one row write the same journal', () => {
    const market = createMarket(3, ROWS / 10);
    const { journal } = engineRun(market, SETUP);
    expect(engineRun(market, { ...SETUP, strategy: 'low-level' }).journal).toBe(journal);
    expect(engineRun(market, { ...SETUP, blockRows: 1 }).journal).toBe(journal);
  });

  it('strategies that do not trade leave the account alone, and a stop that rests is never met', () => {
    const market = createMarket(1, 2000);
    const fills = STRATEGIES.map((strategy) => [strategy, engineRun(market, { ...SETUP, strategy }).fills > 0]);
    expect(Object.fromEntries(fills)).toEqual({
      idle: false,
      reads: false,
      'low-level': true,
      form: true,
      holds: true,
      'resting-stop': true,
    });
    expect(engineRun(market, { ...SETUP, strategy: 'resting-stop' })).toMatchObject({ fills: 1, framesInMarket: 1999 });
  });

  it('files are read back whole', async () => {
    const cases = benchCases(true).filter(({ kind }) => kind === 'import' || kind === 'load');
    const reports = await Promise.all(cases.map((one) => runCase(one, true)));
    expect(reports.map(({ result }) => result)).toMatchObject([{ read: 5000, stored: [5000] }, { rows: [5000] }]);
  });

  it('every engine comes to the same predictions, whatever the batch', async () => {
    const all = benchCases(true).filter(({ kind }) => kind === 'predictions');
    expect(all).toHaveLength(9);
    const absent = absentCases(all).map(({ name }) => name);
    expect(absent).toEqual(LIBRARY === null ? all.filter(({ name }) => name.includes('libxgboost')).map(({ name }) => name) : []);
    const cases = all.filter(({ name }) => !absent.includes(name));
    const reports = await Promise.all(cases.map((one) => runCase({ ...one, rows: 500 }, true)));
    expect(new Set(reports.map(({ hash }) => hash)).size).toBe(1);
  });

  it('an order for each symbol and frame reaches the venue, checked before or not, and the account ends the same', async () => {
    const setup = { symbols: 2, orders: 20 };
    const checked = await liveCase({ ...setup, isChecked: true });
    const unchecked = await liveCase({ ...setup, isChecked: false });
    expect(checked.value).toMatchObject({ orders: 20, frames: 110, halted: null });
    expect(unchecked.value).toEqual(checked.value);
    const { p50, p99 } = checked.latency;
    expect(p50).toBeGreaterThan(0);
    expect(p99).toBeGreaterThanOrEqual(p50);
  });

  it('smart monitoring spares looks at virtual positions and leaves gains as they are', () => {
    const setup = { positions: 2000, passes: 10, isHashed: true };
    const [off, on] = [false, true].map((isSmart) => virtualCase({ ...setup, isSmart }, 2));
    expect(off!.virtual.spared).toBe(0);
    expect(on!.virtual.looks + on!.virtual.spared).toBe(off!.virtual.looks);
    expect(on!.virtual.spared).toBeGreaterThan(0);
    const { events, open, gain } = off!.value;
    expect(on!.value).toMatchObject({ events: events - on!.virtual.spared, open, gain });
    expect(on!.value.journal).not.toBe(off!.value.journal);
    expect(virtualCases(true).map(({ rows }) => rows)).toEqual([100_000, 100_000, 100_000, 100_000]);
    const report = {
      rows: 20_000,
      cpuNsPerRow: 50,
      wallNsPerRow: 50,
      peakMb: 1,
      hash: 'h',
      result: null,
      virtual: { looks: 12_000, spared: 8000 },
    };
    // 2,000 positions of 50 ns are 0.1 ms; 20,000 rows are ten passes.
    expect(formatTable([{ ...report, name: 'virtual positions: 2,000 in one pass' }], [])).toMatch(
      /pass +10 +0\.1 +50\.0 +12,000 +8,000 +h$/,
    );
  });

  it('ict comes to the same with threads, mapped memory or no cache, and a live frame too', async () => {
    const all = signalCases(true).map((one) => ({ ...one, ...(one.kind === 'signal' ? { candles: 400, symbols: 2 } : {}), rows: 2 }));
    const hashes = new Map<string, Set<string>>();
    for (const one of all) {
      if (one.kind !== 'signal') continue;
      const { hash } = await runCase(one, true);
      hashes.set(one.part, (hashes.get(one.part) ?? new Set()).add(hash));
    }
    expect(all.map(({ kind }) => kind)).toEqual(all.map(() => 'signal'));
    expect([...hashes].map(([part, { size }]) => [part, size])).toEqual([
      ['analysis', 1],
      ['run', 1],
      ['frame', 1],
    ]);
  });

  it('a percentile is the value at its rank', () => {
    // Nearest rank: of 4 values half are at or below the 2nd, 99 % at or below the 4th.
    const values = [4, 1, 3, 2];
    expect([0.5, 0.51, 0.99, 1].map((share) => percentile(values, share))).toEqual([2, 3, 4, 4]);
    expect(percentile([], 0.5)).toBe(0);
  });

  it('what is missing on a machine is shown as absent', () => {
    expect(formatTable([], [{ name: 'predict: x', reason: 'not installed' }])).toContain('predict: x  absent: not installed');
  });

  it('a difference between loop and engine is named', () => {
    const report = { rows: 1, cpuNsPerRow: 1, wallNsPerRow: 1, peakMb: 1, hash: '' };
    const result = { wallet: 1, fees: 2, fills: 3, equity: 4, maxDrawdown: 5, framesInMarket: 6 };
    const reports = [
      { ...report, name: BARE, result },
      { ...report, name: WHOLE, result: { ...result, fees: 7 } },
    ];
    expect(differences(reports)).toEqual(['fees: bare loop 2, engine 7']);
    expect(differences([])).toHaveLength(6);
  });
});
