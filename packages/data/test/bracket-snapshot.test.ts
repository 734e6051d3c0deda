import { createBracketTable, maintenanceMargin, maxNotional, UNKNOWN_BRACKETS, type LeverageBracket } from '@orrery/core';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BRACKETS_FOLDER, chooseBrackets, formatBracketSnapshot, nearestSnapshot, readBracketSnapshot } from '../src/index.ts';
import { sha256 } from '../src/store/sha256.ts';
import { temporaryFolder, write } from './support.ts';

const DAYS = ['2024-02-03', '2024-10-24', '2026-05-07'];
const shipped = (day: string): string => join(BRACKETS_FOLDER, `binance-um-${day}.json`);
const SATS = 1e8;

describe('the leverage bracket snapshots', () => {
  it.each(DAYS)('of %s is small, dated, and hashed', async (day) => {
    const snapshot = await readBracketSnapshot(shipped(day));
    expect(statSync(shipped(day)).size).toBeLessThan(1_000_000);
    expect(snapshot.time).toBe(Date.parse(`${day}T00:00:00Z`));
    expect(snapshot.sha256).toBe(sha256(readFileSync(shipped(day))));
    expect([...snapshot.symbols.keys()].filter((symbol) => !symbol.endsWith('USDT'))).toEqual([]);
  });
  it('are all that ship', () => {
    expect(readdirSync(BRACKETS_FOLDER).sort()).toEqual(DAYS.map((day) => `binance-um-${day}.json`));
  });

  // BTCUSDT on 2026-05-07, from the venue: floor, rate, leverage, cum.
  it('hold what the venue stated for BTCUSDT', async () => {
    const { symbols } = await readBracketSnapshot(shipped('2026-05-07'));
    const table = createBracketTable('BTCUSDT', symbols.get('BTCUSDT') ?? []);
    const floors = [0, 300e3, 800e3, 3e6, 12e6, 70e6].map((usdt) => usdt * SATS);
    expect([...table.floor]).toEqual(floors);
    expect([...table.rateE8].map((rate) => rate / 1e8)).toEqual([0.004, 0.005, 0.0065, 0.01, 0.02, 0.025]);
    expect([...table.leverage]).toEqual([150, 100, 75, 50, 25, 20]);
    expect([...table.cum].map((sats) => sats / SATS)).toEqual([0, 300, 1500, 12_000, 132_000, 482_000]);
    expect(maxNotional(table, 100) / SATS).toBe(800_000);
  });

  it.each(DAYS)('of %s: maintenance margin is continuous at every floor of every symbol', async (day) => {
    const { symbols } = await readBracketSnapshot(shipped(day));
    let floors = 0;
    for (const [symbol, brackets] of symbols) {
      const table = createBracketTable(symbol, brackets);
      for (let k = 1; k < table.floor.length; k++) {
        const floor = table.floor[k];
        const fromBelow = exactPart(floor, table.rateE8[k - 1]) - BigInt(table.cum[k - 1]) * 100_000_000n;
        expect(BigInt(maintenanceMargin(table, floor)) * 100_000_000n, `${symbol} at ${floor}`).toBe(fromBelow);
        expect(table.cum[k]).toBe(table.cum[k - 1] + Math.round((floor / SATS) * (table.rateE8[k] - table.rateE8[k - 1])));
        floors++;
      }
    }
    expect(floors).toBeGreaterThan(symbols.size);
  });
});

/** Value times rate in 1e-16 USDT, exactly. */
function exactPart(sats: number, rateE8: number): bigint {
  return BigInt(sats) * BigInt(rateE8);
}

interface RecordedTier {
  readonly info: Readonly<Record<'cum' | 'notionalFloor' | 'notionalCap' | 'maintMarginRatio' | 'initialLeverage', string | number>>;
}
const LEDGER_END = Number.MAX_SAFE_INTEGER / SATS;
const recordedFolder = resolve(process.env['ORRERY_REAL_DATA'] ?? '../shared/data', '../fixtures/binance/leverage-tiers');
describe.runIf(existsSync(recordedFolder))(`the recorded tables (absent here when this is not run: ${recordedFolder})`, () => {
  const recorded = (day: string): [string, readonly RecordedTier[]][] => {
    const all = JSON.parse(readFileSync(join(recordedFolder, `binance_leverage_tiers.${day}.json`), 'utf8')) as Record<
      string,
      RecordedTier[]
    >;
    return Object.entries(all).filter(([name]) => name.endsWith('/USDT:USDT'));
  };
  it.each(DAYS)('%s: cum of every bracket of every symbol is the recorded one', async (day) => {
    const { symbols } = await readBracketSnapshot(shipped(day));
    const tables = recorded(day);
    expect(symbols.size).toBe(tables.length);
    const wrong: string[] = [];
    let compared = 0;
    for (const [name, tiers] of tables) {
      const symbol = name.replace('/USDT:USDT', 'USDT');
      const table = createBracketTable(symbol, symbols.get(symbol) ?? []);
      const within = tiers.filter(({ info }) => Number(info.notionalFloor) < LEDGER_END);
      within.forEach(({ info }, k) => {
        const sats = Math.round(Number(info.cum) * SATS);
        const same =
          table.cum[k] === sats &&
          table.floor[k] === Number(info.notionalFloor) * SATS &&
          table.rateE8[k] === Math.round(Number(info.maintMarginRatio) * 1e8) &&
          table.leverage[k] === Number(info.initialLeverage);
        if (!same) wrong.push(`${symbol} ${k}: ${table.cum[k]} against ${info.cum}`);
        compared++;
      });
    }
    expect(wrong).toEqual([]);
    expect(compared).toBeGreaterThan(1500);
  });
  it.each(DAYS)('%s: the shipped file is the recorded table, formatted', (day) => {
    const answer = recorded(day).map(([name, tiers]) => ({
      symbol: name.replace('/USDT:USDT', 'USDT'),
      brackets: tiers.map(({ info }) => info),
    }));
    const source = 'GET https://fapi.binance.com/fapi/v1/leverageBracket, as ccxt fetchLeverageTiers recorded it';
    expect(formatBracketSnapshot(answer, { source, time: Date.parse(`${day}T00:00:00Z`) })).toBe(readFileSync(shipped(day), 'utf8'));
  });
});

