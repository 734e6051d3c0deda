import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseBenchArguments, type BenchArguments } from './arguments.ts';
import { absentCases, benchCases } from './cases.ts';
import { differences } from './oracle.ts';
import { runCase, type CaseReport } from './run-case.ts';
import { formatTable, formatVerdict } from './table.ts';

const SELF = fileURLToPath(import.meta.url);

/** Measures a case in a process of its own. */
function inChild(name: string, quick: boolean): CaseReport {
  const child = spawnSync(process.execPath, [SELF, '--only', name, ...(quick ? ['--quick'] : [])], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (child.status !== 0) throw new Error(`case "${name}" failed (exit ${String(child.status)})`);
  // Written by this very program.
  return JSON.parse(child.stdout) as CaseReport;
}

async function main(): Promise<void> {
  let given: BenchArguments;
  try {
    given = parseBenchArguments(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}; flags are --quick, --json and --only <case>\n`);
    process.exitCode = 2;
    return;
  }
  const cases = benchCases(given.quick);
  const absent = absentCases(cases);
  if (given.only !== undefined) {
    const chosen = cases.find(({ name }) => name === given.only);
    if (chosen === undefined) {
      process.stderr.write(`bench: --only ${given.only}: no such case; take one of ${cases.map(({ name }) => `"${name}"`).join(', ')}\n`);
      process.exitCode = 2;
      return;
    }
    const missing = absent.find(({ name }) => name === chosen.name);
    if (missing !== undefined) {
      process.stdout.write(`${JSON.stringify({ name: missing.name, absent: missing.reason })}\n`);
      return;
    }
    process.stdout.write(`${JSON.stringify(await runCase(chosen, given.quick))}\n`);
    return;
  }
  const reports: CaseReport[] = [];
  for (const { name } of cases) {
    if (absent.some((one) => one.name === name)) continue;
    if (!given.json) process.stderr.write(`${name}\n`);
    reports.push(inChild(name, given.quick));
  }
  const wrong = differences(reports);
  if (given.json)
    process.stdout.write(`${JSON.stringify({ node: process.versions.node, quick: given.quick, reports, absent, differences: wrong })}\n`);
  else process.stdout.write(`${formatTable(reports, absent)}\n`);
  if (wrong.length > 0) {
    process.stderr.write(`bench: the engine does not come to what the bare loop does: ${wrong.join('; ')}\n`);
    process.exitCode = 1;
  } else if (!given.json) process.stdout.write(`\n${formatVerdict(reports)}\n`);
}

await main();
