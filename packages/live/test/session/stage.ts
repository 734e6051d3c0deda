import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  createInstrument,
  DEFAULT_VENUE,
  defineStrategy,
  NO_FUNDING,
  PLAIN_VENUE,
  SimVenue,
  type Fact,
  type InstrumentId,
  type OrderId,
  type OutboundCommand,
  type RateE8,
  type Strategy,
  type SubmitOrder,
} from '@orrery/core';
import type { Market } from '@orrery/data';
import { afterAll } from 'vitest';
import {
  runLiveSession,
  type ClosedCandle,
  type ExecutionGateway,
  type FeedHandlers,
  type GatewayParts,
  type KnownAccount,
  type LiveSessionOptions,
  type MarketFeed,
  type SessionEnd,
  type SessionProblem,
  type SessionRecord,
} from '../../src/index.ts';
import { FIVE_MINUTES, makeMarket, NEW_YEAR, type Candle } from '../market.ts';

const root = mkdtempSync(path.join(os.tmpdir(), 'orrery-session-'));
afterAll(() => rmSync(root, { recursive: true }));
let folders = 0;
/** A folder that is not there yet. */
export function freshFolder(): string {
  folders += 1;
  return path.join(root, String(folders));
}

const ACCOUNT = {
  equity: '10000',
  makerFeeBps: 2,
  takerFeeBps: 5,
  slippageBps: 0,
  fills: 'pessimistic',
  maxLeverage: 3,
  seed: 1,
  venue: DEFAULT_VENUE,
} as const;
const FEES = { maker: 20_000 as RateE8, taker: 50_000 as RateE8 };

/** Buys after a rising candle with a bracket around it, rests a limit order after a falling one, and leaves or takes it back after the next. */
export const busy: Strategy<unknown> = defineStrategy({
  id: 'busy',
  features: () => ({}),
  state: () => ({ resting: 0 }),
  decide({ candle, desk, state }) {
    const close = candle.close();
    if (state.resting > 0) {
      desk.close();
      state.resting = 0;
      return;
    }
    if (!desk.isFlat) return;
    if (close > candle.open()) desk.bracket({ share: 0.5, stop: close - 2, target: close + 3 });
    else if (close < candle.open()) {
      desk.limit(0.5, close - 1);
      state.resting = 1;
    }
  },
}).build({});

/** Candles that rise and fall by this many units around 100, one list a symbol. */
export function waves(length: number, seed: number): readonly Candle[] {
  let close = 100;
  return Array.from({ length }, (_, k): Candle => {
    const open = close;
    close = 100 + (((k * 7 + seed * 3) % 11) - 5);
    return [open, Math.max(open, close) + 1, Math.min(open, close) - 1, close];
  });
}

/** A market that moves a frame at a time, and the venue behind it: core's simulated one, which outlives every session. */
export class Stage implements MarketFeed {
  readonly market: Market;
  readonly symbols: readonly string[];
  /** Frames that have closed. */
  shown = 0;
  /** Every order that reached the venue, in order. */
  readonly reached: OrderId[] = [];
  readonly problems: SessionProblem[] = [];
  /** Called with the count of sends before and after each reaches the venue; may never resolve. */
  onSend: (count: number, moment: 'before' | 'after') => Promise<void> | void = () => {};
  /** Candles that the stream loses. */
  loses: (symbol: string, frame: number) => boolean = () => false;
  /** Candles that not even REST has. */
  lacks: (symbol: string, frame: number) => boolean = () => false;
  /** How much newer than the frame the venue's time is when its candles come, ms. */
  lag = 0;
  #sends = 0;
  #facts: Fact[] = [];
  #handlers: FeedHandlers | null = null;
  #parts: GatewayParts | null = null;
  readonly #sim: SimVenue;

