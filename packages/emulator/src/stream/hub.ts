import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import { z } from 'zod';
import type { FaultInjector } from '../faults/injector.ts';
import type { UserEvent } from '../venue/user-events.ts';
import { Connection } from './connection.ts';
import type { ListenKeys } from './listen-keys.ts';
import { isStreamName, parseStreamAddress } from './stream-address.ts';

const PING_MS = 180_000;
/** The venue ends a connection that sends more than this within a second. */
const FRAMES_PER_SECOND = 10;

const frameSchema = z.object({
  method: z.enum(['SUBSCRIBE', 'UNSUBSCRIBE', 'LIST_SUBSCRIPTIONS']),
  params: z.array(z.string()).optional(),
  id: z.union([z.int(), z.string()]).nullish(),
});

/** Sockets as the state shows them. */
export interface SocketsState {
  readonly open: number;
  /** Those that hear the user data stream. */
  readonly listeners: number;
  /** Subscriptions of all sockets together. */
  readonly streams: readonly string[];
}

/** All sockets, and what each is subscribed to. */
export class StreamHub {
  readonly #server: WebSocketServer = new WebSocketServer({ noServer: true, maxPayload: 65_536 });
  readonly #connections: Set<Connection> = new Set();
  readonly #faults: FaultInjector;
  readonly #listenKeys: ListenKeys;
  readonly #onChange: () => void;
  readonly #pings: NodeJS.Timeout;

  /** @param onChange told whenever a user stream opens or ends */
  constructor(faults: FaultInjector, listenKeys: ListenKeys, onChange: () => void) {
    this.#faults = faults;
    this.#listenKeys = listenKeys;
    this.#onChange = onChange;
    this.#pings = setInterval(() => {
      for (const connection of this.#connections) connection.ping();
    }, PING_MS).unref();
  }

  /** Sockets that hear the user data stream. */
  get listeners(): number {
    return [...this.#connections].filter(({ listenKey }) => listenKey !== null).length;
  }
  /** Sockets that are open, what they are subscribed to, and how many hear the user data stream. */
  describe(): SocketsState {
    const streams = [...this.#connections].flatMap((connection) => [...connection.streams]);
    return { open: this.#connections.size, listeners: this.listeners, streams };
  }

  /** Takes an HTTP upgrade over. */
  accept(request: IncomingMessage, raw: Duplex, head: Buffer): void {
    const address = parseStreamAddress(request.url ?? '/', (key) => this.#listenKeys.isValid(key));
    if (address === null) {
      raw.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    this.#server.handleUpgrade(request, raw, head, (socket) => {
      const parts = { socket, raw, ...address, faults: this.#faults, onListenKeyFault: () => this.#listenKeys.expire() };
      this.#register(socket, new Connection(parts));
    });
  }

  /** Sends an event of the user data stream to everybody who listens. */
  publishUser(event: UserEvent): void {
    for (const connection of this.#connections) {
      const { listenKey, events } = connection;
      if (listenKey !== null && (events === null || events.has(event.e))) connection.send(listenKey, event.e, event);
    }
  }
  /** Sends a market message to the subscribers of its stream; it is made once, and only where there are any. */
  publish(route: 'public' | 'market', stream: string, type: string, make: () => unknown): void {
    let data: unknown;
    for (const connection of this.#connections) {
      if (connection.route !== route || !connection.streams.has(stream)) continue;
      data ??= make();
      connection.send(stream, type, data);
    }
  }
  /** Tells the listeners of a key that it has expired; nothing more comes on their sockets. */
  expire(key: string, time: number): void {
    for (const connection of this.#connections) {
      if (connection.listenKey !== key) continue;
      connection.tell({ e: 'listenKeyExpired', E: time, listenKey: key });
      connection.listenKey = null;
    }
    this.#onChange();
  }
  close(): void {
    clearInterval(this.#pings);
    for (const connection of this.#connections) connection.terminate();
    this.#server.close();
  }

  #register(socket: WebSocket, connection: Connection): void {
    this.#connections.add(connection);
    socket.on('close', () => {
      this.#connections.delete(connection);
      this.#onChange();
    });
    // What is wrong with a socket shows in its closing.
    socket.on('error', () => {});
    let [second, frames] = [0, 0];
    socket.on('message', (data) => {
      const now = Math.floor(Date.now() / 1000);
      frames = now === second ? frames + 1 : 1;
      second = now;
      if (frames > FRAMES_PER_SECOND) connection.close(1008, 'Too many requests');
      else takeFrame(connection, data);
    });
    this.#onChange();
  }
}

function takeFrame(connection: Connection, data: RawData): void {
  let json: unknown;
  try {
    json = JSON.parse(rawText(data));
  } catch {
    connection.answer({ error: { code: 3, msg: 'Invalid JSON: expected value at line 1 column 1' } });
    return;
  }
  const parsed = frameSchema.safeParse(json);
  if (!parsed.success) {
    connection.answer({ error: { code: 2, msg: 'Invalid request: unknown method or malformed params' } });
    return;
  }
  const { method, params = [], id = null } = parsed.data;
  if (method === 'LIST_SUBSCRIPTIONS') {
    connection.answer({ result: [...connection.streams], id });
    return;
  }
  if (!params.every(isStreamName)) {
    connection.answer({ error: { code: 2, msg: 'Invalid request: invalid stream' }, id });
    return;
  }
  for (const stream of params) {
    if (method === 'SUBSCRIBE') connection.streams.add(stream);
    else connection.streams.delete(stream);
  }
  connection.answer({ result: null, id });
}

function rawText(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString();
  return data instanceof ArrayBuffer ? Buffer.from(data).toString() : data.toString();
}
