import { pauseMs, wait, type Backoff } from './backoff.ts';
import type { CcxtClient, CcxtExchange } from './load-ccxt.ts';
import { VenueError } from './venue-error.ts';

/** ccxt's name for what this stream waits for: nothing ever resolves it, the end of the connection rejects it. */
const ENDED = 'ended';

/** What a stream is made of. */
export interface StreamOptions {
  readonly exchange: CcxtExchange;
  /** The address to dial; asked anew each time. */
  readonly address: () => Promise<string>;
  /** Streams to subscribe to once connected; none where the address says it all. */
  readonly subscribe: readonly string[];
  /** Called for each message; what it throws ends the connection. */
  readonly onMessage: (message: unknown) => void;
  readonly onState: (state: 'up' | 'down') => void;
  /** Called when dialling was refused in a way that will not pass. */
  readonly onRefused: (error: VenueError) => void;
  readonly backoff: Backoff;
  /** Without any message for this long the connection is given up; null: no watching. */
  readonly silenceMs: number | null;
}

/**
 * One connection that is kept up: dialled again after a drop, a damaged frame or silence, with growing pauses. ccxt itself
 * neither dials again nor notices silence for minutes.
 */
export class VenueStream {
  readonly #options: StreamOptions;
  readonly #stop = new AbortController();
  #client: CcxtClient | null = null;
  #silence: NodeJS.Timeout | undefined;
  #isUp = false;
  #isUpBefore: (() => void) | null = null;
  #running: Promise<void> = Promise.resolve();
  #messages = 0;

  constructor(options: StreamOptions) {
    this.#options = options;
  }

  /** Resolves when it is up for the first time. @throws VenueError when the venue refuses it for good, or it was stopped. */
  start(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#isUpBefore = resolve;
      this.#running = this.#run(reject).catch((error: unknown) => reject(error instanceof Error ? error : new Error(String(error))));
    });
  }

  /** Whether a message came over this connection. */
  owns(client: CcxtClient): boolean {
    return this.#client === client;
  }

  /** Hands a message on. A text that is no JSON is the sign of a damaged frame. */
  receive(message: unknown): void {
    this.#messages += 1;
    this.#silence?.refresh();
    try {
      if (typeof message === 'string') throw new RangeError('a damaged frame');
      this.#options.onMessage(message);
    } catch {
      this.drop();
    }
  }

  /** The subscription was answered: the stream is up. */
  confirm(): void {
    if (this.#isUp || this.#client === null) return;
    this.#isUp = true;
    this.#isUpBefore?.();
    this.#isUpBefore = null;
    this.#options.onState('up');
  }

  /** The venue refused what was asked for. */
  refuse(error: VenueError): void {
    this.#client?.reject(error, ENDED);
    this.drop();
  }

  /** Ends the connection at once; it is dialled again. */
  drop(): void {
    this.#client?.connection?.terminate?.();
  }

  /** Ends it for good. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.drop();
    this.#client?.reject(new VenueError('refused', 'stopped'), ENDED);
    await this.#running;
  }

  async #run(reject: (error: Error) => void): Promise<void> {
    const { signal } = this.#stop;
    for (let tried = 0; !signal.aborted; tried++) {
      const messages = this.#messages;
      try {
        await this.#connection();
      } catch (error) {
        if (error instanceof VenueError && this.#isFinal(error) && !signal.aborted) {
          reject(error);
          this.#options.onRefused(error);
          return;
        }
      } finally {
        this.#closed();
      }
      // A connection that brought something was a good one: pauses begin anew.
      if (this.#messages > messages) tried = 0;
      await wait(pauseMs(this.#options.backoff, tried), signal);
    }
    reject(new VenueError('refused', 'stopped'));
  }

  /** One connection from dialling to its end, which is always an error. */
  async #connection(): Promise<void> {
    const { exchange, subscribe, silenceMs } = this.#options;
    const url = await this.#options.address();
    if (this.#stop.signal.aborted) return;
    const request = subscribe.length === 0 ? undefined : { method: 'SUBSCRIBE', params: subscribe, id: 1 };
    const ended = exchange.watch(url, ENDED, request, ENDED);
    const client = exchange.client(url);
    this.#client = client;
    if (silenceMs !== null) this.#silence = setTimeout(() => this.drop(), silenceMs);
    if (subscribe.length === 0) {
      client.connected.then(
        () => {
          if (this.#client === client) this.confirm();
        },
        () => {},
      );
    } else client.connected.catch(() => {});
    await ended;
  }

  /** A refusal of the very first request is a mistake in it; later ones may pass. */
  #isFinal({ kind }: VenueError): boolean {
    return kind === 'halt' || (kind === 'refused' && this.#isUpBefore !== null);
  }

  #closed(): void {
    clearTimeout(this.#silence);
    this.#silence = undefined;
    this.#client = null;
    if (!this.#isUp) return;
    this.#isUp = false;
    this.#options.onState('down');
  }
}
