import path from 'node:path';
import { BoosterProcess, cardFold, overallMetrics, requireLibrary, trainModel } from '@orrery/ml-train';
import { featureHash, modelOf, writeModel } from '@orrery/models';
import { modelsRoot } from '../models/root.ts';
import { createProgress } from '../terminal/progress.ts';
import type { Flags, VerbContext } from '../verb.ts';
import { sourceFromRuns } from './from-run.ts';
import { sourceFromStrategy } from './from-strategy.ts';
import { trainSettings } from './settings.ts';
import { trainSummary } from './summary.ts';

/** The verb `train`: nothing is written before the model has been proven, and then all of it or nothing. */
export async function run(flags: Flags, context: VerbContext): Promise<void> {
  const settings = trainSettings(flags);
  const library = requireLibrary(context.env);
  const load = await (flags.list('from-run').length > 0 ? sourceFromRuns(flags, context) : sourceFromStrategy(flags, context));
  const { signal } = context;
  const bar = stages();
  let booster: BoosterProcess | null = null;
  try {
    const { samples, interval, origin, counts, line } = await load(bar.update);
    booster = await BoosterProcess.open(library);
    const trained = await trainModel(booster, samples, interval, origin, settings, { signal, onProgress: bar.update });
    bar.finish();
    const model = modelOf(trained.draft);
    const root = modelsRoot(context);
    const id = await writeModel(root, trained.draft);
    const { hash, inputs } = model.card;
    context.document({
      schema: 'orrery.model/1',
      model: id,
      path: path.join(root, id),
      hash,
      featureHash: featureHash(inputs),
      rows: samples.count,
      ...(origin.runs === undefined ? {} : { runs: origin.runs }),
      samples: counts,
      folds: trained.validation.folds.map(cardFold),
      metrics: overallMetrics(trained.validation),
      calibrationTable: trained.validation.table,
      importances: trained.importances,
      parity: { rows: trained.parity.rows, differing: trained.parity.differing },
    });
    for (const { runId, digest } of origin.runs ?? []) context.print(`run          ${runId} (digest ${digest.slice(0, 12)})`);
    context.print(`${line}\n`);
    context.print(trainSummary(trained));
    context.print(`\nmodel        ${path.join(path.relative(process.cwd(), root) || '.', id)}`);
  } finally {
    bar.finish();
    booster?.close();
  }
}

/** One bar after the other. */
function stages(): { readonly update: (stage: string, done: number, total: number) => void; readonly finish: () => void } {
  let now: { readonly stage: string; readonly bar: ReturnType<typeof createProgress> } | null = null;
  return {
    update(stage, done, total) {
      if (now?.stage !== stage) {
        now?.bar.finish();
        now = { stage, bar: createProgress(stage) };
      }
      now.bar.update(done, total);
    },
    finish() {
      now?.bar.finish();
      now = null;
    },
  };
}
