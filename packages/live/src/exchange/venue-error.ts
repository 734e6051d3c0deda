import type { ProblemKind } from '../gateway/execution-gateway.ts';

/**
 * What an answer, or its lack, means for whoever asked.
 *
 * - `refused`: the venue said no; nothing happened
 * - `not_found`: it knows no such order (−2011, −2013)
 * - `clock`: the time stamp was outside the receive window; nothing happened (−1021, −5028)
 * - `limited`: too many requests or orders; nothing happened, later it may
 * - `unavailable`: the venue is overloaded and certainly did nothing
 * - `unknown`: whether it happened is not known: no answer, half an answer, or one that says so
 * - `halt`: nothing can be done before a person has looked
 */
export type VenueErrorKind = 'refused' | 'not_found' | 'clock' | 'limited' | 'unavailable' | 'unknown' | 'halt';

/** A request that brought no result. The message names endpoint and reason, never an address with a signature, or a key. */
export class VenueError extends Error {
  override readonly name = 'VenueError';
  readonly kind: VenueErrorKind;
  /** Binance's error code, or null where there was none. */
  readonly code: number | null;
  /** How long the venue asks to wait, ms, or null. */
  readonly retryAfterMs: number | null;
  /** What a `halt` is reported as; null for the other kinds. */
  readonly problem: ProblemKind | null;

  constructor(kind: VenueErrorKind, message: string, details: VenueErrorDetails = {}) {
    super(message);
    this.kind = kind;
    this.code = details.code ?? null;
    this.retryAfterMs = details.retryAfterMs ?? null;
    this.problem = kind === 'halt' ? (details.problem ?? 'account') : null;
  }
}

/** What is known besides the kind. */
export interface VenueErrorDetails {
  readonly code?: number | null;
  readonly retryAfterMs?: number | null;
  readonly problem?: ProblemKind;
}

/** TRADING_ENABLED is not `true`: an order was about to leave and did not. */
export class TradingDisabledError extends Error {
  override readonly name = 'TradingDisabledError';
}
