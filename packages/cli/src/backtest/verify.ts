import { verifyRun } from '@orrery/backtest';
import { entryToLine } from '@orrery/core';
import { EXIT } from '../exit-code.ts';
import { verifyLive } from '../live/verify.ts';
import { findRunFolder, isLiveRun, readRun, runsFolder } from '../runs/store.ts';
import { createProgress } from '../terminal/progress.ts';
import type { Flags, VerbContext } from '../verb.ts';
import { blamed } from './blame.ts';
import { dataRootOf, loadRunMarket } from './market.ts';
import { chooseStrategy } from './strategy.ts';
import { within } from './request.ts';

/** Runs a stored backtest again and compares; exit code 1 when it differs. */
export async function run(flags: Flags, context: VerbContext): Promise<number> {
  const folder = findRunFolder(runsFolder(flags.string('runs'), context.env), flags.text('run'));
  if (isLiveRun(folder)) return verifyLive(folder, context);
  readRun(folder);
  const progress = createProgress('verifying');
  let file: string | null = null;
  const verification = await verifyRun(folder, {
    loadStrategy: ({ strategy }) => {
      file = strategy.file;
      return chooseStrategy(file ?? strategy.id);
    },
    loadMarket: (manifest) => loadRunMarket(dataRootOf(manifest, flags, context), manifest.config),
    blockRows: within(flags, 'block-rows', 1, 1_000_000, true),
    signal: context.signal,
    onProgress: (done, total) => progress.update(done, total),
  })
    .catch((error: unknown) => {
      throw blamed(error, file);
    })
    .finally(() => progress.finish());
  const { runId, digest, fresh, isSame, entries, divergence } = verification;
  context.document({ schema: 'orrery.verification/1', runId, identical: isSame, digest, fresh, entries, divergence });
  if (isSame) {
    context.print(`${runId}: identical, ${entries} journal entries, digest ${digest}`);
    return EXIT.fine;
  }
  context.print(`${runId}: DIFFERENT\n  stored ${digest}\n  fresh  ${fresh}`);
  if (divergence !== null) {
    context.print(`first difference at entry ${divergence.index + 1}; what led up to it:`);
    for (const entry of divergence.before) context.print(`  = ${entryToLine(entry)}`);
    context.print(`  - ${divergence.left === null ? '(stored journal ends)' : entryToLine(divergence.left)}`);
    context.print(`  + ${divergence.right === null ? '(fresh journal ends)' : entryToLine(divergence.right)}`);
  }
  return EXIT.failed;
}