  constructor(candles: readonly (readonly Candle[])[]) {
    this.symbols = candles.map((_, id) => `S${id}USDT`);
    this.market = makeMarket(candles.map((list, id) => ({ symbol: this.symbols[id]!, candles: list })));
    const instruments = this.market.filters.map((filters, id) => createInstrument(id as InstrumentId, filters, FEES));
    const funding = instruments.map(() => NO_FUNDING);
    this.#sim = new SimVenue({ instruments, tapes: this.market.tapes, funding }, PLAIN_VENUE);
  }
  get frames(): number {
    return this.market.tapes[0]!.length;
  }
  async start(handlers: FeedHandlers): Promise<void> {
    this.#handlers = handlers;
  }
  async stop(): Promise<void> {
    this.#handlers = null;
  }
  async filters(): Promise<Market['filters']> {
    return this.market.filters;
  }
  async fundingRates(): Promise<readonly never[]> {
    return [];
  }
  async candles(symbol: string, from: number, limit: number): Promise<readonly ClosedCandle[]> {
    const rows = Array.from({ length: this.shown }, (_, row) => row).filter((row) => !this.lacks(symbol, row));
    return rows
      .map((row) => this.candle(symbol, row))
      .filter(({ openTime }) => openTime >= from)
      .slice(0, limit);
  }
  candle(symbol: string, row: number): ClosedCandle {
    const tape = this.market.tapes[this.symbols.indexOf(symbol)]!;
    const [open, high, low, close, volume] = [tape.open, tape.high, tape.low, tape.close, tape.volume].map((column) => String(column[row]));
    const closeTime = tape.closeTs[row]!;
    return {
      symbol,
      openTime: closeTime - FIVE_MINUTES + 1,
      closeTime,
      open: open!,
      high: high!,
      low: low!,
      close: close!,
      volume: volume!,
    };
  }
  /** Hands a candle to whoever follows, as the stream would. */
  say(candle: ClosedCandle): void {
    this.#handlers?.onCandle(candle);
  }
  /** The next candles close: what they fill is told, then they are. */
  next(): void {
    const row = this.shown;
    const facts: Fact[] = [];
    for (const tape of this.market.tapes) this.#sim.match(tape, row, facts);
    this.#sim.endFrame(this.market.tapes[0]!.closeTs[row]!, facts);
    this.#tell(facts);
    this.shown += 1;
    this.#handlers?.onMarketTime(this.market.tapes[0]!.closeTs[row]! + this.lag);
    for (const symbol of this.symbols) if (!this.loses(symbol, row)) this.say(this.candle(symbol, row));
  }
  /** A gateway that has no more to do than to hand over. */
  gateway(parts: GatewayParts): ExecutionGateway {
    this.#parts = parts;
    return {
      lastEventTime: 0,
      start: async (known) => this.#settle(known),
      send: async (command) => {
        this.#sends += 1;
        const count = this.#sends;
        await this.onSend(count, 'before');
        const facts = this.#reach(command);
        await this.onSend(count, 'after');
        this.#hand(facts);
      },
      reconcile: async () => {},
      check: async () => true,
      idle: async () => {},
      stop: async () => {},
    };
  }

  /** What the venue says of each order that the core knows: facts that it has not heard, or the order itself where it never came. */
  #settle({ orders }: KnownAccount): void {
    for (const { command, isAccepted, fills } of orders) {
      const id = command.orderId;
      if (!this.reached.includes(id)) {
        this.#hand(this.#parts?.isTooLate?.(command) === true ? [refusalOf(command)] : this.#reach(command));
        continue;
      }
      const missed = this.#facts.filter((fact) => 'orderId' in fact && fact.orderId === id);
      this.#hand(missed.filter((fact) => (fact.type === 'OrderAccepted' ? !isAccepted : fact.type !== 'OrderFilled' || fact.fill > fills)));
    }
  }
  #reach(command: OutboundCommand): readonly Fact[] {
    const facts: Fact[] = [];
    if (command.type === 'SubmitOrder') this.reached.push(command.orderId);
    this.#sim.handle(command, facts);
    this.#facts.push(...facts);
    return facts;
  }
  #tell(facts: readonly Fact[]): void {
    this.#facts.push(...facts);
    this.#hand(facts);
  }
  #hand(facts: readonly Fact[]): void {
    for (const fact of facts) this.#parts?.onFact(fact);
  }
}

function refusalOf({ ts, instrument, orderId }: SubmitOrder): Fact {
  return { type: 'OrderRejected', ts, instrument, orderId, reason: 'too_late' };
}

/** A run over a stage. */
export function sessionOf(stage: Stage, mode: SessionRecord['mode'], history = 0): SessionRecord {
  return {
    schema: 'orrery.live/1',
    runId: `busy-${mode}`,
    mode,
    strategy: { id: 'busy', file: null, hash: '' },
    params: {},
    models: [],
    symbols: stage.symbols,
    interval: '5m',
    filters: stage.market.filters,
    account: ACCOUNT,
    sessionTag: 'tag',
    history,
    promotion: 'none',
    startedAt: NEW_YEAR,
    versions: {},
  };
}

/** Runs a session until the stage has shown `until` frames and all of them are decided. */
export async function play(
  stage: Stage,
  folder: string,
  session: SessionRecord | null,
  options: Partial<LiveSessionOptions> & { readonly until?: number; readonly before?: (frame: number) => void } = {},
): Promise<SessionEnd> {
  const stop = new AbortController();
  const { until = stage.frames, before, ...rest } = options;
  return runLiveSession({
    folder,
    session,
    strategy: busy,
    feed: stage,
    gateway: (parts) => stage.gateway(parts),
    deadlineMs: 2,
    signal: stop.signal,
    onProblem: (problem) => void stage.problems.push(problem),
    ...rest,
    onIdle: async (idle) => {
      await rest.onIdle?.(idle);
      const shown = stage.shown === 0 ? 0 : stage.market.tapes[0]!.closeTs[stage.shown - 1]!;
      // Before its first decision a session knows of no frame, whatever has closed before.
      if (idle.frame !== 0 && idle.frame < shown) return;
      if (stage.shown >= until) stop.abort();
      else
        setImmediate(() => {
          before?.(stage.shown);
          stage.next();
        });
    },
  });
}
