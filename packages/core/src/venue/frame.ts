import type { Tape } from '../market/tape.ts';

/** The candles of a frame that a venue was asked for, collected until it ends; by instrument id, as an engine hands them over. */
export class Frame {
  readonly ids: number[] = [];
  readonly tapes: Tape[] = [];
  readonly rows: number[] = [];
  /** Close time of the frame, ms UTC. */
  ts = 0;
  /** Where an instrument stands in the lists, counted from 1; 0 where it is not in the frame. */
  readonly #place: Uint32Array;

  constructor(instruments: number) {
    this.#place = new Uint32Array(instruments);
  }
  add(tape: Tape, row: number): void {
    this.ids.push(tape.instrument);
    this.tapes.push(tape);
    this.rows.push(row);
    this.#place[tape.instrument] = this.ids.length;
  }
  /** Index in the lists, or −1. */
  placeOf(id: number): number {
    return this.#place[id] - 1;
  }
  clear(): void {
    for (let k = 0; k < this.ids.length; k++) this.#place[this.ids[k]] = 0;
    this.ids.length = 0;
    this.tapes.length = 0;
    this.rows.length = 0;
  }
}
