import { createServer, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { afterEach } from 'vitest';

const open: { close: () => void }[] = [];
afterEach(() => {
  for (const thing of open.splice(0)) thing.close();
});

/** An answer: a body alone is HTTP 200. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}
export type Answers = Record<string, (params: URLSearchParams) => Answer>;

const ACCOUNT: Answers = {
  'GET /fapi/v1/time': () => ({ body: { serverTime: Date.now() } }),
  'GET /fapi/v1/accountConfig': () => ({ body: { dualSidePosition: false, multiAssetsMargin: false, canTrade: true } }),
  'GET /fapi/v1/symbolConfig': () => ({ body: [{ symbol: 'BTCUSDT', marginType: 'CROSSED', leverage: 5 }] }),
  'POST /fapi/v1/listenKey': () => ({ body: { listenKey: 'LISTEN' } }),
  'GET /fapi/v1/income': () => ({ body: [] }),
  'GET /fapi/v3/positionRisk': () => ({ body: [] }),
  'GET /fapi/v1/openOrders': () => ({ body: [] }),
  'GET /fapi/v1/openAlgoOrders': () => ({ body: [] }),
};

/** A venue that answers what a test tells it to: for answers that no well-behaved one gives. */
export class AnsweringVenue {
  readonly answers: Answers = { ...ACCOUNT };
  readonly asked: string[] = [];
  readonly #http = createServer(
    (request, response) =>
      void this.#answer(request).then(({ status = 200, headers = {}, body }) => {
        response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
        response.end(typeof body === 'string' ? body : JSON.stringify(body));
      }),
  );
  readonly #sockets = new WebSocketServer({ server: this.#http });

  static async start(): Promise<AnsweringVenue> {
    const venue = new AnsweringVenue();
    venue.#http.listen(0, '127.0.0.1');
    await once(venue.#http, 'listening');
    open.push(venue);
    return venue;
  }
  get url(): string {
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }
  get streamUrl(): string {
    return this.url.replace('http', 'ws');
  }
  /** Sends a message, or a text as it is, to everybody who listens. */
  push(message: unknown): void {
    for (const socket of this.#sockets.clients as Set<WebSocket>)
      socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }
  close(): void {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#http.closeAllConnections();
    this.#http.close();
  }
  async #answer(request: IncomingMessage): Promise<Answer> {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const url = new URL(request.url ?? '/', 'http://x');
    const name = `${request.method ?? ''} ${url.pathname}`;
    this.asked.push(name);
    const params = new URLSearchParams([...new URLSearchParams(text), ...url.searchParams]);
    return this.answers[name]?.(params) ?? { status: 404, body: { code: -5000, msg: `Path ${url.pathname}, Method is invalid` } };
  }
}
