import { trialOf, type ContractOptions, type Trial } from './contract-options.ts';
import type { LawCheck, Retold } from './law-check.ts';
import { BLOCK_INVARIANCE } from './laws/block-invariance.ts';
import { CAUSALITY } from './laws/causality.ts';
import { CONSERVATION } from './laws/conservation.ts';
import { DETERMINISM } from './laws/determinism.ts';
import { FINITE_COMMANDS } from './laws/finite-commands.ts';
import { MODEL_FAILURE } from './laws/model-failure.ts';
import { ODD_ORDERS } from './laws/odd-orders.ts';
import { REDUCE_ONLY } from './laws/reduce-only.ts';
import { RELABELLING } from './laws/relabelling.ts';
import { REPEATED_FACTS } from './laws/repeated-facts.ts';
import { REPLAY } from './laws/replay.ts';
import { SURVIVAL } from './laws/survival.ts';
import type { Market } from './market.ts';
import { marketTable } from './market-table.ts';
import { runOf } from './runs.ts';
import { shrink } from './shrink.ts';
import { storyOf } from './story.ts';
import type { Tested } from './subject.ts';

/** One property that a strategy has to have. `run` throws an Error that shows a small market in which it has not. */
export interface Law {
  readonly name: string;
  readonly run: () => void;
}

const LAWS: readonly LawCheck[] = [
  SURVIVAL,
  FINITE_COMMANDS,
  DETERMINISM,
  CAUSALITY,
  BLOCK_INVARIANCE,
  REPLAY,
  CONSERVATION,
  REDUCE_ONLY,
  REPEATED_FACTS,
  ODD_ORDERS,
];

/**
 * The laws that every strategy has to keep, tried on hostile made-up markets. Needs no test framework:
 * `for (const law of strategyContract(mine)) it(law.name, law.run)`.
 * @throws ParamError when `params` are not what the definition takes
 * @throws RangeError when a feature cannot be computed on `interval`
 */
export function strategyContract<State>(tested: Tested<State>, options: ContractOptions = {}): readonly Law[] {
  const trial = trialOf(tested, options);
  const laws = [...LAWS, ...(trial.asksModels ? [MODEL_FAILURE] : []), ...(trial.scope === 'instrument' ? [RELABELLING] : [])];
  return laws.map((law) => ({
    name: law.name,
    run: () => {
      for (const seed of trial.seeds) prove(law, trial, seed);
    },
  }));
}

/** @throws Error that tells how the law is broken, on the smallest market found */
function prove(law: LawCheck, trial: Trial, seed: number): void {
  const { subject, id } = trial;
  const market = trial.market(seed);
  const fault = law.check(subject, market);
  if (fault === null) return;
  const small = shrink({ market, fault }, law.runs, (smaller) => law.check(subject, smaller));
  const told = law.retell?.(subject, small.market) ?? { fault: small.fault, session: runOf(subject, small.market) };
  throw new Error(
    [
      `strategy ${id} breaks the law of ${law.name}`,
      `  why it matters: ${law.hint}`,
      `  what happened: ${told.fault}`,
      `  smallest market found (seed ${seed}):`,
      tableOf(small.market, told),
    ].join('\n'),
  );
}

function tableOf(market: Market, { session, pos }: Retold): string {
  return marketTable(market, storyOf(market, session, pos));
}
