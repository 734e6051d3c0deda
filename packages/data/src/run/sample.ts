/** How a virtual position ended: at a level, by age, or closed by force and why. */
export type SampleOutcome = 'take_profit' | 'stop_loss' | 'expired' | 'graded_stop' | 'breaker' | 'delisted' | 'run_end' | 'forced';

/** A closed virtual position as a training sample: what its signal said, and what became of it. */
export interface SignalSample {
  /** Number of the signal in its run. */
  readonly signalId: number;
  readonly symbol: string;
  readonly side: 'long' | 'short';
  /** Close of the signal's candle, of the candle at whose open it entered, and of the one in which it was closed; ms UTC. */
  readonly signalTime: number;
  readonly entryTime: number;
  readonly exitTime: number;
  readonly outcome: SampleOutcome;
  /** Exit over entry less 1, in the direction of the side: before costs, and after the fees of entry and exit. */
  readonly grossReturn: number;
  readonly netReturn: number;
  /** Whether it earned more than both fees. */
  readonly win: boolean;
  /** Mean quality of the signal, in [0,1]; 1 where its source tells none. */
  readonly weight: number;
  /** In [0,1]. */
  readonly confidence: number;
  /** Parts of the confidence in the order of core's SCORE_PARTS; empty where the source tells none. */
  readonly parts: readonly number[];
  /** In the order of core's QUALITY_DIMENSIONS; empty where the source tells none. */
  readonly quality: readonly number[];
}
