import path from 'node:path';
import { datasetName, EXPORT_FORMATS, exportDataset, parseDatasetName, parsePeriod } from '@orrery/data';
import { InputError } from '../input-error.ts';
import { createProgress } from '../terminal/progress.ts';
import type { Flags, VerbContext } from '../verb.ts';

/** Writes a dataset to one file. */
export async function run(flags: Flags, context: VerbContext): Promise<void> {
  const name = flags.text('format');
  const format = EXPORT_FORMATS.find((known) => known === name);
  if (format === undefined) throw new InputError(`--format ${name}: takes one of ${EXPORT_FORMATS.join(', ')}`);
  const key = parseDatasetName(flags.text('dataset'));
  const from = flags.string('from');
  const to = flags.string('to');
  const out = path.resolve(flags.text('out'));
  const progress = createProgress('exporting');
  const report = await exportDataset({
    root: context.dataRoot,
    key,
    format,
    out,
    from: from === undefined ? undefined : parsePeriod('--from', from).start,
    to: to === undefined ? undefined : parsePeriod('--to', to).end,
    signal: context.signal,
    onProgress: ({ doneBytes }) => progress.update(doneBytes, 0, `${(doneBytes / 1e6).toFixed(1)} MB`),
  }).finally(() => progress.finish());
  context.document({ schema: 'orrery.export/1', dataset: datasetName(key), format, file: out, rows: report.rows, bytes: report.bytes });
  context.print(`${datasetName(key)}: ${report.rows} rows, ${report.bytes} bytes, written to ${out}`);
}
