import { datasetName, download, KINDS, parseTimeRange } from '@orrery/data';
import { createProgress } from '../terminal/progress.ts';
import { table } from '../terminal/table.ts';
import type { Flags, VerbContext } from '../verb.ts';
import { requiredInterval } from '../interval-flag.ts';

/** Fetches market data; what was finished before an error or Ctrl-C stays and is not fetched again. */
export async function run(flags: Flags, context: VerbContext): Promise<void> {
  const kinds = flags.list('kinds');
  const progress = createProgress('downloading');
  const report = await download({
    ...parseTimeRange(flags.text('from'), flags.text('to')),
    root: context.dataRoot,
    symbols: flags.list('symbols'),
    interval: requiredInterval(flags),
    kinds: kinds.length === 0 ? undefined : KINDS.filter((kind) => kinds.includes(kind)),
    baseUrl: flags.string('base-url'),
    restUrl: flags.string('rest-url'),
    concurrency: flags.number('concurrency'),
    signal: context.signal,
    onProgress: ({ files, filesTotal, doneBytes }) => progress.update(files, filesTotal, `${(doneBytes / 1e6).toFixed(1)} MB`),
  }).finally(() => progress.finish());
  for (const warning of report.warnings) context.log(`warning: ${warning}`);
  const datasets = report.datasets.map(({ key, rows, added }) => ({ dataset: datasetName(key), rows, added }));
  context.document({ schema: 'orrery.download/1', bytes: report.doneBytes, datasets, warnings: report.warnings });
  const rows = datasets.map(({ dataset, rows: stored, added }) => [dataset, String(stored), String(added)]);
  context.print(table(['dataset', 'rows', 'new'], rows, [1, 2]));
}
