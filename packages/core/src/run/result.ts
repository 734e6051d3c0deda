import type { SignalSummary } from './signal-summary.ts';
import type { ModelBinding } from '../strategy/model-binding.ts';

/** Shape of `result.json` and of `backtest --json`: schema `orrery.result/1`. Amounts and prices are decimal texts, times are ms UTC. */
export interface RunResult {
  readonly schema: 'orrery.result/1';
  readonly runId: string;
  /** SHA-256 of the journal's canonical bytes: two runs are equal iff their digests are. */
  readonly digest: string;
  readonly dataset: DatasetReference;
  readonly config: RunConfig;
  readonly assumptions: Assumptions;
  /** Candles decided on, all symbols together. */
  readonly candles: number;
  /** Wall time of the engine alone; the only field, with `candlesPerSecond`, that differs between equal runs. */
  readonly seconds: number;
  readonly candlesPerSecond: number;
  readonly account: AccountSummary;
  readonly metrics: Readonly<Record<string, number | null>>;
  readonly trades: readonly TradeRow[];
  readonly orders: OrderCounts;
  /** Candles in which the order of high and low decided the outcome (FILL-7). */
  readonly ambiguousCandles: number;
  /** End equity under each reading of the ambiguous candles that was run, or null where only one was. */
  readonly bounds: ResultBounds | null;
  /** What the run took from the venue's dated tables, and how its prices were come by. */
  readonly venue: VenueReference;
  /** Null for a strategy that raises no signals. */
  readonly signals?: SignalSummary | null;
  readonly warnings: readonly string[];
  readonly versions: Readonly<Record<string, string>>;
}
export interface VenueReference {
  /** Day of the bracket and of the filter table, ms UTC, and the SHA-256 of each; null where the run had none. */
  readonly brackets: TableReference | null;
  readonly filters: TableReference | null;
  /** Symbols whose brackets are not in the table, for which a flat one is taken. */
  readonly withoutBrackets: readonly string[];
  /** Rows of all symbols with a mark price of their own, and all rows. */
  readonly markRows: number;
  readonly rows: number;
  /** Candles that finer ones decided inside, and those that were not covered by them. */
  readonly fineCandles: number;
  readonly coarseCandles: number;
}
export interface TableReference {
  readonly time: number;
  readonly sha256: string;
}
export interface DatasetReference {
  /** SHA-256 over the columns that the run read. */
  readonly digest: string;
  /** True when the candles were made by `data synth`. */
  readonly synthetic: boolean;
  readonly symbols: readonly DatasetSymbol[];
}
export interface DatasetSymbol {
  readonly symbol: string;
  readonly interval: string;
  readonly rows: number;
  /** Open time of the first and close time of the last candle, ms UTC. */
  readonly first: number;
  readonly last: number;
  readonly gaps: number;
  readonly fundingRows: number;
  readonly source: string;
  readonly digest: string;
}
export interface RunConfig {
  readonly strategy: string;
  /** SHA-256 over all of the user's own code that the strategy's file loads, or null for one that ships with Orrery (its version then says which it is). */
  readonly strategyHash: string | null;
  readonly params: Readonly<Record<string, number | boolean | string>>;
  /** Canonical texts of the features that the strategy reads, those of its models included. */
  readonly features: readonly string[];
  /** Models that the strategy was given; empty for most. */
  readonly models: readonly ModelReference[];
  readonly symbols: readonly string[];
  readonly interval: string;
  /** Bounds on the candles' open times, ms UTC: from included, to excluded. */
  readonly from: number | null;
  readonly to: number | null;
  /** Nothing in a run without sampled latency or fills depends on it. */
  readonly seed: number;
  /** Decimal text, USDT. */
  readonly equity: string;
  readonly makerFeeBps: number;
  readonly takerFeeBps: number;
  readonly slippageBps: number;
  readonly fills: FillPath;
  readonly maxLeverage: number;
  readonly venue: VenueConfig;
}
/** How the simulated venue is set up, beyond fees and slippage. */
export interface VenueConfig {
  readonly marginMode: MarginMode;
  /** True: hedge mode, a long and a short position of each symbol. */
  readonly hedgeMode: boolean;
  /** The leverage that every symbol begins with, at most what its brackets allow. */
  readonly leverage: number;
  /** Half of the spread, paid by everything that takes. */
  readonly spreadBps: number;
  /** What taking a whole candle's volume would cost; the price of a part grows with its square root. */
  readonly impactBps: number;
  /** Largest part of a candle's volume that the account's orders fill; 0: no such cap. */
  readonly maxVolumeShare: number;
  /** Whether a limit fills when the price goes through it or already when it is touched. */
  readonly limitFill: LimitFill;
  /** From decision to venue, ms; sampled evenly between the two with the run's seed. */
  readonly latencyMs: readonly [min: number, max: number];
  /** Finer candles that decide inside the run's own where they are there; null: none are looked for. */
  readonly fine: string | null;
  /** Top symbols by trailing quote volume that may be entered, or null for all. */
  readonly universe: { readonly top: number; readonly trailingDays: number } | null;
  /** Tier of the venue's fee schedule that the fees were taken from, such as `vip0`; null where they were given as numbers. */
  readonly feeTier: string | null;
  /** Fees are paid in BNB: the configured fees are already a tenth lower. */
  readonly bnbDiscount: boolean;
}
/** What a user who names nothing gets: a cross account in one-way mode at 20×, as Binance opens one, and the plainest fills. */
export const DEFAULT_VENUE: VenueConfig = {
  marginMode: 'cross',
  hedgeMode: false,
  leverage: 20,
  spreadBps: 0,
  impactBps: 0,
  maxVolumeShare: 0,
  limitFill: 'through',
  latencyMs: [0, 0],
  fine: null,
  universe: null,
  feeTier: null,
  bnbDiscount: false,
};
export type MarginMode = 'cross' | 'isolated';
export type LimitFill = 'through' | 'touch';
/** A model of a run. Its predictions are in the journal: telling the run again needs no model. */
export interface ModelReference extends ModelBinding {
  /** Name under which the strategy knows it. */
  readonly name: string;
}
/** How a candle is read in which the order of high and low decides. */
export type FillPath = 'pessimistic' | 'heuristic' | 'optimistic';
/** One sentence each: what the result takes for granted. */
export interface Assumptions {
  readonly fees: string;
  readonly funding: string;
  readonly slippage: string;
  readonly fills: string;
  readonly margin: string;
  readonly filters: string;
}
export interface AccountSummary {
  readonly startEquity: string;
  readonly endEquity: string;
  /** Positive is paid. */
  readonly fees: string;
  /** Positive is received. */
  readonly funding: string;
  /** Adverse difference between fill and reference prices; already contained in the profit. */
  readonly slippage: string;
  readonly realizedPnl: string;
  readonly unrealizedPnl: string;
  /** Times that the venue closed a position, or a part of one, for want of margin. */
  readonly liquidations: number;
  /** Clearance fees of liquidations. Positive is paid. */
  readonly liquidationFees: string;
  /** What the insurance fund took over. */
  readonly absorbed: string;
}
/** A position from flat to flat (or to the end of the run). */
export interface TradeRow {
  readonly id: number;
  readonly symbol: string;
  readonly side: 'long' | 'short';
  /** Largest size held. */
  readonly quantity: string;
  readonly entryTime: number;
  readonly entryPrice: string;
  /** null while the position is still open at the end of the run; the price is then the last close. */
  readonly exitTime: number | null;
  readonly exitPrice: string;
  readonly fees: string;
  readonly funding: string;
  /** After fees and funding, and after what a liquidation took and the insurance fund gave. */
  readonly pnl: string;
  readonly exitReason: ExitReason;
  /** Furthest that the price went against and for the position while it was held, in parts of the entry price; at or above 0. Null where no candle shows it. */
  readonly maxAdverse: number | null;
  readonly maxFavourable: number | null;
}
export type ExitReason = 'signal' | 'stop' | 'take_profit' | 'trailing_stop' | 'limit' | 'liquidation' | 'adl' | 'delisted' | 'end_of_data';
export interface OrderCounts {
  readonly submitted: number;
  readonly filled: number;
  readonly canceled: number;
  readonly rejected: number;
  readonly expired: number;
  readonly denied: Readonly<Record<string, number>>;
}
export interface ResultBounds {
  readonly pessimistic: string;
  readonly heuristic: string;
  readonly optimistic: string;
}
/** Whether all three ends lie on the same side of the start. */
export function holdsSign(bounds: ResultBounds, startEquity: string): boolean {
  const start = Number(startEquity);
  const signs = [bounds.pessimistic, bounds.heuristic, bounds.optimistic].map((end) => Math.sign(Number(end) - start));
  return signs.every((sign) => sign === signs[0]);
}

