import { datasetName, parsePeriod, synthesise } from '@orrery/data';
import { InputError } from '../input-error.ts';
import { table } from '../terminal/table.ts';
import type { Flags, VerbContext } from '../verb.ts';
import { requiredInterval } from '../interval-flag.ts';

function number(flags: Flags, name: string): number {
  const value = flags.number(name);
  if (value === undefined) throw new InputError(`--${name} is missing: give a number`);
  return value;
}

/** Stores a made-up market, marked as one. */
export async function run(flags: Flags, context: VerbContext): Promise<void> {
  const seed = number(flags, 'seed');
  const report = await synthesise({
    root: context.dataRoot,
    symbols: flags.list('symbols'),
    interval: requiredInterval(flags),
    from: parsePeriod('--from', flags.text('from')).start,
    days: number(flags, 'days'),
    seed,
  });
  const datasets = report.datasets.map(({ key, rows, changed }) => ({ dataset: datasetName(key), rows, changed }));
  context.document({ schema: 'orrery.synth/1', synthetic: true, seed, datasets });
  const rows = datasets.map(({ dataset, rows: stored, changed }) => [dataset, String(stored), changed ? 'written' : 'had it all']);
  context.print(table(['synthetic dataset', 'rows', ''], rows, [1]));
}
