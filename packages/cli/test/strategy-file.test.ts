import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PACKAGE, program } from './program.ts';

let folder = '';
beforeAll(() => {
  folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'orrery strategies ')));
});
afterAll(() => rmSync(folder, { recursive: true }));

const DIST = pathToFileURL(path.join(PACKAGE, 'dist')).href;
const CORE = pathToFileURL(path.join(PACKAGE, 'node_modules', '@orrery', 'core', 'dist', 'index.js')).href;

interface Answer {
  readonly value?: unknown;
  readonly sha256?: string;
  readonly error?: string;
  readonly name?: string;
}

function write(name: string, text: string): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

/** Loads a file with the built loader in a process of its own; `about` is an expression over the loaded `strategy` and our `core`. */
async function load(file: string, about = 'strategy'): Promise<Answer> {
  const script = `import { loadStrategyFile } from '${DIST}/strategy-file/load.js';
    import * as core from '${CORE}';
    try {
      const { strategy, sha256 } = await loadStrategyFile(process.argv[1]);
      console.log(JSON.stringify({ value: ${about}, sha256 }));
    } catch (error) { console.log(JSON.stringify({ error: error.message, name: error.name })); }`;
  const { stdout, stderr } = await program(['--input-type=module', '-e', script, file], { cwd: folder });
  expect(stderr).toBe('');
  return JSON.parse(stdout) as Answer;
}

describe('loadStrategyFile', () => {
  it('loads TypeScript from a folder without packages, with the instance of the core that Orrery uses', async () => {
    const file = write(
      'a/my strategy.ts',
      `import { INTERVAL_MS, type Interval } from '@orrery/core';
       import { twice } from './lib/twice.ts';
       const interval: Interval = '5m';
       export default { id: 'mine', ms: twice(INTERVAL_MS[interval]), table: INTERVAL_MS };`,
    );
    write('a/lib/twice.ts', 'export const twice = (x: number): number => x * 2;');
    const answer = await load(file, '{ ms: strategy.ms, isShared: strategy.table === core.INTERVAL_MS }');
    expect(answer.value).toEqual({ ms: 600_000, isShared: true });
    expect(answer.sha256).toMatch(/^[0-9a-f]{64}$/);
  });
  it('loads a JavaScript module by a path relative to the working directory', async () => {
    write('plain.mjs', 'export default 7;');
    expect((await load('./plain.mjs')).value).toBe(7);
  });
  it('hashes contents, not places: moved files keep the hash, a changed import changes it', async () => {
    const text = `import { k } from './k.ts'; import { INTERVAL_MS } from '@orrery/core'; export default [k, INTERVAL_MS['1m']];`;
    const files = ['h1', 'deeper/h2', 'h3'].map((name) => write(`${name}/s.ts`, text));
    write('h1/k.ts', 'export const k = 1;');
    write('deeper/h2/k.ts', 'export const k = 1;');
    write('h3/k.ts', 'export const k = 2;');
    const [first, moved, changed] = await Promise.all(files.map((file) => load(file)));
    expect(first.value).toEqual([1, 60_000]);
    expect(moved.sha256).toBe(first.sha256);
    expect(changed.sha256).not.toBe(first.sha256);
  });
  it('reads no tsconfig.json that lies near the file', async () => {
    write('t/tsconfig.json', '{ "extends": "./missing.json" }');
    expect((await load(write('t/s.ts', 'export default 1 as number;'))).value).toBe(1);
  });
});

describe('loadStrategyFile, given a bad file, says in one line', () => {
  const refused = async (file: string): Promise<string> => {
    const { name, error } = await load(file);
    expect(name).toBe('InputError');
    expect(error).not.toContain('\n');
    return error!.replaceAll(folder, '<dir>');
  };
  it('that it is missing', async () => {
    expect(await refused('./none.ts')).toBe('--strategy ./none.ts: no such file (looked for <dir>/none.ts)');
  });
  it('that it is a folder or has the wrong ending', async () => {
    mkdirSync(path.join(folder, 'sub.ts'));
    expect(await refused('sub.ts')).toBe('--strategy sub.ts: is a folder: name the file in it');
    write('s.py', 'pass');
    expect(await refused('./s.py')).toBe('--strategy ./s.py: must end in one of .ts, .mts, .js, .mjs');
  });
  it('where it does not compile', async () => {
    write('syntax.ts', 'export const a = 1;\nlet b = ;\nexport default a;');
    expect(await refused('syntax.ts')).toBe('--strategy <dir>/syntax.ts:2:9: Unexpected ";"');
  });
  it('which import cannot be found or is not for strategies', async () => {
    write('lost.ts', "import { x } from './not-there.ts';\nexport default x;");
    expect(await refused('lost.ts')).toBe('--strategy <dir>/lost.ts:1:19: Could not resolve "./not-there.ts"');
    write('data.ts', "import '@orrery/data';\nexport default 1;");
    expect(await refused('data.ts')).toBe(
      "--strategy <dir>/data.ts:1:8: a strategy file may import @orrery/core and @orrery/strategies of Orrery's packages, not @orrery/data",
    );
  });
  it('that it has no default export', async () => {
    write('nodefault.ts', 'export const strategy = 1;');
    expect(await refused('nodefault.ts')).toBe(
      '--strategy nodefault.ts: has no default export: end it with "export default defineStrategy({ … })"',
    );
  });
  it('what it throws while it is loaded, and on which line of the source', async () => {
    write('throws.ts', "interface Unused { readonly a: number }\n\nthrow new RangeError('boom');\nexport default 1;");
    expect(await refused('throws.ts')).toBe('--strategy <dir>/throws.ts: throws while it is loaded: RangeError: boom (throws.ts:3:7)');
  });
  it('that the core has no such export', async () => {
    write('absent.ts', "import { absent } from '@orrery/core';\nexport default absent;");
    expect(await refused('absent.ts')).toMatch(/^--strategy <dir>\/absent\.ts: throws while it is loaded: SyntaxError: .*'absent'/);
  });
});
