import { datasetName, FILE_KINDS, importFiles } from '@orrery/data';
import { createProgress } from '../terminal/progress.ts';
import { table } from '../terminal/table.ts';
import type { Flags, VerbContext } from '../verb.ts';
import { intervalFlag } from '../interval-flag.ts';

/** Imports files; a failure leaves the data root as it was. */
export async function run(flags: Flags, context: VerbContext): Promise<void> {
  const progress = createProgress('importing');
  const kind = flags.string('kind');
  const report = await importFiles({
    root: context.dataRoot,
    files: flags.list('files'),
    symbol: flags.string('symbol'),
    interval: intervalFlag(flags),
    kind: FILE_KINDS.find((known) => known === kind),
    replace: flags.boolean('replace'),
    signal: context.signal,
    onProgress: ({ files, filesTotal, rows }) => progress.update(files, filesTotal, `${rows} rows`),
  }).finally(() => progress.finish());
  for (const warning of report.warnings) context.log(`warning: ${warning}`);
  const datasets = report.datasets.map(({ key, ...rest }) => ({ dataset: datasetName(key), ...rest }));
  context.document({ schema: 'orrery.import/1', files: report.files, rows: report.rows, datasets, warnings: report.warnings });
  const rows = datasets.map(({ dataset, rows: stored, added, changed }) => [
    dataset,
    String(stored),
    String(added),
    changed ? 'written' : 'had it all',
  ]);
  context.print(table(['dataset', 'rows', 'new', ''], rows, [1, 2]));
}
