import type { Message, Recorder } from '@orrery/core';

/** Hands each entry to several recorders. */
export class FanOut implements Recorder {
  readonly #recorders: readonly Recorder[];

  constructor(recorders: readonly Recorder[]) {
    this.#recorders = recorders;
  }
  record(seq: number, pos: number, lane: 'in' | 'out', message: Message): void {
    for (const recorder of this.#recorders) recorder.record(seq, pos, lane, message);
  }
}
