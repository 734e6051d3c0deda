import { setTimeout as sleep } from 'node:timers/promises';

const MINUTE = 60_000;

/** Keeps reads below the venue's request weight a minute, which it counts in fixed minutes; orders never wait. */
export class RequestBudget {
  readonly #limit: number;
  readonly #now: () => number;
  #used = 0;
  #minute = -1;

  /** @param now the venue's clock, ms */
  constructor(limit: number, now: () => number) {
    this.#limit = limit;
    this.#now = now;
  }

  /** What the venue says was used up to now. */
  observe(used: number): void {
    const minute = Math.floor(this.#now() / MINUTE);
    this.#used = minute === this.#minute ? Math.max(this.#used, used) : used;
    this.#minute = minute;
  }

  /** ms until a read may go out; 0 for at once. */
  get waitMs(): number {
    const now = this.#now();
    if (Math.floor(now / MINUTE) !== this.#minute || this.#used < this.#limit) return 0;
    return MINUTE - (now % MINUTE);
  }

  async take(signal: AbortSignal): Promise<void> {
    for (let wait = this.waitMs; wait > 0; wait = this.waitMs) await sleep(wait, undefined, { signal });
  }
}
