import { TradingDisabledError, VenueError } from '../exchange/venue-error.ts';
import { HALTING_PROBLEMS, type ProblemKind } from '../gateway/execution-gateway.ts';

/**
 * What a session tells a person beyond the venue's own problems.
 *
 * - `contradiction`: two reports of one candle differ; the first one stays
 * - `late_candle`: a candle came when its frame had been decided without it; it is left out
 * - `missing_candle`: a symbol has no candle in a frame; the frame goes on without it
 * - `foreign_candle`: a candle of a symbol or a time that is not the run's
 * - `late_funding`: a funding rate became known when its candle had been decided; a paper run did not charge it
 * - `prediction`: a model failed or was late
 */
export type SessionProblemKind =
  | ProblemKind
  | 'contradiction'
  | 'late_candle'
  | 'missing_candle'
  | 'foreign_candle'
  | 'late_funding'
  | 'prediction';

/** One line for a person. */
export interface SessionProblem {
  readonly kind: SessionProblemKind;
  readonly message: string;
}

const HALTING: ReadonlySet<SessionProblemKind> = new Set<SessionProblemKind>([...HALTING_PROBLEMS, 'foreign_activity', 'contradiction']);

/** Whether entries are halted after it until a person has looked. */
export function isHalting(kind: SessionProblemKind): boolean {
  return HALTING.has(kind);
}

/** The problem that an error of the exchange side stands for: its own kind where it names one. */
export function problemOf(error: unknown, fallback: SessionProblemKind): SessionProblem {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof VenueError) return { kind: error.problem ?? fallback, message };
  // An order that may not leave is as good as an account that may not trade.
  return { kind: error instanceof TradingDisabledError ? 'account' : fallback, message };
}
