import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BACKTEST, createWorkshop, fingerprint, HEAD, klines, line, strategyText, swings, type Workshop } from './workshop.ts';

let shop: Workshop;
let before = '';
beforeAll(async () => {
  shop = createWorkshop('wrong input');
  shop.write('BTCUSDT-5m-2025-01.csv', klines(swings(300)));
  await shop.done('data', 'import', 'BTCUSDT-5m-2025-01.csv');
  await shop.done(...BACKTEST);
  before = fingerprint(shop.store) + fingerprint(shop.runs);
});
afterAll(() => {
  const isChanged = fingerprint(shop.store) + fingerprint(shop.runs) !== before;
  rmSync(shop.folder, { recursive: true });
  if (isChanged) throw new Error('something that was refused left its traces in the store or among the runs');
});

/** One line on stderr, nothing on stdout, and no stack. */
async function refused(words: readonly string[], code: number): Promise<string> {
  const ended = await shop.run(...words);
  expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code, stdout: '' });
  expect(ended.stderr).toMatch(/^orrery: [^\n]+\n$/);
  expect(ended.stderr).not.toMatch(/\/dist\/|node_modules/);
  return ended.stderr.slice('orrery: '.length).trimEnd();
}

/** The words of BACKTEST with one flag changed or added. */
function changed(flag: string, value: string): readonly string[] {
  const at = BACKTEST.indexOf(flag);
  return at < 0 ? [...BACKTEST, flag, value] : [...BACKTEST.slice(0, at), flag, value, ...BACKTEST.slice(at + 2)];
}

describe.concurrent('a flag of backtest that cannot be meant', () => {
  it.each<[string, string, RegExp]>([
    ['--symbols', 'BTCUSD', /^BTCUSD\/5m: not in the store .*near names: BTCUSDT.*orrery data download --symbols BTCUSD --interval 5m$/],
    ['--symbols', 'BTCUSDT,BTCUSDT', /^symbol BTCUSDT is given twice; name each once$/],
    ['--symbols', '@all,BTCUSDT', /^--symbols @all,BTCUSDT: @all stands alone; leave out the others$/],
    ['--interval', '1h', /^BTCUSDT\/1h: not in the store .*\(it has 5m\)/],
    ['--interval', '7m', /^--interval 7m: takes one of 1s, 1m, 3m, 5m, /],
    ['--strategy', 'ema-cros', /^--strategy ema-cros: did you mean ema-cross\?/],
    ['--param', 'fsat=9', /^strategy ema-cross: no parameter "fsat"; there is fast, slow$/],
    ['--param', 'fast=1', /^strategy ema-cross: parameter fast is 1; it must be a whole number from 2 to 200$/],
    ['--param', 'fast=30', /^strategy ema-cross: parameter fast is 30; it must be below slow, which is 26$/],
    ['--from', '2030', /^BTCUSDT\/5m: no candles in the range; the store has 2025-01-01T00:00:00Z to /],
    ['--equity', 'abc', /^--equity abc: give an amount in USDT above 0 and below 90 million in plain digits/],
    ['--equity', '-5', /^--equity -5: give an amount/],
    ['--equity', '1e9', /^--equity 1e9: give an amount/],
    [
      '--symbols',
      '@top0',
      /^--symbols @top0: takes @all, @FILE or @topN:DAYS, N from 1 to 1000 symbols by quote volume over 1 to 365 days, e\.g\. @top20:30$/,
    ],
    ['--symbols', '@top5:400', /^--symbols @top5:400: takes @all, @FILE or @topN:DAYS/],
    ['--symbols', '@everything', /^--symbols @everything: takes @all, @FILE or @topN:DAYS/],
    ['--symbols', '@top5,BTCUSDT', /^--symbols @top5,BTCUSDT: @top5 stands alone; leave out the others$/],
    ['--margin', 'portfolio', /^--margin portfolio: takes one of cross, isolated$/],
    ['--leverage', '0', /^--leverage 0: takes a whole number from 1 to 150$/],
    ['--leverage', '2.5', /^--leverage 2\.5: takes a whole number from 1 to 150$/],
    ['--leverage', '151', /^--leverage 151: takes a whole number from 1 to 150$/],
    ['--half-spread-bps', '-1', /^--half-spread-bps -1: takes a number from 0 to 1000$/],
    ['--impact-bps', '1e9', /^--impact-bps 1000000000: takes a number from 0 to 1000$/],
    ['--max-volume-share', '1.5', /^--max-volume-share 1\.5: takes a number from 0 to 1$/],
    ['--limit-fill', 'maybe', /^--limit-fill maybe: takes one of through, touch$/],
    ['--latency-ms', 'fast', /^--latency-ms fast: takes whole ms from 0 to 59999, one number or MIN\.\.MAX, e\.g\. 40\.\.120$/],
    ['--latency-ms', '120..40', /^--latency-ms 120\.\.40: takes whole ms/],
    ['--latency-ms', '60000', /^--latency-ms 60000: takes whole ms/],
    ['--fine', '7m', /^--fine 7m: takes auto, none, or an interval such as 1m$/],
    ['--fine', '5m', /^--fine 5m: has to be shorter than --interval 5m and to divide it$/],
    ['--fine', '15m', /^--fine 15m: has to be shorter than --interval 5m and to divide it$/],
    ['--fee-tier', 'vip10', /^--fee-tier vip10: takes one of vip0, vip1, /],
    ['--maker-fee-bps', '-101', /^--maker-fee-bps -101: takes a number from -100 to 1000$/],
    ['--fills', 'all', /^--fills all: takes one of pessimistic, heuristic, optimistic, bounds$/],
    ['--report', '/nowhere/r.html', /^--report \/nowhere\/r\.html: there is no folder \/nowhere; make it first$/],
  ])('%s %s', async (flag, value, message) => {
    expect(await refused(changed(flag, value), 2)).toMatch(message);
  });
  it('--from after --to', async () => {
    expect(await refused([...BACKTEST, '--from', '2025-06', '--to', '2025-03'], 2)).toBe(
      '--from 2025-06 lies after --to 2025-03: swap them',
    );
  });
  it('a key of the configuration file that is no flag', async () => {
    const file = shop.write('run.yaml', 'intervall: 5m\n');
    expect(await refused([...BACKTEST, '--config', file], 2)).toBe(`--config ${file}: unknown key "intervall": did you mean interval?`);
  });
});

