import type { Schedule } from './schedule.ts';

/** The schedule of a live run: frames are added as they close, into room that is there from the start. */
export class GrowingSchedule implements Schedule {
  length = 0;
  readonly instrument: Uint16Array;
  readonly row: Uint32Array;
  readonly frameEnd: Uint8Array;

  /** @param capacity rows of all instruments together */
  constructor(capacity: number) {
    this.instrument = new Uint16Array(capacity);
    this.row = new Uint32Array(capacity);
    this.frameEnd = new Uint8Array(capacity);
  }

  /**
   * Adds the rows of one timestamp, by ascending instrument (TIME-1).
   * @throws RangeError when there is no room, or the instruments do not ascend
   */
  append(rows: readonly { readonly instrument: number; readonly row: number }[]): void {
    if (this.length + rows.length > this.instrument.length)
      throw new RangeError(`the schedule has room for ${this.instrument.length} rows`);
    let before = -1;
    for (const { instrument } of rows) {
      if (instrument <= before) throw new RangeError(`instrument ${instrument} stands behind ${before} in its frame`);
      before = instrument;
    }
    rows.forEach(({ instrument, row }, k) => {
      const at = this.length + k;
      this.instrument[at] = instrument;
      this.row[at] = row;
      this.frameEnd[at] = k === rows.length - 1 ? 1 : 0;
    });
    this.length += rows.length;
  }
}
