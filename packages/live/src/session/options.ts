import type { Lots, OpenOrder, Strategy } from '@orrery/core';
import type { MarketFeed } from '../feed/market-feed.ts';
import type { ExecutionGateway, GatewayOptions } from '../gateway/execution-gateway.ts';
import type { SessionRecord } from '../storage/session-record.ts';
import type { Predictions } from './predictions.ts';
import type { SessionProblem } from './problem.ts';

/** What a session gives the gateway that is made for it; keys, leverage and the like are its maker's. */
export type GatewayParts = Pick<
  GatewayOptions,
  'instruments' | 'sessionTag' | 'leastBalance' | 'onFact' | 'onProblem' | 'onConnection' | 'onHandled' | 'isTooLate'
>;

/** Where a session stands after a frame. */
export interface SessionStatus {
  /** Close time of the frame, ms UTC. */
  readonly frame: number;
  /** USDT, decimal text, at the last closes. */
  readonly equity: string;
  /** Signed lots by symbol, in hedge mode by symbol and side (`BTCUSDT short`); flat ones are left out. */
  readonly positions: Readonly<Record<string, Lots>>;
  readonly openOrders: number;
  /** Venue time seen less the frame's close, ms: how old the decision was. */
  readonly lagMs: number;
  /** Why entries are halted, or null. */
  readonly halted: string | null;
}

/** What is known when nothing is under way. */
export interface SessionIdle {
  /** Close time of the last frame that was decided, 0 before the first. */
  readonly frame: number;
  /** Newest event time of the user stream that was handled, 0 before the first. */
  readonly event: number;
}

/** How a session ended; its positions and resting orders are left as they are. */
export interface SessionEnd {
  readonly runId: string;
  /** Frames that were decided, those of earlier processes included. */
  readonly frames: number;
  /** Entries of the journal, and its digest. */
  readonly entries: number;
  readonly digest: string;
  readonly equity: string;
  readonly positions: SessionStatus['positions'];
  readonly orders: readonly { readonly symbol: string; readonly order: OpenOrder }[];
  readonly halted: string | null;
}

/** One live run, or a process that goes on with one. */
export interface LiveSessionOptions {
  /** Folder of the run. */
  readonly folder: string;
  /** What is fixed when a run begins; null: the folder holds a run, go on with it. */
  readonly session: SessionRecord | null;
  /** Text of the promotion that a new run is started from, kept beside it. */
  readonly promotion?: string | undefined;
  readonly strategy: Strategy<unknown>;
  readonly feed: MarketFeed;
  /** Absent in a paper run. */
  readonly gateway?: ((parts: GatewayParts) => ExecutionGateway) | undefined;
  readonly predictions?: Predictions | undefined;
  /** How long a frame waits for its last candle, ms; default 2000. */
  readonly deadlineMs?: number | undefined;
  /** Orders that open are not sent when their decision is older by the venue's time, ms; default one interval. */
  readonly maxOrderAgeMs?: number | undefined;
  /** How long a model may take, ms; default 5000. */
  readonly predictionDeadlineMs?: number | undefined;
  /** Candles that each tape has room for at first; default 2048. It grows by itself. */
  readonly capacity?: number | undefined;
  /** False: features are computed anew from the first candle with each frame; changes no result, and takes long. Default true. */
  readonly incrementalCache?: boolean | undefined;
  /** Let entries through again that an earlier process halted. */
  readonly liftHalt?: boolean | undefined;
  /** Entries go on after a liquidation, as in a backtest: for comparing the two where no money is at stake. Default: they are halted. */
  readonly goesOnAfterLiquidation?: boolean | undefined;
  /** Ends the session after what is under way. */
  readonly signal: AbortSignal;
  readonly onFrame?: ((status: SessionStatus) => void) | undefined;
  /** Called whenever nothing is under way and something has changed since the last call; awaited. */
  readonly onIdle?: ((idle: SessionIdle) => void | Promise<void>) | undefined;
  readonly onProblem?: ((problem: SessionProblem, isHalting: boolean) => void) | undefined;
}
