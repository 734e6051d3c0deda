import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { runAndCapture } from '../bootstrap/run.mjs';

/** Runs each sample with `bash -e` in an empty folder of its own. Resolves to whether all ended well. */
export async function runShellSamples(root, samples) {
  let areFine = true;
  const searchPath = [path.join(root, 'node_modules', '.bin'), process.env.PATH].join(path.delimiter);
  for (const { file, line, lines } of samples) {
    const cwd = mkdtempSync(path.join(os.tmpdir(), 'orrery-docs-'));
    const env = { ...process.env, PATH: searchPath, NO_COLOR: '1' };
    const { code, stdout, stderr } = await runAndCapture('bash', ['-euo', 'pipefail', '-c', lines.join('\n')], { cwd, env });
    rmSync(cwd, { recursive: true, force: true });
    if (code === 0) continue;
    areFine = false;
    console.error(`${file}:${line}: the commands ended with exit code ${code}\n${stdout}${stderr}`);
  }
  return areFine;
}
