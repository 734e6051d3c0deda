import type { Tape } from './tape.ts';

/**
 * The merged order in which the rows of all tapes are observed: by close time, then instrument (TIME-1). A position `pos`
 * of the run counts the rows decided so far, so row `k` of the schedule is decided at `pos` k + 1.
 */
export interface Schedule {
  readonly length: number;
  readonly instrument: Uint16Array;
  readonly row: Uint32Array;
  /** 1 on the last row of a timestamp. */
  readonly frameEnd: Uint8Array;
}

/** Merges the tapes; `tapes[i].instrument` must be `i`. O(rows · log tapes). */
export function buildSchedule(tapes: readonly Tape[]): Schedule {
  if (tapes.length > 65_536) throw new RangeError(`at most 65,536 instruments in one run, got ${tapes.length}`);
  let length = 0;
  for (const tape of tapes) length += tape.length;
  const schedule: Schedule = {
    length,
    instrument: new Uint16Array(length),
    row: new Uint32Array(length),
    frameEnd: new Uint8Array(length),
  };
  if (tapes.length === 1) fillSingle(schedule);
  else fillMerged(schedule, tapes);
  return schedule;
}

function fillSingle(schedule: Schedule): void {
  schedule.frameEnd.fill(1);
  for (let k = 0; k < schedule.length; k++) schedule.row[k] = k;
}

/**
 * Tapes share a grid, so nearly every tape has a row in every frame: one pass over the tapes a frame is the cheap way.
 * Frames that few tapes take part in (listings, gaps) cost the same pass, which is why the earliest next time is kept.
 */
function fillMerged(schedule: Schedule, tapes: readonly Tape[]): void {
  const { instrument, row, frameEnd, length } = schedule;
  const cursor = new Uint32Array(tapes.length);
  const next = Float64Array.from(tapes, (tape) => (tape.length > 0 ? tape.closeTs[0] : Infinity));
  let frame = Infinity;
  for (const ts of next) if (ts < frame) frame = ts;
  let k = 0;
  while (k < length) {
    let following = Infinity;
    for (let t = 0; t < next.length; t++) {
      if (next[t] === frame) {
        const at = cursor[t]++;
        instrument[k] = t;
        row[k] = at;
        k++;
        next[t] = at + 1 < tapes[t].length ? tapes[t].closeTs[at + 1] : Infinity;
      }
      if (next[t] < following) following = next[t];
    }
    frameEnd[k - 1] = 1;
    frame = following;
  }
}
