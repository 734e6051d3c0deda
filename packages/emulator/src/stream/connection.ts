import type { Duplex } from 'node:stream';
import { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import type { FaultInjector } from '../faults/injector.ts';

/** Which third of the venue's streams an address serves. */
export type StreamRoute = 'public' | 'market' | 'private';

/** One client's socket. Everything that leaves through it meets the fault plan. */
export class Connection {
  readonly route: StreamRoute;
  readonly streams: Set<string>;
  /** Key of the user data stream; null when this is another stream, or when its key has expired. */
  listenKey: string | null;
  /** Event types that the client asked for; null for all. */
  readonly events: ReadonlySet<string> | null;
  readonly #socket: WebSocket;
  readonly #raw: Duplex;
  readonly #isCombined: boolean;
  readonly #faults: FaultInjector;
  readonly #onListenKeyFault: () => void;
  /** A message that lets the next one pass. */
  #heldBack: string | null = null;

  constructor(parts: {
    readonly socket: WebSocket;
    readonly raw: Duplex;
    readonly route: StreamRoute;
    readonly isCombined: boolean;
    readonly streams: readonly string[];
    readonly listenKey: string | null;
    readonly events: ReadonlySet<string> | null;
    readonly faults: FaultInjector;
    readonly onListenKeyFault: () => void;
  }) {
    this.route = parts.route;
    this.streams = new Set(parts.streams);
    this.listenKey = parts.listenKey;
    this.events = parts.events;
    this.#socket = parts.socket;
    this.#raw = parts.raw;
    this.#isCombined = parts.isCombined;
    this.#faults = parts.faults;
    this.#onListenKeyFault = parts.onListenKeyFault;
  }

  /** An answer to the client's own frame: never faulty. */
  answer(value: unknown): void {
    this.#socket.send(JSON.stringify(value));
  }
  /** A message of a stream. */
  send(stream: string, type: string, data: unknown): void {
    const text = JSON.stringify(this.#isCombined ? { stream, data } : data);
    const isPrivate = this.route === 'private';
    const fault = this.#faults.message(type, isPrivate);
    switch (fault) {
      case null:
        this.#write(text);
        return;
      case 'lose':
        return;
      case 'drop':
        this.#socket.close(1001, 'going away');
        return;
      case 'half-frame':
        this.#breakOff(text);
        return;
      case 'duplicate':
        this.#write(text);
        this.#write(text);
        return;
      case 'delay':
        setTimeout(() => this.#write(text), this.#faults.delayMs).unref();
        return;
      case 'reorder':
        this.#release();
        this.#heldBack = text;
        // Where no message follows it comes late, but it comes.
        setTimeout(() => this.#release(), this.#faults.delayMs).unref();
        return;
      case 'listen-key-expired':
        this.#write(text);
        this.#onListenKeyFault();
        return;
      default:
        throw new Error(`unknown fault ${String(fault satisfies never)}`);
    }
  }
  /** A message past the fault plan: the end of a listen key. */
  tell(data: unknown): void {
    this.#write(JSON.stringify(this.#isCombined ? { stream: this.listenKey ?? '', data } : data));
  }
  ping(): void {
    this.#socket.ping();
  }
  close(code: number, reason: string): void {
    this.#socket.close(code, reason);
  }
  terminate(): void {
    this.#socket.terminate();
  }

  #write(text: string): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(text);
    this.#release();
  }
  #release(): void {
    const text = this.#heldBack;
    this.#heldBack = null;
    if (text !== null && this.#socket.readyState === this.#socket.OPEN) this.#socket.send(text);
  }
  /** A text frame's head and half of its payload (RFC 6455, section 5.2), then a reset. */
  #breakOff(text: string): void {
    const payload = Buffer.from(text);
    const head =
      payload.length < 126 ? Buffer.from([0x81, payload.length]) : Buffer.from([0x81, 126, payload.length >> 8, payload.length & 0xff]);
    const half = Buffer.concat([head, payload.subarray(0, payload.length >> 1)]);
    this.#raw.write(half, () => {
      if (this.#raw instanceof Socket) this.#raw.resetAndDestroy();
      else this.#raw.destroy();
    });
  }
}
