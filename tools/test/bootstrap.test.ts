import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { ROOT } from './workspace.ts';

const run = promisify(execFile);
const folder = mkdtempSync(path.join(os.tmpdir(), 'orrery tools '));
afterAll(() => rmSync(folder, { recursive: true }));

async function evaluate(code: string): Promise<unknown> {
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', code], { cwd: ROOT });
  return JSON.parse(stdout);
}

describe('bootstrap', () => {
  it('refuses a Node that is too old, in one line that says what to do', async () => {
    const code = `import { nodeProblem } from './tools/bootstrap/node-version.mjs';
      console.log(JSON.stringify(['18.20.4', '20.18.3', '20.19.0', '22.0.0', '24.21.0'].map(nodeProblem)))`;
    const line = (version: string): string =>
      `orrery needs Node 20.19 or newer, and this is Node ${version}: install a current one from https://nodejs.org and try again`;
    expect(await evaluate(code)).toEqual([line('18.20.4'), line('20.18.3'), null, null, null]);
  });
  it('says how it is used when the verb is unknown', async () => {
    const result = await run(process.execPath, ['tools/bootstrap.mjs', 'tset'], { cwd: ROOT }).catch((error: unknown) => error);
    expect(result).toMatchObject({ code: 2, stderr: 'usage: node tools/bootstrap.mjs start|test|orrery|bench [arguments]\n' });
  });
  it('hands on exit codes, and counts a signal as shells do', async () => {
    const code = `import { runAndMirror } from './tools/bootstrap/run.mjs';
      const codes = [];
      for (const script of ['process.exit(7)', 'process.kill(process.pid, "SIGKILL")', '0']) codes.push(await runAndMirror(process.execPath, ['-e', script], {}));
      console.log(JSON.stringify(codes))`;
    expect(await evaluate(code)).toEqual([7, 137, 0]);
  });
  it('lives through Ctrl-C until the program that it runs has ended', async () => {
    const script = `process.on('SIGINT', () => { console.log('cleaning'); setTimeout(() => process.exit(130), 50); }); setInterval(() => {}, 1000); console.log('ready');`;
    const code = `import { runAndMirror } from './tools/bootstrap/run.mjs';
      process.exitCode = await runAndMirror(process.execPath, ['-e', ${JSON.stringify(script)}], {});`;
    // A group of its own, so that the signal can reach parent and child at once, as a terminal sends it.
    const child = spawn(process.execPath, ['--input-type=module', '-e', code], { cwd: ROOT, detached: true });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      if (chunk.includes('ready')) process.kill(-child.pid!, 'SIGINT');
    });
    const exit = await new Promise((resolve) => child.on('close', resolve));
    expect({ exit, output }).toEqual({ exit: 130, output: 'ready\ncleaning\n' });
  });
  it('tries once more after a network failure, and then names the registry and the proxy', async () => {
    const code = `import { withNetwork } from './tools/bootstrap/pnpm.mjs';
      let calls = 0; let said = ''; console.error = (line) => { said += line + '\\n'; };
      const attempt = (stderr) => async () => { calls++; return { code: 1, stdout: '', stderr }; };
      const exit = [await withNetwork('a', attempt('getaddrinfo ENOTFOUND')), await withNetwork('b', attempt('lockfile is broken'))];
      console.log(JSON.stringify({ calls, exit, said: said.includes('npm config set proxy URL') && said.includes('b failed: the lines above say why') }))`;
    expect(await evaluate(code)).toEqual({ calls: 3, exit: [1, 1], said: true });
  });
});

describe('count-tests', () => {
  const count = async (content: string | null, succeeded: string): Promise<string> => {
    const file = path.join(folder, `report-${succeeded}-${content?.length ?? 'none'}.json`);
    if (content !== null) writeFileSync(file, content);
    return (await run(process.execPath, ['tools/count-tests.mjs', file, succeeded], { cwd: ROOT })).stdout;
  };
  it('counts tests, and a run that failed without a failed test as one failure', async () => {
    expect(await count('{"numPassedTests":12,"numFailedTests":0}', '1')).toBe('12 0\n');
    expect(await count('{"numPassedTests":12,"numFailedTests":3}', '0')).toBe('12 3\n');
    expect(await count('{"numPassedTests":120,"numFailedTests":0}', '0')).toBe('120 1\n');
    expect(await count(null, '0')).toBe('0 1\n');
    expect(await count('{"numPassedTests":0,"numFailedTests":0}', '1')).toBe('0 1\n');
  });
});

describe('samples of the documents', () => {
  it('are the fenced blocks, with the line on which each begins', async () => {
    const text = '# T\n\n```ts\nconst a = 1;\n```\n\n```sh\n# run\norrery doctor\n```\n';
    const code = `import { samplesOf } from './tools/docs-samples/read.mjs'; console.log(JSON.stringify(samplesOf('d.md', ${JSON.stringify(text)})))`;
    expect(await evaluate(code)).toEqual([
      { file: 'd.md', language: 'ts', line: 4, lines: ['const a = 1;'] },
      { file: 'd.md', language: 'sh', line: 8, lines: ['# run', 'orrery doctor'] },
    ]);
  });
  it('fail with the line of the document when they do not compile', async () => {
    const code = `import { checkTypeScriptSamples } from './tools/docs-samples/typescript.mjs';
      let said = ''; console.error = (line) => { said += line; };
      const good = { file: 'd.md', language: 'ts', line: 4, lines: ["import { INTERVAL_MS } from '@orrery/core';", "const ms: number = INTERVAL_MS['1m'];"] };
      const bad = { ...good, lines: ["const ms: number = 'a';"] };
      const fine = await checkTypeScriptSamples(process.cwd(), [good]);
      const broken = await checkTypeScriptSamples(process.cwd(), [good, bad]);
      console.log(JSON.stringify({ fine, broken, where: /d\\.md\\(4,7\\)/.test(said) }))`;
    expect(await evaluate(code)).toEqual({ fine: true, broken: false, where: true });
  });
  it('fail when their commands do', async () => {
    const code = `import { runShellSamples } from './tools/docs-samples/shell.mjs';
      let said = ''; console.error = (line) => { said += line; };
      const sample = (line) => ({ file: 'd.md', language: 'sh', line: 8, lines: ['# run', line] });
      const fine = await runShellSamples(process.cwd(), [sample('test "$(ls | wc -l)" = 0')]);
      const broken = await runShellSamples(process.cwd(), [sample('false | true')]);
      console.log(JSON.stringify({ fine, broken, said: said.startsWith('d.md:8: the commands ended with exit code 1') }))`;
    expect(await evaluate(code)).toEqual({ fine: true, broken: false, said: true });
  });
});