describe('choosing brackets', () => {
  const day = (text: string): number => Date.parse(`${text}T00:00:00Z`);
  it('takes the file of the nearest day, the data root’s among them', async () => {
    const root = temporaryFolder();
    const nearest = async (time: string): Promise<string> => (await nearestSnapshot(root, 'brackets', day(time))).replace(/^.*[/\\]/, '');
    // 2024-02-03 to 2024-10-24 are 264 days, so the middle lies at 2024-06-14.
    expect(await nearest('2019-09-08')).toBe('binance-um-2024-02-03.json');
    expect(await nearest('2024-06-13')).toBe('binance-um-2024-02-03.json');
    expect(await nearest('2024-06-16')).toBe('binance-um-2024-10-24.json');
    expect(await nearest('2030-01-01')).toBe('binance-um-2026-05-07.json');
    mkdirSync(join(root, 'binance-um'));
    write(join(root, 'binance-um'), 'brackets-2026-11-01.json', [readFileSync(shipped('2024-10-24'), 'utf8').trim()]);
    write(join(root, 'binance-um'), 'brackets-2024-02-03.json', ['{}']);
    expect(await nearest('2030-01-01')).toBe('brackets-2026-11-01.json');
    expect(await nearest('2020-01-01')).toBe('brackets-2024-02-03.json');
    expect(await nearest('2024-10-24')).toBe('binance-um-2024-10-24.json');
  });
  it('gives a synthetic symbol those of the one behind SYN, and the core’s to whoever has none', async () => {
    const snapshot = await readBracketSnapshot(shipped('2026-05-07'));
    expect(chooseBrackets('SYNETHUSDT', snapshot, true)).toEqual({ brackets: snapshot.symbols.get('ETHUSDT'), known: true });
    expect(chooseBrackets('SYNETHUSDT', snapshot, false)).toEqual({ brackets: UNKNOWN_BRACKETS, known: false });
    expect(chooseBrackets('SYNNOSUCHUSDT', snapshot, true)).toEqual({ brackets: UNKNOWN_BRACKETS, known: false });
  });
});

describe('a bracket file', () => {
  const bracket = (floor: number, cap: number, ratio: number, leverage: number): Record<string, number> => ({
    notionalFloor: floor,
    notionalCap: cap,
    maintMarginRatio: ratio,
    initialLeverage: leverage,
  });
  const source = { source: 'here', time: 7 };
  it('is the same whatever the order of the answer, and read as it was written', async () => {
    const rows = [bracket(0, 5000, 0.01, 75), bracket(5000, 2 ** 63, 0.5, 1)];
    const text = formatBracketSnapshot(
      [
        { symbol: 'BUSDT', brackets: [...rows].reverse() },
        { symbol: 'AUSDT', brackets: rows },
      ],
      source,
    );
    expect(text).toBe(
      formatBracketSnapshot(
        [
          { symbol: 'AUSDT', brackets: rows },
          { symbol: 'BUSDT', brackets: rows },
        ],
        source,
      ),
    );
    const { symbols, time } = await readBracketSnapshot(write(temporaryFolder(), 'b.json', [text.trim()]));
    const expected: LeverageBracket[] = [
      { notionalFloor: '0', notionalCap: '5000', maintMarginRatio: '0.01', initialLeverage: 75 },
      { notionalFloor: '5000', notionalCap: '9007199254740991', maintMarginRatio: '0.5', initialLeverage: 1 },
    ];
    expect([time, symbols.get('AUSDT'), symbols.get('BUSDT')]).toEqual([7, expected, expected]);
  });
  it('is refused in one line where it is none', async () => {
    const folder = temporaryFolder();
    const read = (name: string, line: string): Promise<unknown> => readBracketSnapshot(write(folder, name, [line]));
    await expect(read('a.json', '{')).rejects.toThrow(
      /a\.json: is not JSON; restore the file, or fetch a new one with: orrery data brackets$/,
    );
    await expect(read('b.json', '{"schema":"orrery.brackets/2"}')).rejects.toThrow(/b\.json: field schema: .*; restore the file/);
    await expect(readBracketSnapshot(join(folder, 'none.json'))).rejects.toThrow(/none\.json: does not exist; restore the file/);
    expect(() => formatBracketSnapshot({ code: -2015 }, source)).toThrow(/^leverageBracket: field .*; give the whole answer/);
    const gap = [{ symbol: 'AUSDT', brackets: [bracket(0, 5000, 0.01, 75), bracket(6000, 7000, 0.5, 1)] }];
    expect(() => formatBracketSnapshot(gap, source)).toThrow('AUSDT: bracket 2 does not begin where bracket 1 ends');
  });
});
