import type { z } from 'zod';
import { pauseMs, wait, type Backoff } from './backoff.ts';
import { ENDPOINTS, type Endpoint } from './endpoints.ts';
import type { CcxtExchange } from './load-ccxt.ts';
import type { RequestBudget } from './request-budget.ts';
import { timeSchema } from './rest-schemas.ts';
import { VenueError } from './venue-error.ts';

/** Fields of a request; decimals as the venue's texts. */
export type Params = Readonly<Record<string, string | number>>;

/** How requests are made. */
export interface RestSettings {
  readonly timeoutMs: number;
  readonly backoff: Backoff;
  /** Ends waits between tries. */
  readonly signal: AbortSignal;
  readonly budget: RequestBudget;
}

/** Tries of a read before it is given up. */
const READ_TRIES = 5;
/** ccxt's own timeout ends with the headers; a body that never comes is given up after this much more, ms. */
const BODY_GRACE_MS = 1000;

/** Requests to the venue; every failure is a VenueError without address or key. */
export class BinanceRest {
  readonly #exchange: CcxtExchange;
  readonly #settings: RestSettings;

  constructor(exchange: CcxtExchange, settings: RestSettings) {
    this.#exchange = exchange;
    this.#settings = settings;
  }

  /** The venue's clock as far as it is known, ms UTC. */
  now(): number {
    return this.#exchange.milliseconds() - Number(this.#exchange.options['timeDifference'] ?? 0);
  }

  /** Asks for the venue's clock; half of the way there and back is taken off. */
  async syncTime(): Promise<void> {
    const before = this.#exchange.milliseconds();
    const { serverTime } = await this.#once(ENDPOINTS.time, {}, timeSchema);
    this.#exchange.options['timeDifference'] = Math.round((before + this.#exchange.milliseconds()) / 2 - serverTime);
  }

  /** One request. Only a refused time stamp is mended and tried a second time: then nothing has happened at the venue. */
  async call<T>(endpoint: Endpoint, params: Params, schema: z.ZodType<T>): Promise<T> {
    try {
      return await this.#once(endpoint, params, schema);
    } catch (error) {
      if (!(error instanceof VenueError) || error.kind !== 'clock') throw error;
      await this.syncTime();
      return await this.#once(endpoint, params, schema);
    }
  }

  /** A request that changes nothing: tried again while there is hope. */
  async read<T>(endpoint: Endpoint, params: Params, schema: z.ZodType<T>): Promise<T> {
    const { budget, backoff, signal } = this.#settings;
    for (let tried = 0; ; tried++) {
      await budget.take(signal);
      try {
        return await this.call(endpoint, params, schema);
      } catch (error) {
        if (!isPassing(error) || tried + 1 >= READ_TRIES || signal.aborted) throw error;
        await wait(error.retryAfterMs ?? pauseMs(backoff, tried), signal);
      }
    }
  }

  async #once<T>(endpoint: Endpoint, params: Params, schema: z.ZodType<T>): Promise<T> {
    const { group, method, path } = endpoint;
    const name = `${method} ${path}`;
    const answer = await this.#answer(name, this.#exchange.request(path, group, method, params));
    const parsed = schema.safeParse(answer);
    if (parsed.success) return parsed.data;
    const issue = parsed.error.issues[0];
    // What came may be half an answer to a request that worked.
    throw new VenueError('unknown', `${name}: the answer is not as documented (${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''})`);
  }

  async #answer(name: string, request: Promise<unknown>): Promise<unknown> {
    const limit = this.#settings.timeoutMs + BODY_GRACE_MS;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new VenueError('unknown', `${name}: no whole answer within ${limit} ms`)), limit);
    });
    try {
      return await Promise.race([request, late]);
    } catch (error) {
      throw error instanceof VenueError ? error : new VenueError('unknown', `${name}: no answer (${reasonOf(error)})`);
    } finally {
      clearTimeout(timer);
    }
  }
}

/** Whether the same request may work later. */
export function isPassing(error: unknown): error is VenueError {
  return error instanceof VenueError && (error.kind === 'unknown' || error.kind === 'limited' || error.kind === 'unavailable');
}

/** ccxt's messages hold whole addresses with signatures: only a system error's name, or the class, is let through. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown reason';
  const { code } = error as { readonly code?: unknown };
  const text = `${typeof code === 'string' ? code : ''} ${error.message}`;
  return /\b(?:E[A-Z]{4,}|UND_ERR_[A-Z_]+)\b/.exec(text)?.[0] ?? (/timed out/.test(text) ? 'timed out' : error.constructor.name);
}
