/** Slot of an event that it begins with: the row of the tape at whose close it is known. */
export const KNOWN_AT = 0;

/**
 * Events that a kernel found, in the order in which they became known. Append-only: what was said about a row stays said, and a change
 * of state is a new event. Each event is `stride` numbers one after the other, the first of which is {@link KNOWN_AT}.
 *
 * A log that nobody outside of its graph reads forgets what all readers have passed, so that it stays as small as a block is.
 */
export class EventLog {
  readonly stride: number;
  /** The events from `first` on; grows by doubling: read it anew after an append. */
  words: Float64Array;
  /** Number of events ever appended. */
  length = 0;
  /** Ordinal of the first event that is still there. */
  first = 0;

  constructor(stride: number, capacity = 64) {
    this.stride = stride;
    this.words = new Float64Array(stride * capacity);
  }

  /** Makes room for one more event and returns where its words begin; all of them have to be written. */
  append(): number {
    const at = (this.length - this.first) * this.stride;
    if (at === this.words.length) {
      const grown = new Float64Array(2 * this.words.length);
      grown.set(this.words);
      this.words = grown;
    }
    this.length += 1;
    return at;
  }

  /** Where the words of an event begin that has not been forgotten. */
  place(event: number): number {
    return (event - this.first) * this.stride;
  }

  /** One number of an event that has not been forgotten. */
  at(event: number, slot: number): number {
    return this.words[(event - this.first) * this.stride + slot];
  }

  /** Forgets all events. Their ordinals stay theirs. */
  forget(): void {
    this.first = this.length;
  }
}

/** The events of one log that are known at the row that is being decided on (LOOK-1). */
export interface EventReader {
  /** How many events are known. Never falls while rows go on. */
  readonly length: number;
  /**
   * One number of a known event.
   * @throws RangeError for an event that is not known yet, or a slot that there is none of
   */
  at(event: number, slot: number): number;
}
