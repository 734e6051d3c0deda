import { datasetName, isoTime, listDatasets } from '@orrery/data';
import { table } from '../terminal/table.ts';
import type { Flags, VerbContext } from '../verb.ts';

/** Lists the datasets under the data root, from their manifests alone. */
export async function run(_flags: Flags, context: VerbContext): Promise<void> {
  const datasets = (await listDatasets(context.dataRoot)).map(({ key, manifest }) => ({
    dataset: datasetName(key),
    rows: manifest.rows,
    first: manifest.first,
    last: manifest.last,
    gaps: manifest.gaps.length,
    missing: manifest.gaps.reduce((sum, gap) => sum + gap.missing, 0),
    synthetic: manifest.synthetic !== null,
  }));
  context.document({ schema: 'orrery.datasets/1', root: context.dataRoot, datasets });
  if (datasets.length === 0) {
    context.print(`no datasets under ${context.dataRoot}: see orrery data import --help, orrery data download --help`);
    return;
  }
  const rows = datasets.map(({ dataset, rows: count, first, last, gaps, missing, synthetic }) => [
    dataset,
    String(count),
    isoTime(first),
    isoTime(last),
    gaps === 0 ? 'none' : `${gaps} (${missing} rows)`,
    synthetic ? 'synthetic' : '',
  ]);
  context.print(table(['dataset', 'rows', 'first (UTC)', 'last (UTC)', 'gaps', ''], rows, [1]));
}
