import type { BreakerCause, BreakerName, SignalRejectReason } from '../messages.ts';
import type { VirtualEventKind } from '../virtual/event-kinds.ts';

/** A number by direction. */
export interface ByDirection {
  readonly long: number;
  readonly short: number;
}
/** What became of a run's signals, folded from its journal. */
export interface SignalSummary {
  readonly raised: ByDirection;
  readonly accepted: ByDirection;
  /** Only reasons that occurred. */
  readonly rejected: readonly { readonly reason: SignalRejectReason; readonly long: number; readonly short: number }[];
  /** Signals raised by source and direction. */
  readonly sources: readonly { readonly source: string; readonly long: number; readonly short: number }[];
  readonly virtual: VirtualSummary;
  /** At most the first 500; `breakerChanges` counts all. */
  readonly breakers: readonly BreakerRow[];
  readonly breakerChanges: number;
  /** What the strategy counted, e.g. looks at virtual positions that smart monitoring spared. */
  readonly counters: Readonly<Record<string, number>>;
}
export interface VirtualSummary {
  /** All eleven kinds, those that did not occur with 0. */
  readonly events: Readonly<Record<VirtualEventKind, number>>;
  readonly closed: ByDirection;
  /** Closed ones whose return exceeded the fees. */
  readonly won: ByDirection;
  /** Mean return of the closed ones after fees, in percent of the entry price; null when none was closed. */
  readonly meanReturnPercent: number | null;
  /** Open when the data ended. */
  readonly open: number;
}
export interface BreakerRow {
  readonly time: number;
  /** Null for a breaker of the whole account. */
  readonly symbol: string | null;
  readonly breaker: BreakerName;
  readonly from: number;
  readonly to: number;
  readonly cause: BreakerCause;
  /** In percent. */
  readonly valuePercent: number;
}
