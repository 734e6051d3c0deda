import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { candle, candles, FIVE_MINUTES, HEADER, NEW_YEAR, snapshot, temporaryFolder } from './support.ts';

// Threads run the built files, so these tests do too, in a process of their own.
const BUILT = new URL('../dist/index.js', import.meta.url);
const POOL = new URL('../dist/import/parse-pool.js', import.meta.url);
const ROWS = 2_000;

const IMPORT = `
  import { importFiles, InputError } from ${JSON.stringify(BUILT.href)};
  const { abortAfter, ...options } = JSON.parse(process.argv[1]);
  const abort = new AbortController();
  const order = [];
  const onProgress = ({ files, rows }) => {
    order.push(rows);
    if (files === abortAfter) abort.abort();
  };
  const answer = await importFiles({ ...options, onProgress, signal: abort.signal }).then(
    (report) => ({ report, order }),
    (cause) => ({ error: cause.name, message: cause.message, isInput: cause instanceof InputError }),
  );
  process.stdout.write(JSON.stringify(answer));
`;

interface Answer {
  readonly report?: { readonly rows: number; readonly files: number };
  readonly error?: string;
  readonly message?: string;
  readonly isInput?: boolean;
}

/** Ends only when the process has: threads that stayed behind would keep it. */
async function run(script: string, options: object): Promise<Answer> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script, JSON.stringify(options)], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
  });
  return JSON.parse(stdout) as Answer;
}

/** Three symbols with three months of candles each, in every packing, and funding; one file overlaps another. */
function writeFiles(folder: string): string[] {
  const put = (name: string, content: string | Uint8Array): string => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const files: string[] = [];
  for (const symbol of ['AAAUSDT', 'BBBUSDT', 'CCCUSDT']) {
    for (let month = 0; month < 3; month++) {
      const lines = candles(Date.UTC(2025, month, 1), ROWS).join('\n');
      const name = `${symbol}-5m-part${month}.csv`;
      if (month === 0) files.push(put(name, `${HEADER}\n${lines}`));
      else if (month === 1) files.push(put(`${name}.gz`, gzipSync(`${lines}\n`)));
      else files.push(put(`${symbol}-5m-part${month}.zip`, zipSync({ [name]: Buffer.from(lines.replaceAll('\n', '\r\n')) })));
    }
  }
  files.push(put('AAAUSDT-5m-again.csv', candles(NEW_YEAR, 500).join('\n')));
  files.push(put('AAAUSDT-fundingRate-2025-01.csv', `calc_time,funding_interval_hours,last_funding_rate\n${NEW_YEAR + 3},8,-0.0001\n`));
  return files;
}

describe.runIf(existsSync(BUILT))('threads (need the built package: tsc -b)', () => {
  it('store the same bytes and report the same as no threads, in the same order', async () => {
    const folder = temporaryFolder();
    const files = writeFiles(folder);
    const [none, two, many] = [0, 2, 8].map((threads) => ({ threads, files, root: join(folder, `data${threads}`) }));
    const alone = await run(IMPORT, none);
    expect(alone.report).toMatchObject({ rows: 9 * ROWS + 500 + 1, files: 11 });
    expect(await run(IMPORT, two)).toEqual(alone);
    expect(await run(IMPORT, many)).toEqual(alone);
    expect(Object.keys(snapshot(none.root)).length).toBe(3 * (3 + 1) + 2);
    expect(snapshot(two.root)).toEqual(snapshot(none.root));
    expect(snapshot(many.root)).toEqual(snapshot(none.root));
  });

  it('refuse a bad file among many with the same line, the first of two, and store nothing', async () => {
    const folder = temporaryFolder();
    const files = writeFiles(folder);
    const lines = candles(NEW_YEAR, 400);
    lines[250] = candle(NEW_YEAR + 250 * FIVE_MINUTES, { h: '99' });
    writeFileSync(files[4], gzipSync(lines.join('\n')));
    // A later file that fails sooner: it is short.
    writeFileSync(files[7], 'nonsense\nnonsense\n');
    const answers: Answer[] = [];
    for (const threads of [0, 3]) {
      const root = join(folder, `data${threads}`);
      mkdirSync(root);
      answers.push(await run(IMPORT, { threads, files, root }));
      expect(readdirSync(root, { recursive: true }).filter((path) => path !== 'binance-um')).toEqual([]);
    }
    const message = `${files[4]}:251: high 99 lies below low 99.5; correct the line or fetch the file again`;
    expect(answers).toEqual(Array.from({ length: 2 }, () => ({ error: 'InputError', message, isInput: true })));
  });

  it('point at both lines when two files contradict each other', async () => {
    const folder = temporaryFolder();
    const first = join(folder, 'AAAUSDT-5m-a.csv');
    const second = join(folder, 'AAAUSDT-5m-b.csv');
    writeFileSync(first, [HEADER, ...candles(NEW_YEAR, 10)].join('\n'));
    writeFileSync(second, [candle(NEW_YEAR + 4 * FIVE_MINUTES, { v: '7' })].join('\n'));
    const { message, isInput } = await run(IMPORT, { threads: 2, files: [first, second], root: join(folder, 'data') });
    expect(isInput).toBe(true);
    expect(message).toMatch(`${second}:1: volume of 2025-01-01T00:20:00Z is 7, but ${first}:6 has 5; `);
  });

  it('name a file that is not there, and a number of threads that is none', async () => {
    const folder = temporaryFolder();
    const files = [...writeFiles(folder), join(folder, 'DDDUSDT-5m.csv')];
    const root = join(folder, 'data');
    expect((await run(IMPORT, { threads: 2, files, root })).message).toBe(`${files[11]}: does not exist; check the path`);
    expect((await run(IMPORT, { threads: -1, files, root })).message).toBe('threads is -1; give a whole number, 0 for none');
    expect((await run(IMPORT, { threads: 1.5, files, root })).isInput).toBe(true);
  });

  it('end at once when the import is cancelled, and store nothing', async () => {
    const folder = temporaryFolder();
    const root = join(folder, 'data');
    mkdirSync(root);
    const answer = await run(IMPORT, { threads: 2, files: writeFiles(folder), root, abortAfter: 5 });
    expect(answer.error).toBe('AbortError');
    expect(readdirSync(root, { recursive: true }).filter((path) => path !== 'binance-um')).toEqual([]);
  });

  it('fail the jobs that still run when they are ended', async () => {
    const file = writeFiles(temporaryFolder())[0];
    const script = `
      import { ParsePool } from ${JSON.stringify(POOL.href)};
      const pool = new ParsePool(1);
      const job = pool.parse({ file: ${JSON.stringify(file)}, span: { interval: '5m', step: 300000 } });
      const message = job.then(() => 'parsed', (cause) => cause.message);
      await pool.close();
      process.stdout.write(JSON.stringify({ message: await message }));
    `;
    expect(await run(script, {})).toEqual({ message: 'the parsing threads were ended' });
  });
});