describe.concurrent('a strategy file that fails', () => {
  it.each<[string, string, number, RegExp]>([
    [
      'throws.ts',
      strategyText('throws', "throw new Error('the moon is full');"),
      1,
      /^strategy throws, BTCUSDT, .*: the moon is full \(throws\.ts:6:11\)$/,
    ],
    [
      'nan.ts',
      strategyText('nan', 'desk.target(NaN);'),
      1,
      /^strategy nan, BTCUSDT, .*: target\(NaN\) is not a finite share of the allotment \(nan\.ts:6:10\)$/,
    ],
    ['stop.ts', strategyText('stop', 'desk.bracket({ share: 1, stop: NaN });'), 1, /: stop is NaN \(stop\.ts:6:10\)$/],
    ['seven.ts', 'export default 7;', 2, /its default export is no strategy: end it with "export default defineStrategy/],
    [
      'hollow.mjs',
      "export default { id: 'hollow', params: {}, build: () => 4 };",
      2,
      /^strategy hollow: its build\(\) gave no strategy; write it with defineStrategy/,
    ],
    [
      'building.mjs',
      "export default { id: 'x', params: {}, build: () => { throw new Error('no'); } };",
      1,
      /^strategy x could not be built: no \(building\.mjs:1:\d+\)$/,
    ],
  ])('%s', async (name, text, code, message) => {
    shop.write(name, text);
    expect(await refused(changed('--strategy', `./${name}`), code)).toMatch(message);
  });
});

describe.concurrent('a file that cannot be imported', () => {
  const rows = [line(0, 100, 101), line(1, 101, 102), line(2, 102, 103)] as const;
  it.each<[string, string | Uint8Array, RegExp]>([
    ['AUSDT-5m-2025-01.zip', 'PK\u0003\u0004 and then nothing', /: is cut short or damaged .*; fetch it again$/],
    ['BUSDT-5m-2025-01.csv.gz', gzipSync(HEAD + rows.join('')).subarray(0, 60), /: is cut short or damaged .*; fetch it again$/],
    [
      'CUSDT-5m-2025-01.csv',
      HEAD + rows[0] + rows[1].replace(',102,', ',10x,'),
      /:3: close is "10x", which is no number; correct the line/,
    ],
    [
      'DUSDT-5m-2025-01.csv',
      HEAD + rows[0] + rows[2] + rows[1],
      /:4: open_time 2025-01-01T00:05:00Z follows .*out of order; sort the file/,
    ],
    [
      'EUSDT-5m-2025-01.csv',
      HEAD + rows[0] + rows[0].replace(',5,', ',6,'),
      /:3: open_time 2025-01-01T00:00:00Z is there twice with volume 5 and 6/,
    ],
    ['BTCUSDT-5m-2025-01.csv', klines([7, 8]), /:2: open of 2025-01-01T00:00:00Z is 7, but the store .* has \d+; find out which is right/],
    ['FUSDT-5m-2025-01.csv', '', /: is empty; fetch it again$/],
    ['prices.csv', HEAD + rows[0], /^prices\.csv: the name does not tell symbol and interval/],
  ])('%s', async (name, content, message) => {
    shop.write(`bad/${name}`, content);
    const file = name === 'prices.csv' ? shop.write(name, content) && name : `bad/${name}`;
    expect(await refused(['data', 'import', file], 2)).toMatch(message);
    expect(existsSync(path.join(shop.store, 'binance-um', name.split('-')[0]))).toBe(name.startsWith('BTC'));
  });
});
