import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { checkVersion, findLibrary } from '../../src/xgboost/index.ts';

const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'orrery library ')));
afterAll(() => rmSync(folder, { recursive: true }));

function put(...parts: readonly string[]): string {
  const file = path.join(folder, ...parts);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, '');
  return file;
}
/** Folders of the machine itself that come first, where they hold the library. */
const ofMachine = findLibrary({});

describe("where XGBoost's library is looked for", () => {
  it('takes what XGBOOST_LIB names before everything else, and nothing instead of it', () => {
    const file = put('mine.so');
    expect(findLibrary({ XGBOOST_LIB: file })).toBe(file);
    expect(() => findLibrary({ XGBOOST_LIB: folder })).toThrow(
      `XGBOOST_LIB ${folder}: is no file; name XGBoost's shared library, or unset it`,
    );
  });
  it.each([
    ['a virtual environment', 'VIRTUAL_ENV', ['venv', 'lib', 'python3.12', 'site-packages', 'xgboost', 'lib', 'libxgboost.so']],
    ['conda', 'CONDA_PREFIX', ['conda', 'lib', 'libxgboost.dylib']],
    ["the user's own packages", 'HOME', ['.local', 'lib', 'python3.11', 'site-packages', 'xgboost', 'lib', 'libxgboost.so']],
  ])('knows where %s keeps it', (_, variable, parts) => {
    const root = variable === 'HOME' ? ['home'] : [];
    const file = put(...root, ...parts);
    const named = path.join(folder, root[0] ?? parts[0]);
    expect([ofMachine, file]).toContain(findLibrary({ [variable]: named }));
  });
});

describe('versions', () => {
  it.each(['1.6.0', '1.7.4', '2.1.4', '3.2.0'])('%s may be used', (text) => {
    expect(() => check(text)).not.toThrow();
  });
  it.each(['0.90.0', '1.5.2', '4.0.0'])('%s is refused with the command that mends it', (text) => {
    expect(() => check(text)).toThrow(new RegExp(`^x.so: is XGBoost ${text}; 1.6 to 3 are known to work: pip install "xgboost`));
  });
  function check(text: string): void {
    const [major, minor, patch] = text.split('.').map(Number);
    checkVersion({ major, minor, patch }, 'x.so');
  }
});
