import { InvariantError } from './invariant.ts';

/** Where conclusions are put; the engine owns the storage behind it. */
export interface Sink<Out> {
  push(message: Out): void;
}

/** First in, first out, keeping its storage. Draining may push more; the drain then goes on. */
export class Queue<T> implements Sink<T> {
  readonly #items: T[] = [];
  #head = 0;
  size = 0;

  push(item: T): void {
    this.#items[this.#head + this.size] = item;
    this.size += 1;
  }
  /** @throws InvariantError when it is empty. */
  shift(): T {
    if (this.size === 0) throw new InvariantError('took from an empty queue');
    const item = this.#items[this.#head];
    this.size -= 1;
    if (this.size === 0) {
      this.#head = 0;
      // A burst must not keep its messages alive for the rest of the run.
      if (this.#items.length > 1024) this.#items.length = 0;
    } else this.#head += 1;
    return item;
  }
}
