const LEAST = 64;

/** Flags of a position. */
export const ENTERED = 1;
export const NEAR_TARGET = 2;
export const NEAR_STOP = 4;
export const ASKED_50 = 8;
export const ASKED_80 = 16;
/** A question that has been asked and is not answered yet. */
export const WAITS_50 = 32;
export const WAITS_80 = 64;
export const WAITS_TARGET = 128;

/**
 * Open virtual positions as parallel columns, dense from 0 to `count`: one that closes is replaced by the last one, so a pass
 * touches nothing but what is open. Prices and gains are in ticks; a gain is signed so that above 0 is a profit.
 */
export class Positions {
  count = 0;
  id: Float64Array = new Float64Array(LEAST);
  instrument: Uint32Array = new Uint32Array(LEAST);
  /** 1 long, −1 short. */
  direction: Int8Array = new Int8Array(LEAST);
  flags: Uint8Array = new Uint8Array(LEAST);
  /** Looks that are still spared. */
  spared: Uint8Array = new Uint8Array(LEAST);
  /** When it was created, ms UTC. */
  since: Float64Array = new Float64Array(LEAST);
  entry: Float64Array = new Float64Array(LEAST);
  stop: Float64Array = new Float64Array(LEAST);
  target: Float64Array = new Float64Array(LEAST);
  /** Distance of the first stop, and of the first target, from the entry. */
  risk: Float64Array = new Float64Array(LEAST);
  reward: Float64Array = new Float64Array(LEAST);
  /** Best and worst gain so far. */
  best: Float64Array = new Float64Array(LEAST);
  worst: Float64Array = new Float64Array(LEAST);
  readonly #places: Map<number, number> = new Map();

  /** Place of a position, or −1 when there is none of that id. */
  place(id: number): number {
    return this.#places.get(id) ?? -1;
  }

  /** Makes room for one more and returns its place; every column but `id` has to be written. */
  add(id: number): number {
    if (this.count === this.id.length) this.#grow();
    const k = this.count++;
    this.id[k] = id;
    this.#places.set(id, k);
    return k;
  }

  /** The last position takes the place of the one that leaves. */
  remove(k: number): void {
    this.#places.delete(this.id[k]);
    const last = --this.count;
    if (k === last) return;
    this.id[k] = this.id[last];
    this.instrument[k] = this.instrument[last];
    this.direction[k] = this.direction[last];
    this.flags[k] = this.flags[last];
    this.spared[k] = this.spared[last];
    this.since[k] = this.since[last];
    this.entry[k] = this.entry[last];
    this.stop[k] = this.stop[last];
    this.target[k] = this.target[last];
    this.risk[k] = this.risk[last];
    this.reward[k] = this.reward[last];
    this.best[k] = this.best[last];
    this.worst[k] = this.worst[last];
    this.#places.set(this.id[k], k);
  }

  #grow(): void {
    const size = 2 * this.id.length;
    this.id = grown(this.id, new Float64Array(size));
    this.instrument = grown(this.instrument, new Uint32Array(size));
    this.direction = grown(this.direction, new Int8Array(size));
    this.flags = grown(this.flags, new Uint8Array(size));
    this.spared = grown(this.spared, new Uint8Array(size));
    this.since = grown(this.since, new Float64Array(size));
    this.entry = grown(this.entry, new Float64Array(size));
    this.stop = grown(this.stop, new Float64Array(size));
    this.target = grown(this.target, new Float64Array(size));
    this.risk = grown(this.risk, new Float64Array(size));
    this.reward = grown(this.reward, new Float64Array(size));
    this.best = grown(this.best, new Float64Array(size));
    this.worst = grown(this.worst, new Float64Array(size));
  }
}

function grown<Column extends { set: (from: Column) => void }>(from: Column, to: Column): Column {
  to.set(from);
  return to;
}
