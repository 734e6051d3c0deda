import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { checkOptions } from './check-options.ts';
import { InputError } from './input-error.ts';
import { FaultInjector } from './faults/injector.ts';
import { RateLimits } from './http/rate-limits.ts';
import { RequestCounts } from './http/request-counts.ts';
import type { Routes } from './http/route.ts';
import { createHttpServer, isLoopbackHost } from './http/server.ts';
import { VENUE_LIMITS, type EmulatorOptions } from './options.ts';
import { Barrier } from './pace/barrier.ts';
import { runMarket, type MarketRun } from './pace/run-market.ts';
import { accountRoutes } from './routes/account-routes.ts';
import { algoRoutes } from './routes/algo-routes.ts';
import type { RouteContext } from './routes/context.ts';
import { controlRoutes } from './routes/control-routes.ts';
import { historyRoutes } from './routes/history-routes.ts';
import { listenKeyRoutes } from './routes/listen-key-routes.ts';
import { marketRoutes } from './routes/market-routes.ts';
import { orderRoutes } from './routes/order-routes.ts';
import { settingRoutes } from './routes/setting-routes.ts';
import { emulatorState, type EmulatorState } from './state.ts';
import { StreamHub } from './stream/hub.ts';
import { ListenKeys } from './stream/listen-keys.ts';
import { publishFrame } from './stream/market-messages.ts';
import { Exchange } from './venue/exchange.ts';
import { OrderEntry } from './venue/order-entry.ts';

const HOST = '127.0.0.1';

/** A venue that runs. */
export interface Emulator {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** `ws://127.0.0.1:PORT` */
  readonly streamUrl: string;
  /** Resolves when the last frame has been followed; the emulator goes on answering. Rejects when the emulator itself failed. */
  readonly finished: Promise<void>;
  state(): EmulatorState;
  close(): Promise<void>;
}

/**
 * Starts a venue on 127.0.0.1.
 * @throws InputError when the port cannot be had, the market holds no candles, or the equity or pace is none
 */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  checkOptions(options);
  const seed = options.seed ?? 1;
  const faults = new FaultInjector(seed, options.faults ?? {});
  const barrier = new Barrier();
  const stopping = new AbortController();
  const requestTime = (): number => Date.now() + faults.clockSkewMs;
  const exchange: Exchange = new Exchange(options, (event) => hub.publishUser(event));
  const entry = new OrderEntry(exchange);
  const listenKeys: ListenKeys = new ListenKeys(seed, (key) => hub.expire(key, Math.max(exchange.lastEventTime, exchange.board.now)));
  const hub = new StreamHub(faults, listenKeys, () => barrier.wake());
  const counts = new RequestCounts();
  const context = { exchange, entry, listenKeys, options, requestTime };
  const run: MarketRun = {
    exchange,
    barrier,
    listenKeys,
    listeners: () => hub.listeners,
    publish: (frame) => {
      publishFrame(hub, exchange.board, frame);
      options.watch?.onFrame(exchange.board.frame);
    },
    signal: stopping.signal,
    waiting: 'first-idle',
  };
  const state = (): EmulatorState => emulatorState({ exchange, entry, counts, faults, hub }, run.waiting);
  const server = createHttpServer({
    routes: routesOf(context),
    control: controlRoutes(exchange, barrier, faults, state),
    apiKey: options.apiKey,
    secret: options.secret,
    limits: new RateLimits(options.settings?.limits ?? VENUE_LIMITS),
    faults,
    counts,
    requestTime,
    onRequest: (name) => options.watch?.onRequest(name),
  });
  // A client may use a connection again whenever it likes; closing an idle one would look like a fault that nobody asked for.
  server.keepAliveTimeout = 0;
  server.on('upgrade', (request, socket, head) => upgrade(hub, request, socket, head));
  const warmupFrames = options.settings?.warmupFrames ?? 0;
  if (warmupFrames > exchange.board.framesTotal)
    throw new InputError(`warmup of ${warmupFrames} frames: the market has ${exchange.board.framesTotal}; give fewer, or a wider range`);
  exchange.skip(warmupFrames);
  server.listen(options.port ?? 0, HOST);
  await once(server, 'listening').catch((cause: unknown) => {
    throw new InputError(`port ${options.port ?? 0}: cannot be had (${(cause as NodeJS.ErrnoException).code}); give another one, or 0`, {
      cause,
    });
  });
  const { port } = server.address() as AddressInfo;
  const finished = runMarket(run, options.pace);
  // Whoever waits for the end hears of a failure; nobody has to.
  finished.catch(() => {});
  return {
    url: `http://${HOST}:${port}`,
    streamUrl: `ws://${HOST}:${port}`,
    finished,
    state,
    async close() {
      stopping.abort();
      barrier.wake();
      hub.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await finished.catch(() => {});
    },
  };
}

function upgrade(hub: StreamHub, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  socket.on('error', () => {});
  if (isLoopbackHost(request.headers.host)) hub.accept(request, socket, head);
  else socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
}

function routesOf(context: RouteContext): Routes {
  return {
    ...marketRoutes(context),
    ...orderRoutes(context),
    ...algoRoutes(context),
    ...historyRoutes(context),
    ...accountRoutes(context),
    ...settingRoutes(context),
    ...listenKeyRoutes(context),
  };
}
