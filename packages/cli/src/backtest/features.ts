import { canonicalText, createColumnGraph, INTERVALS, isInterval, parseFeature, type FeatureSpec } from '@orrery/core';
import { loadMarket, writeColumns } from '@orrery/data';
import { InputError } from '../input-error.ts';
import { outFile } from '../out-file.ts';
import type { Flags, VerbContext } from '../verb.ts';
import { chosenRange } from './request.ts';

/** Computes features of a dataset by the very kernels that a backtest reads, and writes them as columns. */
export async function run(flags: Flags, context: VerbContext): Promise<void> {
  const name = flags.text('dataset');
  const [symbol, interval, ...rest] = name.split('/');
  if (symbol === undefined || symbol === '' || interval === undefined || rest.length > 0 || !isInterval(interval)) {
    throw new InputError(`dataset ${name}: write it as SYMBOL/INTERVAL, e.g. BTCUSDT/5m; intervals are ${INTERVALS.join(', ')}`);
  }
  const texts = flags.list('feature');
  if (texts.length === 0) throw new InputError("--feature is missing: name at least one, e.g. --feature 'rsi(close,14)'");
  const specs = texts.map(specOf);
  const names = specs.map(canonicalText);
  const twice = names.find((text, k) => names.indexOf(text) < k);
  if (twice !== undefined) throw new InputError(`--feature '${twice}' was given twice: give it once`);
  const out = outFile('--out', flags.text('out'));
  const { from, to } = chosenRange(flags);
  const { tapes } = await loadMarket({ root: context.dataRoot, symbols: [symbol], interval, from: from ?? undefined, to: to ?? undefined });
  const [tape] = tapes;
  if (tape === undefined) throw new Error(`${name}: no tape`);
  const graph = asInput(() => createColumnGraph(tape, specs));
  graph.advance(0, tape.length);
  const columns = [tape.closeTs, ...graph.columns].map((column) => column.subarray(0, tape.length));
  await writeColumns(out, ['time', ...names], columns);
  const firstRows = columns.slice(1).map((column) => column.findIndex((value) => !Number.isNaN(value)));
  context.document({ schema: 'orrery.features/1', dataset: name, rows: tape.length, features: names, firstRows, file: out });
  const begins = names.map((text, k) => ((firstRows[k] ?? -1) < 0 ? `${text} has no value yet` : `${text} from row ${firstRows[k]}`));
  context.print(`${out}: ${tape.length} rows; ${begins.join('; ')}`);
}

function specOf(text: string): FeatureSpec {
  return asInput(() => parseFeature(text), `--feature '${text}': `);
}

/** What core calls out of range is the user's wrong input here. */
function asInput<T>(make: () => T, where = ''): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new InputError(`${where}${error.message}`, { cause: error });
  }
}