/** What one symbol brought and cost; sats. */
export interface SymbolTotals {
  readonly symbol: string;
  readonly trades: number;
  readonly wins: number;
  /** Before fees and funding; open positions at their last closes. */
  readonly grossPnl: number;
  readonly fees: number;
  readonly funding: number;
  readonly slippage: number;
  readonly liquidationFees: number;
  /** What the insurance fund took over. */
  readonly absorbed: number;
  /** Value of all fills, both sides; beyond 2^53 to the nearest double. */
  readonly turnover: number;
  readonly liquidations: number;
}

/** Shape of `series.json`: what the report draws. Amounts in sats (1e-8 USDT), times in ms UTC; all arrays of one group are equally long. */
export interface RunSeries {
  readonly schema: 'orrery.series/1';
  /** Equity at the last frame of each UTC day that has one. */
  readonly daily: { readonly time: readonly number[]; readonly equity: readonly number[] };
  /** Equity in at most a few thousand buckets of equal time: extremes are those of every frame, so no drawdown hides between points. */
  readonly curve: {
    readonly time: readonly number[];
    readonly equity: readonly number[];
    readonly low: readonly number[];
    readonly high: readonly number[];
    /** Gross position value at the bucket's last frame. */
    readonly exposure: readonly number[];
    /** Maintenance margin over margin balance at the bucket's last frame; in isolated mode that of the position nearest to its liquidation. 0 without a position. */
    readonly marginRatio: readonly number[];
    /** How far the nearest position is from its liquidation price, in parts of the mark price, at the bucket's last frame; null where nothing is held or no price liquidates. */
    readonly liquidationDistance: readonly (number | null)[];
  };
  /** Money by symbol. */
  readonly symbols: readonly SymbolTotals[];
  /** Equal-weight buy-and-hold of the run's symbols from their first candle, as a multiple of 1, on the curve's times. */
  readonly benchmark: readonly number[];
  /** Frames with any position, and all frames. */
  readonly framesInMarket: number;
  readonly frames: number;
  /** Deepest drawdown over every frame: sats, and the peak it fell from. */
  readonly maxDrawdown: { readonly amount: number; readonly peak: number; readonly peakTime: number; readonly troughTime: number };
}
