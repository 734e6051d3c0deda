import path from 'node:path';
import { readManifest } from '@orrery/backtest';
import { DEFAULT_VENUE, type VenueConfig } from '@orrery/core';
import { verifyLiveRun, writePromotion, type Evidence, type LiveMode, type Promotion } from '@orrery/live';
import { tellMissing } from '../backtest/models.ts';
import { run as verify } from '../backtest/verify.ts';
import { EXIT } from '../exit-code.ts';
import { InputError } from '../input-error.ts';
import { parseInterval } from '../interval-flag.ts';
import { packageVersion } from '../package-version.ts';
import { findRun, findRunFolder, isLiveRun, runsFolder } from '../runs/store.ts';
import type { Flags, VerbContext } from '../verb.ts';
import { presentParts } from './present-parts.ts';

/** What a user takes upon himself with `--accept-untested`. */
const UNTESTED =
  'untested: no paper run shows that this strategy meets live candles, gaps and restarts as its backtest did; orders go out on the word of the backtest alone';

/** Repeats a backtest and seals it as a promotion; exit code 1 when it gives something else now. */
export async function run(flags: Flags, context: VerbContext): Promise<number> {
  const runs = runsFolder(context);
  const target = flags.text('to') as LiveMode;
  const { folder } = findRun(runs, flags.text('run'));
  checkEvidence(flags, target);
  // The verification says on stderr what it finds: stdout is for the promotion.
  const quiet: VerbContext = { ...context, document: () => {}, print: context.log };
  const code = await verify(flags, quiet);
  if (code !== EXIT.fine) return code;
  const { runId, digest, strategy, config, dataset } = readManifest(folder);
  const present = await presentParts({ strategy, params: config.params, models: config.models });
  const { equity, makerFeeBps, takerFeeBps, slippageBps, fills, maxLeverage, seed } = config;
  checkUniverse(runId, config.venue);
  const draft: Omit<Promotion, 'schema' | 'id' | 'seal'> = {
    target,
    promotedAt: Date.now(),
    run: { runId, digest },
    evidence: { kind: 'backtest' },
    strategy: { id: strategy.id, file: strategy.file, hash: present.parts.strategyHash },
    params: config.params,
    features: present.parts.features,
    models: present.parts.models,
    symbols: config.symbols,
    interval: parseInterval('interval', config.interval),
    dataset: { digest: dataset.digest, synthetic: dataset.synthetic },
    account: { equity, makerFeeBps, takerFeeBps, slippageBps, fills, maxLeverage, seed, venue: { ...DEFAULT_VENUE, ...config.venue } },
    versions: { orrery: packageVersion(), node: process.versions.node, core: present.parts.coreHash },
  };
  const evidence = await evidenceFor(draft, flags, runs);
  const promotions = path.resolve(flags.string('promotions') ?? 'promotions');
  const { file, promotion } = writePromotion(promotions, { ...draft, evidence });
  if (evidence.kind === 'none') context.log(`orrery: ${UNTESTED}`);
  tellMissing(present.missing, context);
  context.document({ schema: 'orrery.promoted/1', file, promotion });
  context.print(`${runId} is promoted to ${target}: ${path.relative(process.cwd(), file) || file}`);
  context.print(`start it with: orrery live --promotion ${path.relative(process.cwd(), file) || file}`);
  return EXIT.fine;
}

/** @throws InputError when demo or live is asked for without saying on what grounds */
function checkEvidence(flags: Flags, target: LiveMode): void {
  if (target === 'paper' || flags.string('from-paper') !== undefined || flags.boolean('accept-untested')) return;
  throw new InputError(`--to ${target}: show a paper run with --from-paper RUN, or go without one with --accept-untested`);
}

/** @throws InputError for a run whose entries depended on the volumes of symbols that a live run does not follow */
function checkUniverse(runId: string, { universe }: VenueConfig): void {
  if (universe === null) return;
  throw new InputError(
    `run ${runId}: enters the top ${universe.top} symbols of a universe, which a live run cannot rank; backtest without it`,
  );
}

async function evidenceFor(draft: Omit<Promotion, 'schema' | 'id' | 'seal'>, flags: Flags, runs: string): Promise<Evidence> {
  if (draft.target === 'paper') return { kind: 'backtest' };
  const given = flags.string('from-paper');
  if (given === undefined) return { kind: 'none' };
  const folder = findRunFolder(runs, given);
  if (!isLiveRun(folder)) throw new InputError(`--from-paper ${given}: is no live run; name one that orrery live --mode paper made`);
  const verified = await verifyLiveRun(folder, async (session) => (await presentParts(session)).strategy);
  const { session, frames, digest } = verified;
  if (session.mode !== 'paper') throw new InputError(`--from-paper ${given}: is a ${session.mode} run; name a paper run`);
  if (!verified.isSame) throw new InputError(`--from-paper ${given}: its journal ends early; go on with it once, then promote`);
  for (const part of ['strategy', 'params', 'models', 'symbols', 'interval', 'account'] as const) {
    if (JSON.stringify(session[part]) === JSON.stringify(draft[part])) continue;
    throw new InputError(
      `--from-paper ${given}: its ${part} is not that of ${draft.run.runId}; name a paper run of the same, or promote the run that it came from`,
    );
  }
  return { kind: 'paper', runId: session.runId, digest, frames };
}
