import type { EventLog } from '../event-log.ts';
import { createStructureColumn } from '../../structure/structure-column.ts';
import type { Tape } from '../../market/tape.ts';
import type { Kernel } from '../kernel.ts';

/** A column that is 0 but at the rows at which something becomes known, where it is the sum of what `worth` says of each event. */
export function createMomentary(log: EventLog, tape: Tape, worth: (log: EventLog, event: number) => number): Kernel {
  let sum = 0;
  return createStructureColumn(log, tape, 0, {
    take(source, event) {
      sum += worth(source, event);
    },
    value() {
      const value = sum;
      sum = 0;
      return value;
    },
    clear() {
      sum = 0;
    },
  });
}
