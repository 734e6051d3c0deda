import { verifyRun, type Drift } from '@orrery/backtest';
import { entryToLine } from '@orrery/core';
import { EXIT } from '../exit-code.ts';
import { verifyLive } from '../live/verify.ts';
import { findRunFolder, isLiveRun, readRun, runsFolder } from '../runs/store.ts';
import { createProgress } from '../terminal/progress.ts';
import type { Flags, VerbContext } from '../verb.ts';
import { blamed } from './blame.ts';
import { modelsRoot } from '../models/root.ts';
import { storedModels } from './models.ts';
import { dataRootOf, loadRunMarket } from './market.ts';
import { chooseStrategy } from './strategy.ts';
import { within } from './within.ts';

/** Runs a stored backtest again and compares; exit code 1 when it differs. */
export async function run(flags: Flags, context: VerbContext): Promise<number> {
  const folder = findRunFolder(runsFolder(context), flags.text('run'));
  if (isLiveRun(folder)) return verifyLive(folder, context);
  readRun(folder);
  const progress = createProgress('verifying');
  let file: string | null = null;
  const verification = await verifyRun(folder, {
    loadStrategy: ({ strategy }) => {
      file = strategy.file;
      return chooseStrategy(file ?? strategy.id);
    },
    loadModels: (models) => storedModels(models, flags.list('model'), modelsRoot(context)),
    rescore: flags.boolean('rescore'),
    loadMarket: (manifest) => loadRunMarket(dataRootOf(manifest, context), manifest.config),
    blockRows: within(flags, 'block-rows', 1, 1_000_000, true),
    signal: context.signal,
    onProgress: (done, total) => progress.update(done, total),
  })
    .catch((error: unknown) => {
      throw blamed(error, file);
    })
    .finally(() => progress.finish());
  const { runId, digest, fresh, isSame, formerVenue, entries, divergence, drift } = verification;
  context.document({ schema: 'orrery.verification/1', runId, identical: isSame, digest, fresh, formerVenue, entries, divergence, drift });
  if (drift !== null) context.print(driftText(runId, drift));
  if (isSame) {
    context.print(`${runId}: identical, ${entries} journal entries, digest ${digest}`);
    return drift === null || drift.differing === 0 ? EXIT.fine : EXIT.failed;
  }
  context.print(`${runId}: DIFFERENT\n  stored ${digest}\n  fresh  ${fresh}`);
  if (formerVenue !== null) {
    context.print(
      `  made by orrery ${formerVenue}, whose simulated venue knew no margin and no liquidation: another digest says nothing against the run; run the backtest again to have it under this venue`,
    );
  }
  if (divergence !== null) {
    context.print(`first difference at entry ${divergence.index + 1}; what led up to it:`);
    for (const entry of divergence.before) context.print(`  = ${entryToLine(entry)}`);
    context.print(`  - ${divergence.left === null ? '(stored journal ends)' : entryToLine(divergence.left)}`);
    context.print(`  + ${divergence.right === null ? '(fresh journal ends)' : entryToLine(divergence.right)}`);
  }
  return EXIT.failed;
}

function driftText(runId: string, { compared, differing, largest }: Drift): string {
  if (differing === 0) return `${runId}: its models say today what they said then, ${compared} predictions, to the last bit`;
  return `${runId}: ${differing} of ${compared} predictions have drifted, by at most ${largest.toPrecision(3)}`;
}
