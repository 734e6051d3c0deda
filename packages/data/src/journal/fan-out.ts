import type { Message, Recorder } from '@orrery/core';

/** Hands each entry to several recorders. */
export class FanOut implements Recorder {
  readonly #recorders: readonly Recorder[];

  constructor(recorders: readonly Recorder[]) {
    this.#recorders = recorders;
  }
  record(seq: number, pos: number, lane: 'in' | 'out', message: Message): void {
    // By index: an iterator an entry is felt in runs that trade a lot.
    for (let k = 0; k < this.#recorders.length; k++) this.#recorders[k]?.record(seq, pos, lane, message);
  }
}
