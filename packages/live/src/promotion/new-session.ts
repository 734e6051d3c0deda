import { randomBytes } from 'node:crypto';
import type { SymbolFilters } from '@orrery/core';
import { InputError } from '@orrery/data';
import type { LiveMode, SessionRecord } from '../storage/session-record.ts';
import type { Promotion } from './promotion.ts';

const RANK: Readonly<Record<LiveMode, number>> = { paper: 0, demo: 1, live: 2 };

/**
 * Holds a mode against what was approved: at most that, so a promotion to live may be tried on paper.
 * @throws InputError for a mode beyond the promotion's target
 */
export function checkMode(promotion: Promotion, mode: LiveMode): void {
  if (RANK[mode] <= RANK[promotion.target]) return;
  throw new InputError(`--mode ${mode}: promotion ${promotion.id} is to ${promotion.target}; promote the run to ${mode} first`);
}

/**
 * A new run of a promotion.
 * @param options now: the venue's time, see {@link SessionRecord.startedAt}; filters as the host that is traded on states them, in the order of the promotion's symbols
 * @throws InputError for a mode beyond the promotion's target
 */
export function newSession(
  promotion: Promotion,
  options: { readonly mode: LiveMode; readonly history: number; readonly filters: readonly SymbolFilters[]; readonly now: number },
): SessionRecord {
  const { mode, history, filters, now } = options;
  checkMode(promotion, mode);
  // Client order ids have to be new for each run, and this is the one place that makes them so.
  const sessionTag = randomBytes(5).toString('hex');
  return {
    schema: 'orrery.live/1',
    runId: `${mode}-${promotion.strategy.id.replace(/[^A-Za-z0-9._-]+/g, '-').slice(0, 40)}-${sessionTag}`,
    mode,
    strategy: promotion.strategy,
    params: promotion.params,
    models: promotion.models,
    symbols: promotion.symbols,
    interval: promotion.interval,
    filters,
    account: promotion.account,
    sessionTag,
    history,
    promotion: promotion.id,
    startedAt: now,
    versions: promotion.versions,
  };
}
