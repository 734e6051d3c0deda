import type { Tape } from '../../market/tape.ts';
import { createStructureColumn } from '../../structure/structure-column.ts';
import { STRUCTURE_KINDS, STRUCTURE_STATES, type StructureKind } from '../../structure/structure-event.ts';
import { ZoneFold } from '../../structure/zone-fold.ts';
import { zoneWeight } from '../../structure/zone-weight.ts';
import type { Source } from '../definition.ts';
import type { Kernel } from '../kernel.ts';
import { inAtrs, logOf } from './structure-source.ts';

const TOUCHED = STRUCTURE_STATES.indexOf('touched');
const MITIGATED = STRUCTURE_STATES.indexOf('mitigated');

/** Distance from the close to the nearest live zone in ATRs, 0 inside of it; NaN where there is none. */
export function createZoneDistance([source, atr]: readonly Source[], tape: Tape, kind: StructureKind, direction: number): Kernel {
  const zones = new ZoneFold(STRUCTURE_KINDS.indexOf(kind), direction);
  return createStructureColumn(logOf(source), tape, atr.warmup, {
    take: (log, event) => zones.take(log, event),
    value(row) {
      const nearest = nearestOf(zones, direction, tape.close[row]);
      return nearest < 0 || !Number.isFinite(atr.out[row])
        ? NaN
        : inAtrs(distanceTo(zones, nearest, direction, tape.close[row]), atr.out[row]);
    },
    clear: () => zones.clear(),
  });
}

/** Quality of the nearest live zone, decayed by its age and by what has become of it, in [0,1]; 0 where there is none. */
export function createZoneStrength([source]: readonly Source[], tape: Tape, kind: StructureKind, direction: number): Kernel {
  const zones = new ZoneFold(STRUCTURE_KINDS.indexOf(kind), direction);
  return createStructureColumn(logOf(source), tape, 0, {
    take: (log, event) => zones.take(log, event),
    value(row) {
      const k = nearestOf(zones, direction, tape.close[row]);
      if (k < 0) return 0;
      const state = zones.state[k];
      const filledFraction = state === MITIGATED ? 0.5 : 0;
      const touches = state === TOUCHED || state === MITIGATED ? 1 : 0;
      return zones.quality[k] * zoneWeight({ age: row - zones.knownAt[k], filledFraction, touches });
    },
    clear: () => zones.clear(),
  });
}

/** The zone that the price has the shortest way to, of equals the newest; −1 where there is none. */
function nearestOf(zones: ZoneFold, direction: number, close: number): number {
  let best = -1;
  let least = Infinity;
  for (let k = 0; k < zones.length; k++) {
    const distance = distanceTo(zones, k, direction, close);
    if (distance > least) continue;
    best = k;
    least = distance;
  }
  return best;
}

function distanceTo(zones: ZoneFold, k: number, direction: number, close: number): number {
  return Math.max(0, direction > 0 ? close - zones.top[k] : zones.bottom[k] - close);
}
