import type { EventLog } from '../feature/event-log.ts';
import { KNOWN_AT } from '../feature/event-log.ts';
import {
  BOTTOM,
  DIRECTION,
  KIND,
  OBJECT,
  ORIGIN,
  QUALITY,
  STATE,
  STRUCTURE_KINDS,
  STRUCTURE_STATES,
  STRUCTURE_STRIDE,
  TOP,
} from './structure-event.ts';
import type { StructureKind, StructureState } from './structure-event.ts';

/** The number that stands for a kind in an event. */
export function kindCode(kind: StructureKind): number {
  return STRUCTURE_KINDS.indexOf(kind);
}

/** The number that stands for a state in an event. */
export function stateCode(state: StructureState): number {
  return STRUCTURE_STATES.indexOf(state);
}

const CREATED = stateCode('created');
/** More than there can be live objects: each of them changes once a row at most. */
const MAX_OBJECTS = 512;

/**
 * Writes the events of one row in their order (STR-2): what happened to objects that were there, by their number, then new objects.
 * A tracker knows an object by its handle: a place among the live ones, which is free for another once the object has ended.
 */
export class StructureWriter {
  readonly log: EventLog;
  /** The words of each live object as they were at its creation. */
  readonly #live = new Float64Array(MAX_OBJECTS * STRUCTURE_STRIDE);
  readonly #free = Int32Array.from({ length: MAX_OBJECTS }, (_, k) => MAX_OBJECTS - 1 - k);
  #freeCount = MAX_OBJECTS;
  readonly #handles = new Int32Array(MAX_OBJECTS);
  readonly #states = new Uint8Array(MAX_OBJECTS);
  readonly #ends = new Uint8Array(MAX_OBJECTS);
  #changes = 0;
  #objects = 0;

  constructor(log: EventLog) {
    this.log = log;
  }

  /** Another state of an object, to be written by {@link flush}; a handle is given once a row at most. */
  change(handle: number, state: number): void {
    this.#note(handle, state, 0);
  }
  /** Its last state: the handle is void from the flush on. */
  end(handle: number, state: number): void {
    this.#note(handle, state, 1);
  }

  /** Writes what has changed at the row. */
  flush(row: number): void {
    if (this.#changes === 0) return;
    const { log } = this;
    const live = this.#live;
    for (let k = 0; k < this.#changes; k++) {
      const at = log.append();
      const { words } = log;
      const source = this.#handles[k] * STRUCTURE_STRIDE;
      // `copyWithin` costs several times as much for so few numbers.
      for (let slot = 0; slot < STRUCTURE_STRIDE; slot++) words[at + slot] = live[source + slot];
      words[at + KNOWN_AT] = row;
      words[at + STATE] = this.#states[k];
      if (this.#ends[k] === 1) this.#free[this.#freeCount++] = this.#handles[k];
    }
    this.#changes = 0;
  }

  /** A new object, known at the row, of which nothing more will be told. */
  tell(row: number, kind: number, direction: number, origin: number, top: number, bottom: number, quality: number): void {
    this.#write(row, kind, direction, origin, top, bottom, quality);
  }
  /** A new object, known at the row; returns its handle. */
  create(row: number, kind: number, direction: number, origin: number, top: number, bottom: number, quality: number): number {
    const at = this.#write(row, kind, direction, origin, top, bottom, quality);
    const handle = this.#free[--this.#freeCount];
    const { words } = this.log;
    const to = handle * STRUCTURE_STRIDE;
    for (let slot = 0; slot < STRUCTURE_STRIDE; slot++) this.#live[to + slot] = words[at + slot];
    return handle;
  }

  #note(handle: number, state: number, end: number): void {
    const live = this.#live;
    const object = live[handle * STRUCTURE_STRIDE + OBJECT];
    let at = this.#changes++;
    while (at > 0 && live[this.#handles[at - 1] * STRUCTURE_STRIDE + OBJECT] > object) {
      this.#handles[at] = this.#handles[at - 1];
      this.#states[at] = this.#states[at - 1];
      this.#ends[at] = this.#ends[at - 1];
      at -= 1;
    }
    this.#handles[at] = handle;
    this.#states[at] = state;
    this.#ends[at] = end;
  }

  /** Returns where the event begins. */
  #write(row: number, kind: number, direction: number, origin: number, top: number, bottom: number, quality: number): number {
    const { log } = this;
    const at = log.append();
    const { words } = log;
    words[at + KNOWN_AT] = row;
    words[at + KIND] = kind;
    words[at + STATE] = CREATED;
    words[at + OBJECT] = this.#objects++;
    words[at + DIRECTION] = direction;
    words[at + ORIGIN] = origin;
    words[at + TOP] = top;
    words[at + BOTTOM] = bottom;
    words[at + QUALITY] = quality;
    return at;
  }
}
