import { METRIC_DEFINITIONS, readManifest } from '@orrery/backtest';
import { writeReport } from '@orrery/report';
import { outFile } from '../out-file.ts';
import { findRun, runsFolder } from '../runs/store.ts';
import type { Flags, VerbContext } from '../verb.ts';
import { candleLoader } from './candles.ts';
import { dataRootOf } from './market.ts';

/** Writes a stored run's HTML report. Without the data it has no candles, and says so. */
export async function run(flags: Flags, context: VerbContext): Promise<void> {
  const { folder, result } = findRun(runsFolder(context), flags.text('run'));
  const root = dataRootOf(readManifest(folder), context);
  const out = flags.string('out');
  const options = { definitions: METRIC_DEFINITIONS, ...(out === undefined ? {} : { file: outFile('--out', out) }) };
  const load = candleLoader(root);
  const missing: string[] = [];
  const file = await writeReport(folder, {
    ...options,
    loadCandles: async (...range) => {
      try {
        return await load(...range);
      } catch (error) {
        missing.push(error instanceof Error ? error.message : String(error));
        return [];
      }
    },
  });
  for (const text of missing) context.log(`warning: the report has no candles: ${text}`);
  context.document({ schema: 'orrery.report/1', runId: result.runId, file });
  context.print(file);
}
