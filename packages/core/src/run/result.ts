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
  readonly warnings: readonly string[];
  readonly versions: Readonly<Record<string, string>>;
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
}
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
  readonly liquidations: number;
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
  /** After fees and funding. */
  readonly pnl: string;
  readonly exitReason: ExitReason;
}
export type ExitReason = 'signal' | 'stop' | 'take_profit' | 'limit' | 'end_of_data';
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
  };
  /** Equal-weight buy-and-hold of the run's symbols from their first candle, as a multiple of 1, on the curve's times. */
  readonly benchmark: readonly number[];
  /** Frames with any position, and all frames. */
  readonly framesInMarket: number;
  readonly frames: number;
  /** Deepest drawdown over every frame: sats, and the peak it fell from. */
  readonly maxDrawdown: { readonly amount: number; readonly peak: number; readonly peakTime: number; readonly troughTime: number };
}
