import { isMember, type InstrumentId, type Universe } from '@orrery/core';
import fc from 'fast-check';
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addTradedDays, buildUniverse, importFiles, loadMarket, type TradedDays } from '../src/index.ts';
import { createRows, KLINES } from '../src/dataset/rows.ts';
import { DECEMBER, flat, line, lines, storeOf } from './market-fixture.ts';
import { temporaryFolder } from './support.ts';

const DAY = 86_400_000;

/** Symbols by what they traded on day 0, 1, 2 …; null: no candle. */
function traded(symbol: string, volumes: readonly (number | null)[], delistedDay = Infinity): TradedDays {
  const first = volumes.findIndex((volume) => volume !== null);
  const days = volumes.flatMap((volume, day): [number, number][] => (volume === null ? [] : [[day, volume]]));
  return { symbol, firstOpen: first * DAY, delisted: delistedDay * DAY, candleDays: 1, volumes: new Map(days) };
}

function membersOf(universe: Universe): number[][] {
  return Array.from({ length: universe.days }, (_, day) =>
    Array.from({ length: universe.instruments }, (_, id) => id).filter((id) =>
      isMember(universe, id as InstrumentId, universe.firstDay + day * DAY),
    ),
  );
}

describe('the universe of the largest symbols', () => {
  it('is ranked by the days that end before each', () => {
    const symbols = [
      traded('A', [10, 10, 10, 10, 10, 10]),
      traded('B', [15, 1, 1, 90, 1, 1]),
      traded('C', [null, null, 50, 50, 0, 50]),
      traded('D', [5, 5, 5, 5, 5, 5], 3),
    ];
    const members = membersOf(buildUniverse(symbols, { top: 2, trailingDays: 2 }, { from: 0, to: 6 * DAY }));
    expect(members).toEqual([
      [], // Nobody has a day of history.
      [0, 1], // B 15, A 10, D 5
      [0, 1], // A 20, B 16, D 10
      [0, 2], // C 50, A 20; B 2; D ended
      [1, 2], // C 100, B 91, A 20
      [0, 1], // B 91, A 20; C traded nothing on day 4
    ]);
  });
  it('breaks ties by name, whatever the order of the symbols', () => {
    const symbols = ['C', 'B', 'D', 'A'].map((name) => traded(name, [7, 7]));
    expect(membersOf(buildUniverse(symbols, { top: 2, trailingDays: 30 }, { from: DAY, to: 2 * DAY }))).toEqual([[1, 3]]);
  });
  it('a symbol that was listed during a day is no member on the next', () => {
    const late = { ...traded('A', [7, 7, 7]), firstOpen: DAY / 2 };
    expect(membersOf(buildUniverse([late], { top: 1, trailingDays: 1 }, { from: 0, to: 3 * DAY }))).toEqual([[], [], [0]]);
  });
  it('refuses numbers that are none', () => {
    for (const bad of [0, -1, 1.5, Number.NaN]) {
      expect(() => buildUniverse([], { top: bad, trailingDays: 1 }, { from: 0, to: DAY })).toThrow(
        /^universe of the top .*: give a whole number from 1$/,
      );
      expect(() => buildUniverse([], { top: 1, trailingDays: bad }, { from: 0, to: DAY })).toThrow(
        /trailing days: give a whole number from 1$/,
      );
    }
  });

  const volumes = fc.array(fc.array(fc.option(fc.integer({ min: 0, max: 5 })), { minLength: 12, maxLength: 12 }), {
    minLength: 1,
    maxLength: 6,
  });
  it('is the same for each day whatever happens from that day on', () => {
    fc.assert(
      fc.property(volumes, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 5 }), fc.nat(11), (table, top, trailingDays, cut) => {
        const build = (days: readonly (readonly (number | null)[])[]): number[][] =>
          membersOf(
            buildUniverse(
              days.map((one, s) => traded(`S${s}`, one)),
              { top, trailingDays },
              { from: 0, to: 12 * DAY },
            ),
          );
        const known = build(table.map((one) => one.map((volume, day) => (day < cut ? volume : null))));
        expect(known.slice(0, cut + 1)).toEqual(build(table).slice(0, cut + 1));
      }),
    );
  });
  it('has at most so many members, each of which traded on the day before', () => {
    fc.assert(
      fc.property(volumes, fc.integer({ min: 1, max: 4 }), (table, top) => {
        const symbols = table.map((one, s) => traded(`S${s}`, one));
        const members = membersOf(buildUniverse(symbols, { top, trailingDays: 3 }, { from: 0, to: 12 * DAY }));
        members.forEach((ids, day) => {
          const able = table.filter((one) => day > 0 && (one[day - 1] ?? 0) > 0 && one.slice(0, day).some((volume) => volume !== null));
          expect(ids.length).toBe(Math.min(top, able.length));
          for (const id of ids) expect(table[id][day - 1]).toBeGreaterThan(0);
        });
      }),
    );
  });
});

