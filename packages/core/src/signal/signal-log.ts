import { EventLog } from '../feature/event-log.ts';
import {
  SIGNAL_CONFIDENCE,
  SIGNAL_ENTRY,
  SIGNAL_PARTS,
  SIGNAL_QUALITY,
  SIGNAL_STOP,
  SIGNAL_STRIDE,
  SIGNAL_TARGET,
  SIGNAL_DIRECTION,
  QUALITY_DIMENSIONS,
  SCORE_PARTS,
} from './signal-event.ts';

export function createSignalLog(): EventLog {
  // Few candles are signals, and there may be hundreds of symbols.
  return new EventLog(SIGNAL_STRIDE, 8);
}

/** Whether the words make a signal that can be acted on: scores in [0,1], prices above 0, the entry between stop and target (SIG-4). */
export function isSound(words: Float64Array): boolean {
  if (!isShare(words[SIGNAL_CONFIDENCE])) return false;
  for (let k = 0; k < SCORE_PARTS.length; k++) if (!isShare(words[SIGNAL_PARTS + k])) return false;
  for (let k = 0; k < QUALITY_DIMENSIONS.length; k++) if (!isShare(words[SIGNAL_QUALITY + k])) return false;
  const isLong = words[SIGNAL_DIRECTION] > 0;
  const lowest = isLong ? words[SIGNAL_STOP] : words[SIGNAL_TARGET];
  const highest = isLong ? words[SIGNAL_TARGET] : words[SIGNAL_STOP];
  const entry = words[SIGNAL_ENTRY];
  return lowest > 0 && lowest < entry && entry < highest && highest < Infinity;
}

function isShare(value: number): boolean {
  return value >= 0 && value <= 1;
}
