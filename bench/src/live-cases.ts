import type { Market } from '@orrery/data';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DEFAULT_VENUE, type Strategy } from '@orrery/core';
import { startEmulator, type Emulator, type EmulatorWatch } from '@orrery/emulator';
import {
  createBinance,
  runLiveSession,
  type Binance,
  type ExecutionGateway,
  type GatewayParts,
  type SessionEnd,
  type SessionRecord,
} from '@orrery/live';
import { LatencyRecorder, percentile, type Latency } from './latency.ts';
import { createMarket, type BenchMarket } from './market.ts';
import type { Measured } from './measure.ts';

const KEYS = { apiKey: 'k'.repeat(64), secret: 's'.repeat(64) };
const ACCOUNT = { makerFeeBps: 2, takerFeeBps: 2, slippageBps: 0, fills: 'pessimistic' } as const;
const EQUITY = '1000000';
/** Part of the account that is long or short in each symbol. */
const SHARE = 0.001;
/** Orders and frames that do not count: while they are decided, code is still being compiled. */
const WARM_UP = { orders: 200, frames: 30 } as const;
/** Follows at full speed need more weight than the venue grants. */
const BOUNDLESS = 1e9;

/** A session over loopback. */
export interface LiveSetup {
  readonly symbols: number;
  /** Orders that count; one a symbol and frame. */
  readonly orders: number;
  /** Whether the account is compared with the venue's before each decision, as it is in earnest. */
  readonly isChecked: boolean;
}

/**
 * Decision latency of a live session: from the moment when the emulator has handed a frame's last candle to the socket until the
 * head of an order request is back there. One process holds both ends, so the clock is one, and the emulator's own work counts.
 */
export async function liveCase({ symbols, orders, isChecked }: LiveSetup): Promise<Measured<unknown> & { readonly latency: Latency }> {
  const warmUp = Math.max(WARM_UP.frames, Math.ceil(WARM_UP.orders / symbols));
  const frames = warmUp + Math.ceil(orders / symbols);
  const recorder = new LatencyRecorder(warmUp);
  const market = createMarket(symbols, frames);
  const watch: EmulatorWatch = {
    onFrame: () => recorder.frame(),
    onRequest: (name) => {
      if (name === 'POST /fapi/v1/order') recorder.order();
    },
  };
  const venue = await startVenue(market, watch);
  try {
    const clock = performance.now();
    const cpu = process.cpuUsage();
    const end = await session(venue, market, isChecked);
    const used = process.cpuUsage(cpu);
    const wallNs = (performance.now() - clock) * 1e6;
    const { latencies } = recorder;
    if (latencies.length !== orders) throw new Error(`${latencies.length} orders reached the venue, not ${orders}`);
    return {
      value: { orders: latencies.length, frames: end.frames, equity: end.equity, halted: end.halted },
      // The frames of the warm-up are in this time, and an order is a share of it.
      timing: { cpuNs: ((used.user + used.system) * 1000 * orders) / (symbols * frames), wallNs: (wallNs * orders) / (symbols * frames) },
      latency: { p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99) },
    };
  } finally {
    await venue.close();
  }
}

function startVenue({ tapes, instruments }: BenchMarket, watch: EmulatorWatch): Promise<Emulator> {
  const filters = instruments.map(({ symbol }) => filtersOf(symbol));
  const funding = tapes.map(() => ({ times: new Float64Array(0), ratesE8: new Float64Array(0) }));
  return startEmulator({
    market: { ...marketWithout(tapes), tapes, funding, filters, datasetSymbols: [], synthetic: true, digest: '', warnings: [] },
    interval: '1m',
    ...KEYS,
    ...ACCOUNT,
    startEquity: EQUITY,
    pace: { kind: 'follow', patienceMs: 5000 },
    settings: { limits: { weightPerMinute: BOUNDLESS, ordersPerMinute: BOUNDLESS, ordersPerTenSeconds: BOUNDLESS } },
    watch,
  });
}

/** What a market of candles alone lacks. */
function marketWithout(
  tapes: BenchMarket['tapes'],
): Pick<Market, 'marks' | 'fine' | 'delisted' | 'universe' | 'filterTable' | 'bracketTable' | 'withoutBrackets'> {
  return {
    marks: tapes.map(() => null),
    fine: tapes.map(() => null),
    delisted: tapes.map(() => Infinity),
    universe: null,
    filterTable: null,
    bracketTable: null,
    withoutBrackets: [],
  };
}

/** Follows the market to its end. */
async function session(venue: Emulator, { tapes, instruments }: BenchMarket, isChecked: boolean): Promise<SessionEnd> {
  const folder = mkdtempSync(path.join(tmpdir(), 'orrery-bench-'));
  const symbols = instruments.map(({ symbol }) => symbol);
  const stop = new AbortController();
  const binance = await createBinance({
    symbols,
    interval: '1m',
    urls: { rest: venue.url, stream: venue.streamUrl },
    keys: KEYS,
    weightLimit: BOUNDLESS,
    env: { TRADING_ENABLED: 'true' },
  });
  try {
    return await runLiveSession({
      folder,
      session: recordOf(symbols),
      strategy: turning,
      feed: binance.feed,
      gateway: (parts) => (isChecked ? gatewayOf(binance, parts) : unchecked(gatewayOf(binance, parts))),
      capacity: tapes[0].length + 1,
      signal: stop.signal,
      onProblem: ({ kind, message }) => {
        throw new Error(`${kind}: ${message}`);
      },
      onIdle: async (idle) => {
        await fetch(`${venue.url}/emulator/v1/idle`, { method: 'POST', body: JSON.stringify(idle) });
        if (idle.frame === tapes[0].closeTs[tapes[0].length - 1]) stop.abort();
      },
    });
  } finally {
    await binance.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function gatewayOf(binance: Binance, parts: GatewayParts): ExecutionGateway {
  return binance.gateway({ ...parts, leverage: 5, marginType: 'crossed' });
}

/** The same without the comparison. */
function unchecked(gateway: ExecutionGateway): ExecutionGateway {
  return {
    start: (known) => gateway.start(known),
    send: (command) => gateway.send(command),
    reconcile: () => gateway.reconcile(),
    check: () => Promise.resolve(true),
    idle: () => gateway.idle(),
    get lastEventTime() {
      return gateway.lastEventTime;
    },
    stop: () => gateway.stop(),
  };
}

/** Turns from long to short and back with each candle, so that there is always a position, and an order in each frame. */
const turning: Strategy<unknown> = {
  id: 'turning',
  scope: 'instrument',
  features: [],
  models: [],
  initialState: () => null,
  decide: (_state, { row, instrument }, desk) => desk.targetShare(instrument, row % 2 === 0 ? SHARE : -SHARE),
};

function recordOf(symbols: readonly string[]): SessionRecord {
  return {
    schema: 'orrery.live/1',
    runId: 'bench',
    mode: 'demo',
    strategy: { id: turning.id, file: null, hash: '' },
    params: {},
    models: [],
    symbols,
    interval: '1m',
    filters: symbols.map(filtersOf),
    account: { ...ACCOUNT, equity: EQUITY, maxLeverage: 5, seed: 1, venue: DEFAULT_VENUE },
    sessionTag: 'bench',
    history: 0,
    promotion: 'none',
    startedAt: 0,
    versions: {},
  };
}

function filtersOf(symbol: string): SessionRecord['filters'][number] {
  return { symbol, tickSize: '0.1', stepSize: '0.001', minQty: '0.001', maxQty: '1000', marketMaxQty: '120', minNotional: '5' };
}
