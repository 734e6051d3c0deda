// Keeps the documents honest: every ```ts block of README.md, ARCHITECTURE.md and docs/*.md is type-checked against the packages, and every
// ```sh block whose first line is "# run" is run in an empty folder with orrery on PATH.
import process from 'node:process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readSamples } from './docs-samples/read.mjs';
import { runShellSamples } from './docs-samples/shell.mjs';
import { checkTypeScriptSamples } from './docs-samples/typescript.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const samples = readSamples(root);
const typescript = samples.filter(({ language }) => language === 'ts');
const shell = samples.filter(({ language, lines }) => language === 'sh' && lines[0]?.trim() === '# run');
console.log(`${typescript.length} TypeScript samples to check, ${shell.length} shell samples to run`);

const areTypesFine = await checkTypeScriptSamples(root, typescript);
const areCommandsFine = await runShellSamples(root, shell);
process.exitCode = areTypesFine && areCommandsFine ? 0 : 1;
