import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { importFiles, InputError } from '../src/index.ts';
import { candle, candles, FIVE_MINUTES, HEADER, NEW_YEAR, temporaryFolder, write } from './support.ts';

const T1 = NEW_YEAR + FIVE_MINUTES;
const NAME = 'BTCUSDT-5m-2025-01.csv';

/** The one line for files that are refused; checks that nothing of a good file beside them is stored. */
async function refusal(name: string, content: string | Uint8Array): Promise<string> {
  const folder = temporaryFolder();
  const root = join(folder, 'data');
  mkdirSync(root);
  const good = write(folder, 'AAAUSDT-5m.csv', candles(NEW_YEAR, 3));
  writeFileSync(join(folder, name), content);
  const error = await importFiles({ root, files: [good, join(folder, name)] }).then(
    () => undefined,
    (cause: unknown) => cause,
  );
  expect(error).toBeInstanceOf(InputError);
  const { message } = error as InputError;
  expect(message.includes('\n') || message.includes('\0')).toBe(false);
  expect(readdirSync(root, { recursive: true }).filter((path) => path !== 'binance-um')).toEqual([]);
  return message.replaceAll(`${folder}/`, '');
}
const csv = (...lines: string[]): string => `${[HEADER, ...lines].join('\n')}\n`;

describe('one line per refusal, and nothing stored', () => {
  const first = candle(NEW_YEAR);
  it.each<[string, string, RegExp]>([
    [
      'a letter in a price',
      csv(first, candle(T1, { c: '1oo.5' })),
      /^BTCUSDT-5m-2025-01\.csv:3: close is "1oo\.5", which is no number; correct/,
    ],
    ['times out of order', csv(candle(T1), first), /:3: open_time 2025-01-01T00:00:00Z follows 2025-01-01T00:05:00Z, so .* sort the file/],
    [
      'a time twice with other values',
      csv(first, candle(NEW_YEAR, { h: '102' })),
      /:3: open_time .* is there twice with high 101 and 102; delete/,
    ],
    ['a negative price', csv(candle(NEW_YEAR, { l: '-1' })), /:2: low is "-1", below zero; /],
    ['a price of zero', csv(candle(NEW_YEAR, { l: '0' })), /:2: low is 0, but a price is above zero; /],
    ['high below low', csv(candle(NEW_YEAR, { h: '99' })), /:2: high 99 lies below low 99\.5; /],
    ['high below close', csv(candle(NEW_YEAR, { h: '100.2' })), /:2: high 100\.2 lies below close 100\.5; /],
    ['low above open', csv(candle(NEW_YEAR, { l: '100.2' })), /:2: low 100\.2 lies above open 100\.1; /],
    ['a column short', csv(first.replace(/,0$/, '')), /:2: has 11 columns, not the 12 of a candle file/],
    ['a column too many', csv(`${first},7`), /:2: has 13 columns, not the 12/],
    ['a time off the grid', csv(candle(NEW_YEAR + 60_000)), /:2: open_time 2025-01-01T00:01:00Z is not on the grid of 5m candles; /],
    [
      'a close time of longer candles',
      csv(first.replace(String(T1 - 1), String(NEW_YEAR + 899_999))),
      /:2: close_time .* does not fit a candle of 5 minutes/,
    ],
    [
      'seconds for times',
      csv(candle(NEW_YEAR).replace(String(NEW_YEAR), '1735689600')),
      /:2: open_time is 1735689600, which is no time in milliseconds/,
    ],
    ['a blank line', csv(first, '', candle(T1)), /:3: is blank; delete the line/],
    ['only a header', `${HEADER}\n`, /^BTCUSDT-5m-2025-01\.csv: holds no candles; /],
    ['an empty file', '', /^BTCUSDT-5m-2025-01\.csv: is empty; fetch it again/],
    ['NUL bytes', '\0'.repeat(4096), /:1: open_time is "\\u0000.*", which is no number/],
    ['another table', 'date,price\n2025-01-01,5\n', /:2: open_time is "2025-01-01", which is no number; /],
  ])('%s', async (_, content, message) => {
    expect(await refusal(NAME, content)).toMatch(message);
  });

  it('compressed files that are cut short or damaged', async () => {
    const text = Buffer.from(csv(...candles(NEW_YEAR, 200)));
    const packed = gzipSync(text);
    expect(await refusal(`${NAME}.gz`, packed.subarray(0, packed.length - 40))).toMatch(
      /\.csv\.gz: is cut short or damaged .*; fetch it again/,
    );
    const zip = zipSync({ [NAME]: text });
    expect(await refusal('BTCUSDT-5m-2025-01.zip', zip.subarray(0, zip.length - 30))).toMatch(
      /\.zip: is cut short or damaged .*; fetch it again/,
    );
    const flipped = Uint8Array.from(zip);
    // The checksum of the entry stands at offset 16 of its record in the central directory.
    const directory = Buffer.from(flipped).indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
    flipped[directory + 16] ^= 0xff;
    expect(await refusal('BTCUSDT-5m-2025-01.zip', flipped)).toMatch(/\.zip: is cut short or damaged \(checksum of .* does not match\)/);
    expect(await refusal('BTCUSDT-5m-2025-01.zip', text)).toMatch(/first bytes are not those of a \.zip file/);
    expect(await refusal('BTCUSDT-5m-2025-01.zip', zipSync({ 'a.csv': text, 'b.csv': text }))).toMatch(
      /must hold exactly one \.csv file, but holds a\.csv, b\.csv/,
    );
  });

  it('files that are not there, folders, and names that tell nothing', async () => {
    const root = temporaryFolder();
    await expect(importFiles({ root, files: [join(root, NAME)] })).rejects.toThrow(/does not exist; check the path/);
    mkdirSync(join(root, NAME));
    await expect(importFiles({ root, files: [join(root, NAME)] })).rejects.toThrow(/is a folder; name the files in it/);
    await expect(importFiles({ root, files: [] })).rejects.toThrow(/no files to import/);
    expect(await refusal('prices.csv', csv(first))).toMatch(/^prices\.csv: the name does not tell symbol and interval/);
  });

  it('funding files', async () => {
    const head = 'calc_time,funding_interval_hours,last_funding_rate\n';
    const name = 'BTCUSDT-fundingRate-2025-01.csv';
    expect(await refusal(name, `${head}${NEW_YEAR},8,0.0001\n${NEW_YEAR + 3},8,0.0002\n`)).toMatch(
      /:3: calc_time .* is there twice with last_funding_rate 0\.0001 and 0\.0002/,
    );
    expect(await refusal(name, `${head}${NEW_YEAR},0,0.0001\n`)).toMatch(/:2: funding_interval_hours is 0, not between 1 and 24/);
    expect(await refusal(name, `${head}${NEW_YEAR},8,1.5\n`)).toMatch(/:2: last_funding_rate is 1\.5; a rate is a fraction/);
    expect(await refusal(name, `${head}${NEW_YEAR},8\n`)).toMatch(/:2: has 2 columns, not the 3 of a funding file/);
  });
});
