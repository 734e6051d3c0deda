import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { checkLibxgboost } from '../src/doctor/libxgboost.ts';
import { isNodeSupported } from '../src/doctor/node.ts';
import { checkChromium, checkPnpm, findProgram } from '../src/doctor/programs.ts';
import { orrery } from './program.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'orrery doctor '));
afterAll(() => rmSync(folder, { recursive: true }));

interface Report {
  readonly schema: string;
  readonly ok: boolean;
  readonly checks: readonly { name: string; required: boolean; found: boolean; detail: string; mend: string | null }[];
}

describe('doctor', () => {
  it('reports every check as one JSON document and ends with 0 when nothing required is missing', async () => {
    const { code, stdout, stderr } = await orrery(['doctor', '--json', '--data', path.join(folder, 'data')]);
    const report = JSON.parse(stdout) as Report;
    expect({ code, stderr, ok: report.ok, schema: report.schema }).toEqual({ code: 0, stderr: '', ok: true, schema: 'orrery.doctor/1' });
    const names = report.checks.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['node', 'pnpm', '@orrery/core', 'yargs', 'data root', 'sample dataset', 'chromium', 'libxgboost']),
    );
    expect(
      report.checks.filter(({ found, mend }) => found === (mend !== null)),
      'what is missing has a command, what is there has none',
    ).toEqual([]);
    const root = report.checks.find(({ name }) => name === 'data root');
    expect(root?.detail).toMatch(/ \(made when needed\), \d+\.\d GiB free$/);
  });
  it('ends with 1 and says what to do when the data root cannot be one', async () => {
    const file = path.join(folder, 'a file');
    writeFileSync(file, '');
    const { code, stdout } = await orrery(['doctor', '--json', '--data', path.join(file, 'x')]);
    const report = JSON.parse(stdout) as Report;
    expect(code).toBe(1);
    expect(report.checks.find(({ name }) => name === 'data root')).toEqual({
      name: 'data root',
      required: true,
      found: false,
      detail: `${file} is a file, not a folder`,
      mend: 'name a folder with --data or ORRERY_DATA',
    });
  });
  it('takes the data root from ORRERY_DATA', async () => {
    const { stdout } = await orrery(['doctor', '--json'], { env: { ORRERY_DATA: folder } });
    const report = JSON.parse(stdout) as Report;
    expect(report.checks.find(({ name }) => name === 'data root')?.detail).toContain(folder);
  });
});

describe('checks', () => {
  it('knows which Node is new enough', () => {
    expect(['18.20.8', '20.18.9', '20.19.0', '21.0.0', '24.21.0'].map(isNodeSupported)).toEqual([false, false, true, true, true]);
  });
  it('finds programs on the given path alone, and only those that can be run', () => {
    const bin = path.join(folder, 'bin');
    mkdirSync(bin);
    for (const [name, mode] of [
      ['chromium', 0o755],
      ['pnpm', 0o644],
    ] as const) {
      writeFileSync(path.join(bin, name), '#!/bin/sh\n');
      chmodSync(path.join(bin, name), mode);
    }
    const searchPath = `${path.join(folder, 'nowhere')}${path.delimiter}${bin}`;
    expect(findProgram(['google-chrome', 'chromium'], searchPath)).toBe(path.join(bin, 'chromium'));
    expect(checkChromium(searchPath)).toMatchObject({ found: true, mend: null });
    expect(checkPnpm(searchPath)).toMatchObject({ found: false, required: false });
  });
  it('opens the library that XGBOOST_LIB names, and says what is wrong with one that is none', async () => {
    const file = path.join(folder, 'libxgboost.so');
    writeFileSync(file, 'no library');
    const broken = await checkLibxgboost({ XGBOOST_LIB: file });
    expect(broken).toMatchObject({ required: false, found: false });
    expect(broken.detail).toContain(file);
    expect(await checkLibxgboost({ XGBOOST_LIB: `${file}.gone` })).toMatchObject({
      found: false,
      detail: `XGBOOST_LIB ${file}.gone: is no file; name XGBoost's shared library, or unset it`,
    });
  });
});
