import type { Tape } from '../../market/tape.ts';
import { createStructureColumn } from '../../structure/structure-column.ts';
import { DIRECTION, KIND, STATE, STRUCTURE_KINDS, TOP, type StructureKind } from '../../structure/structure-event.ts';
import type { Source } from '../definition.ts';
import type { Kernel } from '../kernel.ts';
import { logOf } from './structure-source.ts';

/** The price of the last level of a kind and direction, whatever has become of it; NaN before the first. */
export function createLastLevel(source: Source, tape: Tape, warmup: number, kind: StructureKind, direction: number): Kernel {
  const code = STRUCTURE_KINDS.indexOf(kind);
  let level = NaN;
  return createStructureColumn(logOf(source), tape, warmup, {
    take(log, event) {
      if (log.at(event, KIND) === code && log.at(event, DIRECTION) === direction && log.at(event, STATE) === 0) level = log.at(event, TOP);
    },
    value: () => level,
    clear() {
      level = NaN;
    },
  });
}
