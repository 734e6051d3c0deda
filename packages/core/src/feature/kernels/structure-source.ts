import type { EventLog } from '../event-log.ts';
import type { Source } from '../definition.ts';

/** What each kind that reads the events of a structure says of holes in the tape. */
export const STRUCTURE_SOURCE = 'A candle that is not finite is NaN, and everything starts anew behind it.';

/** A distance in ATRs is no larger; it is where the ATR is 0. */
export const MAX_ATRS = 1000;

/** A length in price as a number of ATRs, 0 to {@link MAX_ATRS}; 0 stays 0 whatever the ATR. */
export function inAtrs(length: number, atr: number): number {
  return length > 0 ? Math.min(MAX_ATRS, length / atr) : 0;
}

/** The events of a structure that a kind reads. @throws RangeError when the source finds no objects */
export function logOf(source: Source): EventLog {
  if (source.log === undefined) throw new RangeError('it reads the events of a structure, and this feature has none');
  return source.log;
}
