import { datasetName, isoTime, parseDatasetName, verifyDatasets } from '@orrery/data';
import { EXIT } from '../exit-code.ts';
import { InputError } from '../input-error.ts';
import { createProgress } from '../terminal/progress.ts';
import { table } from '../terminal/table.ts';
import type { Flags, VerbContext } from '../verb.ts';

/** Checks datasets; exit code 1 when one has an error. Nothing to check is wrong input, for a check of nothing proves nothing. */
export async function run(flags: Flags, context: VerbContext): Promise<number> {
  const names = flags.list('datasets');
  const progress = createProgress('verifying');
  const reports = await verifyDatasets({
    root: context.dataRoot,
    keys: names.length === 0 ? undefined : names.map(parseDatasetName),
    signal: context.signal,
    onProgress: ({ datasets, datasetsTotal }) => progress.update(datasets, datasetsTotal),
  }).finally(() => progress.finish());
  if (reports.length === 0)
    throw new InputError(`no datasets under ${context.dataRoot}: name another data root with --data or ORRERY_DATA`);
  const problems = reports.flatMap((report) => report.problems);
  const isFine = problems.every(({ severity }) => severity !== 'error');
  const datasets = reports.map(({ key, ...rest }) => ({ dataset: datasetName(key), ...rest }));
  context.document({ schema: 'orrery.data-verification/1', ok: isFine, datasets });
  for (const { severity, file, time, message } of problems) {
    context.print(`${severity}: ${file}${time === null ? '' : ` at ${isoTime(time)}`}: ${message}`);
  }
  const count = (report: (typeof datasets)[number], wanted: string): string =>
    String(report.problems.filter(({ severity }) => severity === wanted).length);
  const rows = datasets.map((report) => [
    report.dataset,
    String(report.files),
    String(report.rows),
    count(report, 'error'),
    count(report, 'warning'),
  ]);
  context.print(table(['dataset', 'files', 'rows', 'errors', 'warnings'], rows, [1, 2, 3, 4]));
  return isFine ? EXIT.fine : EXIT.failed;
}
