import { spawn } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { PACKAGE } from './program.ts';

const MODULE = pathToFileURL(path.join(PACKAGE, 'dist', 'interrupt.js')).href;

interface Ending {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a script that has `interrupt`, and sends it one SIGINT for each line that it prints. */
function interrupted(script: string): Promise<Ending> {
  const code = `import { watchInterrupt } from '${MODULE}'; const interrupt = watchInterrupt(); setInterval(() => {}, 1000); ${script}`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
    child.kill('SIGINT');
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
  return new Promise((resolve) => child.on('close', (exit, signal) => resolve({ code: exit, signal, stdout, stderr })));
}

const STOPPING = 'orrery: stopping; press Ctrl-C again to stop at once\n';

describe('Ctrl-C', () => {
  it('is told to a verb that watches, which ends in its own way', async () => {
    const script =
      "interrupt.signal().addEventListener('abort', () => process.exit(interrupt.isAborted() ? 130 : 1)); console.log('ready');";
    expect(await interrupted(script)).toEqual({ code: 130, signal: null, stdout: 'ready\n', stderr: STOPPING });
  });
  it('ends a verb that watches but does not stop when it comes again', async () => {
    const script = "interrupt.signal().addEventListener('abort', () => console.log('deaf')); console.log('ready');";
    expect(await interrupted(script)).toEqual({ code: 130, signal: null, stdout: 'ready\ndeaf\n', stderr: STOPPING });
  });
  it('ends a verb that does not watch at once', async () => {
    expect(await interrupted("console.log('ready');")).toEqual({ code: null, signal: 'SIGINT', stdout: 'ready\n', stderr: '' });
  });
});
