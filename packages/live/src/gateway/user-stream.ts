import { pauseMs, wait, type Backoff } from '../exchange/backoff.ts';
import type { BinanceRest } from '../exchange/binance-rest.ts';
import { ENDPOINTS } from '../exchange/endpoints.ts';
import type { CcxtClient, CcxtExchange } from '../exchange/load-ccxt.ts';
import { anySchema, listenKeySchema } from '../exchange/rest-schemas.ts';
import { parseUserEvent, type UserEvent } from '../exchange/user-events.ts';
import { VenueError } from '../exchange/venue-error.ts';
import { VenueStream } from '../exchange/venue-stream.ts';

/** What the user stream works with. */
export interface UserStreamOptions {
  readonly exchange: CcxtExchange;
  readonly rest: BinanceRest;
  /** Address of the venue's streams, without a path. */
  readonly streamUrl: string;
  readonly backoff: Backoff;
  /** How often the listen key is extended, ms. */
  readonly refreshMs: number;
  readonly signal: AbortSignal;
  readonly onEvent: (event: UserEvent) => void;
  readonly onState: (state: 'up' | 'down') => void;
  readonly onRefused: (error: VenueError) => void;
  /** A known event that is not as documented. */
  readonly onDamage: (message: string) => void;
}

/**
 * The account's own events. Its key is asked for at each dialling: a key that still lives is given again and extended, and one
 * that expired unnoticed would open a connection on which nothing ever comes.
 */
export class UserStream {
  readonly #options: UserStreamOptions;
  readonly #stream: VenueStream;
  #refresh: NodeJS.Timeout | undefined;

  constructor(options: UserStreamOptions) {
    this.#options = options;
    const { exchange, backoff, onState, onRefused } = options;
    this.#stream = new VenueStream({
      exchange,
      backoff,
      onState,
      onRefused,
      address: () => this.#address(),
      subscribe: [],
      onMessage: (message) => this.#receive(message),
      // An account may have nothing to say for hours; lost connections are noticed by their pings.
      silenceMs: null,
    });
  }

  /** Resolves once connected. @throws VenueError when the venue refuses it for good */
  async start(): Promise<void> {
    await this.#stream.start();
    this.#refresh = setInterval(() => void this.#extend(), this.#options.refreshMs);
  }
  owns(client: CcxtClient): boolean {
    return this.#stream.owns(client);
  }
  receive(message: unknown): void {
    this.#stream.receive(message);
  }
  async stop(): Promise<void> {
    clearInterval(this.#refresh);
    await this.#stream.stop();
  }

  async #address(): Promise<string> {
    const { rest, streamUrl } = this.#options;
    const { listenKey } = await rest.call(ENDPOINTS.createListenKey, {}, listenKeySchema);
    return `${streamUrl}/private/ws?listenKey=${encodeURIComponent(listenKey)}`;
  }

  #receive(message: unknown): void {
    let event: UserEvent;
    try {
      event = parseUserEvent(message);
    } catch (error) {
      this.#options.onDamage(error instanceof Error ? error.message : String(error));
      return;
    }
    // The venue keeps the connection open and says nothing more on it.
    if (event.kind === 'listen_key_expired') this.#stream.drop();
    this.#options.onEvent(event);
  }

  async #extend(): Promise<void> {
    const { rest, backoff, signal } = this.#options;
    for (let tried = 0; tried < 5 && !signal.aborted; tried++) {
      try {
        await rest.call(ENDPOINTS.extendListenKey, {}, anySchema);
        return;
      } catch (error) {
        if (error instanceof VenueError && (error.kind === 'refused' || error.kind === 'halt')) break;
        await wait(pauseMs(backoff, tried), signal);
      }
    }
    this.#stream.drop();
  }
}
