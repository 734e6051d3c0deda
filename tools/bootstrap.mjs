#!/usr/bin/env node
// Entry of `npm start`, `npm test`, `npm run orrery` and `npm run bench`: needs Node and npm alone, and leaves a machine
// without pnpm, git or a compiler able to run everything. Plain JavaScript, because nothing is built yet when it starts.
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { build } from './bootstrap/build.mjs';
import { installPackages } from './bootstrap/install.mjs';
import { nodeProblem } from './bootstrap/node-version.mjs';
import { runAndMirror } from './bootstrap/run.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const cli = path.join(root, 'packages', 'cli', 'bin', 'orrery.mjs');

/** What each verb runs once the packages are installed and built; the caller's arguments follow. */
const VERBS = {
  start: [cli, 'demo'],
  test: [path.join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run'],
  orrery: [cli],
  bench: [path.join(root, 'bench', 'dist', 'index.js')],
};

async function main() {
  const [verb, ...rest] = process.argv.slice(2);
  if (verb === undefined || !Object.hasOwn(VERBS, verb)) {
    console.error(`usage: node tools/bootstrap.mjs ${Object.keys(VERBS).join('|')} [arguments]`);
    return 2;
  }
  const installed = await installPackages(root);
  if (installed !== 0) return installed;
  const built = await build(root);
  if (built !== 0) return built;
  // Verbs of the CLI act where the caller stands; npm moves to the package root and leaves the caller's folder in INIT_CWD.
  const cwd = verb === 'orrery' ? (process.env.INIT_CWD ?? process.cwd()) : root;
  return runAndMirror(process.execPath, [...VERBS[verb], ...rest], { cwd });
}

const problem = nodeProblem(process.versions.node);
if (problem !== null) {
  console.error(problem);
  process.exitCode = 2;
} else {
  process.exitCode = await main();
}
