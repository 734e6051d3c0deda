import type { InstrumentId } from '../units.ts';

const DAY = 86_400_000;

/** Which instruments may be entered on which UTC day, known when the day begins (UNI-1). */
export interface Universe {
  /** Start of the first day, ms UTC. */
  readonly firstDay: number;
  readonly days: number;
  readonly instruments: number;
  /** 1 at [day · instruments + id] where it may. */
  readonly member: Uint8Array;
}

/** Days outside the table hold nobody. */
export function isMember({ firstDay, days, instruments, member }: Universe, id: InstrumentId, ts: number): boolean {
  const day = Math.floor((ts - firstDay) / DAY);
  return day >= 0 && day < days && member[day * instruments + id] === 1;
}
