import type { Tape } from '../../market/tape.ts';
import { isMadeOf, PERIODS } from '../../structure/periods.ts';
import type { StructureKind } from '../../structure/structure-event.ts';

/**
 * Rows before the one that ends a first whole period.
 * @throws RangeError when candles of the tape do not make the period up
 */
export function rowsBeforeEnd(kind: StructureKind, tape: Tape): number {
  const period = PERIODS.find((candidate) => candidate.kind === kind);
  if (period === undefined || !isMadeOf(period, tape.intervalMs)) {
    throw new RangeError(`candles of ${tape.intervalMs / 3_600_000} hours do not make it up; take a shorter interval`);
  }
  return period.lengthMs / tape.intervalMs - 1;
}
