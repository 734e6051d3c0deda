import { createHash } from 'node:crypto';
import { refusal } from '../venue/venue-error.ts';

const HOUR_MS = 3_600_000;

/** The one key of the user data stream: valid for an hour of the machine's clock, renewed by asking again. */
export class ListenKeys {
  readonly #seed: number;
  readonly #onExpired: (key: string) => void;
  #issued = 0;
  #key: string | null = null;
  #timer: NodeJS.Timeout | undefined;
  /** True from the first key on until the client gives its key back: it then means to listen, even while it is not connected. */
  isAwaited = false;

  constructor(seed: number, onExpired: (key: string) => void) {
    this.#seed = seed;
    this.#onExpired = onExpired;
  }
  isValid(key: string): boolean {
    return key === this.#key;
  }
  /** The active key, renewed; a new one where there is none. */
  open(): string {
    this.isAwaited = true;
    this.#key ??= createHash('sha256')
      .update(`listen key ${this.#seed} ${this.#issued++}`)
      .digest('hex');
    this.#renew();
    return this.#key;
  }
  /** @throws VenueError -1125 */
  keepAlive(): string {
    if (this.#key === null) throw refusal(-1125);
    this.#renew();
    return this.#key;
  }
  /** The client gives its key back. */
  close(): void {
    this.isAwaited = false;
    this.#end();
  }
  /** The key's hour is over, or the fault plan says so. */
  expire(): void {
    const key = this.#key;
    if (key === null) return;
    this.#end();
    this.#onExpired(key);
  }
  #end(): void {
    clearTimeout(this.#timer);
    this.#key = null;
  }
  #renew(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.expire(), HOUR_MS).unref();
  }
}
