import { QUALITY_DIMENSIONS, SCORE_PARTS, type Instrument, type SignalOutcome, type SignalRaised, type VirtualCause } from '@orrery/core';
import type { SampleOutcome, SignalSample } from '@orrery/data';

/**
 * The sample of a virtual position: the fees are the account's taker fee of the entry's value and of the exit's, as they are where the
 * position's own win is reckoned (VIRT-10).
 */
export function sampleOf(outcome: SignalOutcome, signal: SignalRaised, { symbol, fees }: Instrument): SignalSample {
  const { entryPrice: entry, exitPrice: exit, direction } = outcome;
  const gain = direction === 'long' ? exit - entry : entry - exit;
  const cost = fees.taker * (entry + exit);
  return {
    signalId: outcome.signalId,
    symbol,
    side: direction,
    signalTime: outcome.raisedTs,
    entryTime: outcome.entryTs,
    exitTime: outcome.exitTs,
    outcome: outcome.cause === 'forced' ? forced(outcome.forcedBy) : outcome.cause,
    grossReturn: gain / entry,
    netReturn: (gain - cost / 1e8) / entry,
    win: gain * 1e8 > cost,
    weight: outcome.qualityMean ?? 1,
    confidence: outcome.confidence / 1e8,
    parts: signal.parts.length === SCORE_PARTS.length ? signal.parts : [],
    quality: signal.quality.length === QUALITY_DIMENSIONS.length ? signal.quality : [],
  };
}

function forced(cause: VirtualCause): SampleOutcome {
  switch (cause) {
    case 'graded_stop':
    case 'breaker':
    case 'delisted':
    case 'run_end':
      return cause;
    default:
      return 'forced';
  }
}
