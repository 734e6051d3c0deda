import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { PACKAGE, orrery } from './program.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'orrery cli '));
afterAll(() => rmSync(folder, { recursive: true }));

function yaml(name: string, text: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

describe('help and version', () => {
  it('prints the verbs and the exit codes on stdout', async () => {
    const { code, stdout, stderr } = await orrery(['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('orrery doctor');
    expect(stdout).toContain('Exit codes: 0 fine, 1 failed at work, 2 wrong input, 130 interrupted.');
  });
  it('shows an example for a verb', async () => {
    const { code, stdout } = await orrery(['runs', 'compare', '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('orrery runs compare <first> <second>');
    expect(stdout).toContain('orrery runs compare 3f2a 9c01');
  });
  it('prints the version of the manifest', async () => {
    const { version } = JSON.parse(readFileSync(path.join(PACKAGE, 'package.json'), 'utf8')) as { version: string };
    expect(await orrery(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });
});

describe('wrong input ends with exit code 2 and one line', () => {
  it.each<[readonly string[], string]>([
    [[], 'name a verb: see orrery --help'],
    [['docter'], 'unknown verb "docter": did you mean doctor?'],
    [['runs'], 'name one of list, show, compare: see orrery runs --help'],
    [['runs', 'lst'], 'unknown verb "lst": did you mean list?'],
    [['runs', 'show'], 'too few words: orrery runs show <run>'],
    [['runs', 'show', 'a', 'b'], 'unexpected "b" after show: see orrery runs show --help'],
    [['doctor', '--jsn'], 'unknown flag --jsn: did you mean --json?'],
    [['runs', 'list', '--rnus=x'], 'unknown flag --rnus: did you mean --runs?'],
    [['doctor', '--data'], '--data needs a value'],
    [['doctor', '--json=maybe'], '--json maybe: takes true or false'],
    [['live', '--binance-api-key=hush'], '--binance-api-key: is read from the environment alone: set BINANCE_API_KEY'],
    [['doctor', '--data', 'a', '--data', 'b'], '--data was given 2 times: give it once'],
    [['doctor', '--config', 'none.yaml'], '--config none.yaml: cannot be read (ENOENT); name an existing YAML file'],
  ])('%j', async (words, line) => {
    expect(await orrery(words, { cwd: folder })).toEqual({ code: 2, stdout: '', stderr: `orrery: ${line}\n` });
  });
  it('shows the stack as well with --verbose', async () => {
    const { code, stderr } = await orrery(['runs', 'list', '--runs', 'none', '--verbose'], { cwd: folder });
    expect(code).toBe(2);
    expect(stderr).toMatch(/\n\s+at /);
  });
});

describe('--config', () => {
  it('takes flags from the file, and the command line wins', async () => {
    const file = yaml('fine.yaml', `data: ${JSON.stringify(path.join(folder, 'from-file'))}\njson: true\n`);
    const root = async (...words: string[]): Promise<unknown> => {
      const { stdout } = await orrery(['doctor', '--config', file, ...words], { cwd: folder });
      const { checks } = JSON.parse(stdout) as { checks: { name: string; detail: string }[] };
      return checks.find(({ name }) => name === 'data root')?.detail.split(' (made')[0];
    };
    expect(await root()).toBe(path.join(folder, 'from-file'));
    expect(await root('--data', 'from-flag')).toBe(path.join(folder, 'from-flag'));
  });
  it.each<[string, string, string]>([
    ['key.yaml', 'jsno: true\n', 'unknown key "jsno": did you mean json?'],
    ['list.yaml', '- a\n', 'holds no map of flag names to values, such as "seed: 7"'],
  ])('refuses %s', async (name, text, line) => {
    const file = yaml(name, text);
    expect(await orrery(['doctor', '--config', file])).toEqual({ code: 2, stdout: '', stderr: `orrery: --config ${file}: ${line}\n` });
  });
  it('refuses a value that its flag does not take, and text that is no YAML', async () => {
    const wrong = yaml('value.yaml', 'json: perhaps\n');
    expect((await orrery(['doctor', '--config', wrong])).stderr).toBe(`orrery: json in ${wrong}: perhaps: takes true or false\n`);
    const broken = yaml('broken.yaml', 'a: [1\n');
    expect((await orrery(['doctor', '--config', broken])).stderr).toMatch(/^orrery: --config .*broken\.yaml: not YAML: [^\n]+\n$/);
  });
});

describe('streams', () => {
  it('ends quietly when the reader closes the pipe', async () => {
    const child = spawn('bash', [
      '-c',
      '"$0" "$1" --help | head -n 1; echo "${PIPESTATUS[0]}"',
      process.execPath,
      path.join(PACKAGE, 'bin', 'orrery.mjs'),
    ]);
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
    await new Promise((resolve) => child.on('close', resolve));
    expect(output).toBe('orrery <verb> [flags]\n0\n');
  });
  it('writes no colour codes to a pipe', async () => {
    const { stdout } = await orrery(['doctor'], { cwd: folder });
    expect(stdout).not.toContain('\u001B');
  });
  it('runs where stdin is closed', async () => {
    const child = spawn('bash', ['-c', '"$0" "$1" --version <&-', process.execPath, path.join(PACKAGE, 'bin', 'orrery.mjs')]);
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(0);
  });
});
