import type { RequestLimits } from '../options.ts';

const MINUTE = 60_000;
const TEN_SECONDS = 10_000;
/** Requests that go on after a 429 before the address is banned, and for how long. */
const PATIENCE = 10;
const BAN_MS = 120_000;

/** A refusal for asking too much, in HTTP's numbers. */
export interface Limited {
  readonly status: 429 | 418;
  readonly code: -1003 | -1015;
  readonly text: string;
  readonly retryAfterSeconds: number;
}

/** Counts per fixed window of the machine's clock, as the venue does. */
export class RateLimits {
  readonly #limits: RequestLimits;
  #weight = { window: -1, used: 0 };
  #minute = { window: -1, used: 0 };
  #tenSeconds = { window: -1, used: 0 };
  #ignored = 0;
  #bannedUntil = 0;

  constructor(limits: RequestLimits) {
    this.#limits = limits;
  }

  /** Counts a request; not null when it is one too many. */
  request(now: number, weight: number): Limited | null {
    if (now < this.#bannedUntil) return this.#ban(now);
    const counter = (this.#weight = counted(this.#weight, now, MINUTE, weight));
    if (counter.used <= this.#limits.weightPerMinute) return null;
    this.#ignored += 1;
    if (this.#ignored > PATIENCE) {
      this.#bannedUntil = now + BAN_MS;
      this.#ignored = 0;
      return this.#ban(now);
    }
    const text = `Too many requests; current limit is ${this.#limits.weightPerMinute} request weight per 1 MINUTE.`;
    return { status: 429, code: -1003, text, retryAfterSeconds: secondsLeft(now, MINUTE) };
  }
  /** Counts orders; not null when they are too many. */
  order(now: number, orders: number): Limited | null {
    this.#minute = counted(this.#minute, now, MINUTE, orders);
    this.#tenSeconds = counted(this.#tenSeconds, now, TEN_SECONDS, orders);
    const isShort = this.#tenSeconds.used > this.#limits.ordersPerTenSeconds;
    if (!isShort && this.#minute.used <= this.#limits.ordersPerMinute) return null;
    const span = isShort ? TEN_SECONDS : MINUTE;
    return { status: 429, code: -1015, text: 'Too many new orders.', retryAfterSeconds: secondsLeft(now, span) };
  }
  /** Headers of an answer; the counts of orders only where orders were asked for. */
  headers(isOrder: boolean): Record<string, string> {
    const used = { 'X-MBX-USED-WEIGHT-1M': String(this.#weight.used) };
    if (!isOrder) return used;
    return { ...used, 'X-MBX-ORDER-COUNT-10S': String(this.#tenSeconds.used), 'X-MBX-ORDER-COUNT-1M': String(this.#minute.used) };
  }

  #ban(now: number): Limited {
    const text = `Way too many requests; IP banned until ${this.#bannedUntil}.`;
    return { status: 418, code: -1003, text, retryAfterSeconds: Math.ceil((this.#bannedUntil - now) / 1000) };
  }
}

interface Counter {
  readonly window: number;
  readonly used: number;
}

function counted(counter: Counter, now: number, span: number, more: number): Counter {
  const window = Math.floor(now / span);
  return { window, used: (counter.window === window ? counter.used : 0) + more };
}

function secondsLeft(now: number, span: number): number {
  return Math.max(1, Math.ceil((span - (now % span)) / 1000));
}
