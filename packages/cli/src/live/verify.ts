import { verifyLiveRun } from '@orrery/live';
import { blamed } from '../backtest/blame.ts';
import { EXIT } from '../exit-code.ts';
import { InputError } from '../input-error.ts';
import type { VerbContext } from '../verb.ts';
import { presentParts } from './present-parts.ts';

/** Folds a live run from its own files and says whether its journal comes out again; exit code 1 when it does not. */
export async function verifyLive(folder: string, context: VerbContext): Promise<number> {
  let file: string | null = null;
  const { session, frames, entries, digest, fresh, isSame, behind } = await verifyLiveRun(folder, async (session) => {
    const { strategy, runId } = session;
    file = strategy.file;
    const { strategy: built, parts } = await presentParts(session);
    if (parts.strategyHash === strategy.hash) return built;
    throw new InputError(
      `${strategy.file ?? strategy.id}: the strategy's source has changed since run ${runId} began (then ${strategy.hash}, now ${parts.strategyHash}); restore it`,
    );
  }).catch((error: unknown) => {
    throw blamed(error, file);
  });
  const { runId, mode } = session;
  context.document({ schema: 'orrery.live-verification/1', runId, mode, identical: isSame, digest, fresh, frames, entries, behind });
  if (isSame) {
    context.print(`${runId}: identical, ${frames} frames, ${entries} journal entries, digest ${digest}`);
    return EXIT.fine;
  }
  context.print(`${runId}: the journal ends early; its frames and facts lead further:`);
  for (const line of behind) context.print(`  + ${line}`);
  context.print('a process that was killed leaves this; going on with the run writes it down');
  return EXIT.failed;
}
