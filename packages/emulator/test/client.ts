import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { afterEach } from 'vitest';
import { WebSocket } from 'ws';
import { startEmulator, type Emulator, type EmulatorOptions } from '../src/index.ts';
import { makeMarket } from './market.ts';

const open: { close: () => Promise<void> | void }[] = [];
afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close();
});

export const KEY = 'k'.repeat(64);
export const SECRET = 's'.repeat(64);

/** An emulator that the test's end closes; what is not given is one BTCUSDT at 100, and a follower's pace. */
export async function start(options: Partial<EmulatorOptions> = {}): Promise<Client> {
  const emulator = await startEmulator({
    market: makeMarket([{ symbol: 'BTCUSDT', candles: Array.from({ length: 5 }, () => [100, 110, 90, 105] as const) }]),
    interval: '5m',
    apiKey: KEY,
    secret: SECRET,
    startEquity: '10000',
    makerFeeBps: 2,
    takerFeeBps: 5,
    slippageBps: 0,
    fills: 'pessimistic',
    pace: { kind: 'follow', patienceMs: 5000 },
    ...options,
  });
  open.push(emulator);
  return new Client(emulator);
}

type Fields = Readonly<Record<string, string | number | boolean>>;

/** A message as the tests read it: the fields that they look at, whichever kind it is. */
export interface Message {
  readonly e: string;
  readonly E: number;
  readonly T: number;
  readonly stream?: string;
  readonly data?: Message;
  readonly id?: number;
  readonly result?: unknown;
  readonly error?: unknown;
  readonly o?: Fields;
  readonly k?: Fields & { readonly t: number; readonly T: number; readonly x: boolean };
  readonly a?: { readonly m: string; readonly B: readonly Fields[]; readonly P: readonly Fields[] };
}
export interface Reply {
  readonly status: number;
  readonly body: Fields;
  readonly headers: Headers;
}

/** A plain client: requests, signatures and sockets, nothing clever. */
export class Client {
  readonly emulator: Emulator;
  constructor(emulator: Emulator) {
    this.emulator = emulator;
  }
  async ask(method: string, path: string, init: { query?: string; body?: string; headers?: Record<string, string> } = {}): Promise<Reply> {
    const { query = '', body, headers = {} } = init;
    const response = await fetch(`${this.emulator.url}${path}${query === '' ? '' : `?${query}`}`, {
      method,
      headers: { 'X-MBX-APIKEY': KEY, ...headers },
      ...(body === undefined ? {} : { body }),
    });
    return { status: response.status, body: (await response.json()) as Fields, headers: response.headers };
  }
  /** A signed request: parameters in the query, as they are. */
  async signed(method: string, path: string, params: Record<string, string | number | boolean> = {}): Promise<Reply> {
    const pairs = Object.entries({ timestamp: Date.now(), recvWindow: 60_000, ...params });
    const query = pairs.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`).join('&');
    const signature = createHmac('sha256', SECRET).update(query).digest('hex');
    return this.ask(method, path, { query: `${query}&signature=${signature}` });
  }
  order(params: Record<string, string | number | boolean>): Promise<Reply> {
    return this.signed('POST', '/fapi/v1/order', { symbol: 'BTCUSDT', ...params });
  }
  stop(params: Record<string, string | number | boolean>): Promise<Reply> {
    return this.signed('POST', '/fapi/v1/algoOrder', { algoType: 'CONDITIONAL', symbol: 'BTCUSDT', ...params });
  }
  idle(frame = 0, event = 0): Promise<Reply> {
    return this.ask('POST', '/emulator/v1/idle', { body: JSON.stringify({ frame, event }) });
  }
  async listen(path: string): Promise<Listener> {
    const listener = new Listener(`${this.emulator.streamUrl}${path}`);
    open.push(listener);
    await listener.opened;
    return listener;
  }
  async listenKey(): Promise<string> {
    return (await this.ask('POST', '/fapi/v1/listenKey')).body['listenKey'] as string;
  }
  /** The user data stream. */
  async user(): Promise<Listener> {
    return this.listen(`/private/ws?listenKey=${await this.listenKey()}`);
  }
}

/** A socket that keeps what it heard, and lets a test await what it has not yet. */
export class Listener {
  readonly socket: WebSocket;
  readonly heard: Message[] = [];
  readonly opened: Promise<unknown>;
  readonly closed: Promise<number>;
  #waiting: (() => void)[] = [];

  constructor(url: string) {
    this.socket = new WebSocket(url);
    this.opened = once(this.socket, 'open');
    // A refused socket shows in its closing.
    this.opened.catch(() => {});
    this.closed = new Promise((resolve) => {
      this.socket.on('close', (code) => {
        resolve(code);
        this.#wake();
      });
    });
    this.socket.on('error', () => {});
    this.socket.on('message', (data) => {
      this.heard.push(JSON.parse((data as Buffer).toString()) as Message);
      this.#wake();
    });
  }
  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
  /** The first message for which `test` holds, heard already or to come. */
  async until(test: (message: Message) => unknown): Promise<Message> {
    for (let at = 0; ;) {
      for (; at < this.heard.length; at++) if (test(this.heard[at])) return this.heard[at];
      if (this.socket.readyState >= WebSocket.CLOSING) throw new Error(`closed after ${JSON.stringify(this.heard)}`);
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }
  send(value: unknown): void {
    this.socket.send(JSON.stringify(value));
  }
  close(): void {
    this.socket.terminate();
  }
}
