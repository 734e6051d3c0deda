import type { TradeRow } from '@orrery/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeMetrics, METRIC_DEFINITIONS } from '../../src/index.ts';
import { account, dailySeries, FIRST_DAY, trade } from './run-fixture.ts';

const HOUR = 3_600_000;
const days = fc.array(fc.tuple(fc.integer({ min: -200, max: 5000 }), fc.integer({ min: 1, max: 300 })), { maxLength: 20 });
const tradeList = fc.array(
  fc.record({
    pnl: fc.integer({ min: -500, max: 500 }),
    side: fc.constantFrom('long' as const, 'short' as const),
    entry: fc.integer({ min: 0, max: 400 }),
    length: fc.option(fc.integer({ min: 0, max: 100 })),
  }),
  { maxLength: 15 },
);

function rows(list: readonly { pnl: number; side: 'long' | 'short'; entry: number; length: number | null }[], scale: number): TradeRow[] {
  return list.map(({ pnl, side, entry, length }, i) =>
    trade(String(pnl * scale), {
      id: i + 1,
      side,
      quantity: String(scale),
      entryTime: FIRST_DAY + entry * HOUR,
      exitTime: length === null ? null : FIRST_DAY + (entry + length) * HOUR,
      maxAdverse: entry / 1000,
      maxFavourable: (entry % 7) / 100,
    }),
  );
}

function run(path: readonly (readonly [number, number])[], trades: TradeRow[], scale: number): Readonly<Record<string, number | null>> {
  const equity = path.map(([value]) => value * scale);
  const benchmark = path.map(([, value]) => value / 100);
  return computeMetrics({
    series: dailySeries(equity, benchmark, 1000 * scale),
    trades,
    account: account({ startEquity: String(1000 * scale), endEquity: String(equity.at(-1) ?? 1000 * scale), fees: String(7 * scale) }),
  });
}

describe('laws of the metrics', () => {
  it('is a finite number or null, always', () => {
    fc.assert(
      fc.property(days, tradeList, (path, list) => {
        for (const [id, value] of Object.entries(run(path, rows(list, 1), 1)))
          expect(value === null || Number.isFinite(value), id).toBe(true);
      }),
    );
  });

  it('multiplies amounts and leaves all else alone when all money is multiplied', () => {
    fc.assert(
      fc.property(days, tradeList, fc.integer({ min: 2, max: 100 }), (path, list, scale) => {
        const once = run(path, rows(list, 1), 1);
        const scaled = run(path, rows(list, scale), scale);
        for (const { id, unit } of METRIC_DEFINITIONS) {
          const expected = once[id] === null ? null : once[id] * (unit === 'usdt' ? scale : 1);
          if (expected === null) expect(scaled[id], id).toBeNull();
          else expect(Math.abs((scaled[id] ?? NaN) - expected), id).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(expected)));
        }
      }),
    );
  });

  it('does not depend on the order in which trades are listed', () => {
    fc.assert(
      fc.property(days, tradeList, fc.infiniteStream(fc.nat()), (path, list, keys) => {
        const trades = rows(list, 1);
        const shuffled = trades.map((row) => ({ row, key: keys.next().value ?? 0 })).sort((a, b) => a.key - b.key);
        const reordered = run(
          path,
          shuffled.map(({ row }) => row),
          1,
        );
        for (const [id, value] of Object.entries(run(path, trades, 1))) {
          if (value === null) expect(reordered[id], id).toBeNull();
          else expect(reordered[id], id).toBeCloseTo(value, 8);
        }
      }),
    );
  });
});

describe('definitions', () => {
  it('names every metric once and every value has a definition', () => {
    const ids = METRIC_DEFINITIONS.map((definition) => definition.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(Object.keys(run([[1100, 105]], [], 1))).toEqual(ids);
  });

  it('gives each a value somewhere: no definition without a computation', () => {
    const path = [1100, 990, 1089, 1200, 1150, 1300].map((value, i) => [value, 100 + ((i * 7) % 5)] as const);
    const list = [5, -3, 8, -2].map((pnl, i) => ({ pnl, side: i < 2 ? ('long' as const) : ('short' as const), entry: i, length: 2 }));
    const metrics = run(path, rows(list, 1), 1);
    for (const { id } of METRIC_DEFINITIONS) expect(metrics[id], id).not.toBeNull();
  });
});
