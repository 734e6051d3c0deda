import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { runAndCapture } from '../bootstrap/run.mjs';

/** A sample's file is padded with empty lines, so that the compiler's line numbers are those of the document. */
function moduleText({ line, lines }) {
  return `${'\n'.repeat(line - 1)}${lines.join('\n')}\nexport {};\n`;
}

/** Type-checks each sample as a module of its own. Resolves to whether all are fine. */
export async function checkTypeScriptSamples(root, samples) {
  if (samples.length === 0) return true;
  // Below examples/, whose dependencies are those of somebody who writes a strategy.
  const folder = path.join(root, 'examples', 'node_modules', '.cache', 'docs-samples');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const named = samples.map((sample, index) => ({ sample, name: `${sample.file.replaceAll(/[^\w]/g, '_')}_${index}.ts` }));
  for (const { sample, name } of named) writeFileSync(path.join(folder, name), moduleText(sample));
  const options = {
    composite: false,
    declaration: false,
    declarationMap: false,
    isolatedDeclarations: false,
    noEmit: true,
    // Sources of the core are compiled along, and these two are off there.
    noUncheckedIndexedAccess: false,
    noPropertyAccessFromIndexSignature: false,
    noUnusedLocals: false,
    noUnusedParameters: false,
    allowImportingTsExtensions: true,
    customConditions: ['source'],
    types: ['node'],
    typeRoots: [path.join(root, 'node_modules', '@types')],
  };
  const project = { extends: path.join(root, 'tsconfig.base.json'), compilerOptions: options, files: named.map(({ name }) => name) };
  writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(project, null, 2));
  const tsc = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const { code, stdout, stderr } = await runAndCapture(process.execPath, [tsc, '-p', folder, '--pretty', 'false'], { cwd: folder });
  let report = `${stdout}${stderr}`;
  for (const { sample, name } of named) report = report.replaceAll(name, sample.file);
  if (code !== 0) console.error(report.trim());
  return code === 0;
}
