import type { EventReader } from '../feature/event-log.ts';
import { KNOWN_AT } from '../feature/event-log.ts';
import { isLastState, isMoment } from './life.ts';
import { BOTTOM, DIRECTION, KIND, OBJECT, ORIGIN, QUALITY, STATE, TOP } from './structure-event.ts';

/** One object of market structure as it is now. Numbers as in an event. */
export interface StructureObject {
  readonly object: number;
  /** Position in STRUCTURE_KINDS. */
  readonly kind: number;
  /** 1 bullish or a high, −1 bearish or a low. */
  readonly direction: number;
  /** Row of the tape it was found on. */
  readonly origin: number;
  readonly top: number;
  readonly bottom: number;
  /** In [0,1]; of a session its number. */
  readonly quality: number;
  /** Row at whose close it became known. */
  readonly knownAt: number;
  /** Position in STRUCTURE_STATES. */
  state: number;
  /** Row at whose close that state became known. */
  stateAt: number;
}

/** Folds a log of structure into the objects that are live. */
export class StructureFold {
  readonly #reader: EventReader;
  readonly #live = new Map<number, StructureObject>();
  #read = 0;

  constructor(reader: EventReader) {
    this.#reader = reader;
  }

  /**
   * Takes in what has become known.
   * @param row nothing that is known later is read: for a reader of a log that is ahead of it
   * @param take called with each object that an event was about, as it is after that event; breaks and sweeps among them
   */
  advance(row: number = Infinity, take?: (object: StructureObject) => void): void {
    const reader = this.#reader;
    const { length } = reader;
    for (; this.#read < length && reader.at(this.#read, KNOWN_AT) <= row; this.#read++) {
      const object = this.#fold(this.#read);
      take?.(object);
    }
  }

  /** The live objects, in the order of their creation. */
  live(): IterableIterator<StructureObject> {
    return this.#live.values();
  }

  /** A live object by its number. */
  find(object: number): StructureObject | undefined {
    return this.#live.get(object);
  }

  #fold(event: number): StructureObject {
    const reader = this.#reader;
    const known = this.#live.get(reader.at(event, OBJECT));
    const object = known ?? objectOf(reader, event);
    object.state = reader.at(event, STATE);
    object.stateAt = reader.at(event, KNOWN_AT);
    if (isLastState(object.kind, object.state)) this.#live.delete(object.object);
    else if (known === undefined && !isMoment(object.kind)) this.#live.set(object.object, object);
    return object;
  }
}

function objectOf(reader: EventReader, event: number): StructureObject {
  return {
    object: reader.at(event, OBJECT),
    kind: reader.at(event, KIND),
    direction: reader.at(event, DIRECTION),
    origin: reader.at(event, ORIGIN),
    top: reader.at(event, TOP),
    bottom: reader.at(event, BOTTOM),
    quality: reader.at(event, QUALITY),
    knownAt: reader.at(event, KNOWN_AT),
    state: reader.at(event, STATE),
    stateAt: reader.at(event, KNOWN_AT),
  };
}