describe('what a symbol traded on a day', () => {
  it('is its quote volume, or close times volume where that is not known, on the day that the candle closes', () => {
    const rows = createRows(KLINES, 3);
    rows.length = 3;
    rows.time.set([0, DAY / 2, DAY]);
    rows.columns[3].set([2, 3, 4]);
    rows.columns[4].set([10, 10, 10]);
    rows.columns[5].set([25, 0, 0]);
    const volumes = new Map<number, number>();
    addTradedDays(volumes, rows, '12h');
    expect([...volumes]).toEqual([
      [0, 55],
      [1, 40],
    ]);
    const days = new Map<number, number>();
    addTradedDays(days, { ...rows, length: 1 }, '3d');
    expect([...days]).toEqual([[2, 25]]);
  });
});

describe('the universe of a loaded market', () => {
  const at = (day: number): number => DECEMBER + day * DAY;
  it('reads the days before the range for the ranking alone', async () => {
    const root = await storeOf({
      'AUSDT-1d.csv': lines('1d', at(0), 8, (k) => ({ v: k < 4 ? 100 : 1 })),
      'BUSDT-1d.csv': lines('1d', at(0), 8, () => ({ v: 50 })),
    });
    const load = (trailingDays: number, from?: number): ReturnType<typeof loadMarket> =>
      loadMarket({ root, symbols: ['AUSDT', 'BUSDT'], interval: '1d', from, universe: { top: 1, trailingDays } });
    const market = await load(1, at(4));
    expect(market.tapes.map(({ length }) => length)).toEqual([4, 4]);
    expect(market.universe?.firstDay).toBe(at(4));
    expect(membersOf(market.universe as Universe)).toEqual([[0], [1], [1], [1]]);
    // Day 6: A 100 + 1 + 1, B 150; over four days on day 5 A has 301, B 200.
    expect(membersOf((await load(3, at(4))).universe as Universe)).toEqual([[0], [0], [1], [1]]);
    const whole = await load(1);
    expect(membersOf(whole.universe as Universe)).toEqual([[], [0], [0], [0], [0], [1], [1], [1]]);
    expect(whole.warnings.filter((one) => one.startsWith('universe'))).toEqual([
      'universe: no symbol may be entered before 2025-12-02, as none has a day of history by then',
    ]);
    expect(new Set([market.digest, (await load(3, at(4))).digest, whole.digest]).size).toBe(3);
    expect((await loadMarket({ root, symbols: ['AUSDT'], interval: '1d' })).universe).toBeNull();
  });
  it('leaves out a symbol from its end on', async () => {
    const root = await storeOf({
      'AUSDT-1d.csv': [line('1d', at(0)), line('1d', at(1)), ...[2, 3, 4].map((day) => flat('1d', at(day)))],
    });
    const market = await loadMarket({ root, symbols: ['AUSDT'], interval: '1d', universe: { top: 5, trailingDays: 30 } });
    expect(membersOf(market.universe as Universe)).toEqual([[], [0], [], [], []]);
  });
});

const REAL = resolve(process.env['ORRERY_REAL_DATA'] ?? '../shared/data', '10-um-1d-since-listing');
describe.runIf(existsSync(REAL))(`real daily candles (absent here when this is not run: ${REAL})`, () => {
  it('dead symbols are no members, though they were', async () => {
    const root = temporaryFolder();
    const names = readdirSync(REAL).filter((name) => name.endsWith('.csv.gz'));
    await importFiles({ root, files: names.map((name) => join(REAL, name)) });
    const symbols = names.map((name) => name.slice(0, name.indexOf('-')).normalize('NFC'));
    const market = await loadMarket({ root, symbols, interval: '1d', universe: { top: 10, trailingDays: 7 } });
    const universe = market.universe as Universe;
    const ends = market.delisted.flatMap((end, id) => (end === Infinity ? [] : [{ id: id as InstrumentId, end }]));
    expect(ends.map(({ id }) => symbols[id]).sort()).toEqual(['FTTUSDT', 'RAYUSDT', 'WAVESUSDT']);
    for (const { id, end } of ends) {
      const days = Array.from({ length: universe.days }, (_, day) => universe.firstDay + day * DAY).filter((time) =>
        isMember(universe, id, time),
      );
      expect(days.filter((time) => time >= end)).toEqual([]);
    }
    const members = membersOf(universe);
    expect(Math.max(...members.map((ids) => ids.length))).toBe(10);
    // By close times volume over the seven days before; FTX had failed on the 11th.
    const ids = members[(Date.UTC(2022, 10, 14) - universe.firstDay) / DAY];
    expect(ids.map((id) => symbols[id]).sort()).toEqual([
      'BNBUSDT',
      'BTCUSDT',
      'CHZUSDT',
      'DOGEUSDT',
      'ETHUSDT',
      'FTTUSDT',
      'LINKUSDT',
      'LTCUSDT',
      'SOLUSDT',
      'XRPUSDT',
    ]);
  });
});
