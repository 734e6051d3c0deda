import { table } from '../terminal/table.ts';
import type { Flags, VerbContext } from '../verb.ts';
import { compareRuns, type Difference } from './difference.ts';
import { findRun, runsFolder } from './store.ts';
import { metricText } from './text.ts';

function valueText(value: unknown): string {
  if (typeof value === 'number' || value === null) return metricText(value);
  if (value === undefined) return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function changeText({ first, second }: Difference): string {
  return typeof first === 'number' && typeof second === 'number' ? metricText(second - first) : '';
}

/** Shows by what two runs differ. */
export function run(flags: Flags, context: VerbContext): void {
  const folder = runsFolder(context);
  const first = findRun(folder, flags.text('first')).result;
  const second = findRun(folder, flags.text('second')).result;
  const comparison = compareRuns(first, second);
  context.document({ schema: 'orrery.comparison/1', first: first.runId, second: second.runId, ...comparison });
  const { digest, dataset } = comparison;
  context.print(
    digest.equal ? `same digest ${digest.first}: the two runs did the same` : `digests differ: ${digest.first} and ${digest.second}`,
  );
  context.print(dataset.equal ? `same candles ${dataset.first}` : `candles differ: ${dataset.first} and ${dataset.second}`);
  const sections = [
    ['configuration', comparison.config],
    ['account', comparison.account],
    ['metrics', comparison.metrics],
    ['versions', comparison.versions],
  ] as const;
  for (const [title, rows] of sections) {
    if (rows.length === 0) {
      context.print(`${title}: no difference`);
      continue;
    }
    const cells = rows.map((row) => [row.field, valueText(row.first), valueText(row.second), changeText(row)]);
    context.print(`\n${table([title, first.runId, second.runId, 'change'], cells, [1, 2, 3])}`);
  }
}
