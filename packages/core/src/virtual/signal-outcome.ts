import type { SignalDirection, VirtualCause } from '../messages.ts';
import type { EpochMs, InstrumentId, RateE8, Ticks } from '../units.ts';

export type OutcomeCause = 'take_profit' | 'stop_loss' | 'expired' | 'forced';

/** What became of a signal, as its virtual position shows it: entered and closed. */
export interface SignalOutcome {
  readonly signalId: number;
  /** What made the signal, e.g. `ict`. */
  readonly source: string;
  readonly instrument: InstrumentId;
  readonly direction: SignalDirection;
  /** Close of the candle at which the signal was raised. */
  readonly raisedTs: EpochMs;
  /** Close of the candle at whose open it was entered. */
  readonly entryTs: EpochMs;
  readonly entryPrice: Ticks;
  readonly exitTs: EpochMs;
  readonly exitPrice: Ticks;
  /** Return on the entry price before fees, in 1e-8; above 0 is a profit, for shorts too. */
  readonly grossReturn: RateE8;
  readonly cause: OutcomeCause;
  /** Why it was forced; 'none' where it was not. What the run or a breaker cut short says little of the signal. */
  readonly forcedBy: VirtualCause;
  /** Best and worst return on the way, in 1e-8: at least, and at most, 0. */
  readonly maxPnl: RateE8;
  readonly minPnl: RateE8;
  /** Mean of the signal's quality dimensions, in [0,1]; null where its source gave none. */
  readonly qualityMean: number | null;
  /** The signal's own, in 1e-8 of 1. */
  readonly confidence: RateE8;
}
