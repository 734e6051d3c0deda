import type { MarketFeed } from '../feed/market-feed.ts';
import type { FundingRow } from '../storage/frame-record.ts';
import type { SessionProblem } from './problem.ts';

const HOUR_MS = 3_600_000;
const LONGEST_PAUSE_MS = 30_000;

export interface FundingSourceOptions {
  readonly feed: Pick<MarketFeed, 'fundingRates'>;
  readonly symbols: readonly string[];
  readonly signal: AbortSignal;
  /** First pause after a failure, ms; doubles. */
  readonly pauseMs: number;
  readonly onProblem: (problem: SessionProblem) => void;
}

/**
 * Funding rates for a paper run, known before the candle that they are charged in is decided: those with a time after the open of
 * the frame before, up to this frame's open (FUND-1). Funding times are whole hours.
 */
export class FundingSource {
  readonly #options: FundingSourceOptions;
  /** Last funding time known, by instrument. */
  readonly #known: number[];

  constructor(options: FundingSourceOptions, known: readonly FundingRow[]) {
    this.#options = options;
    this.#known = options.symbols.map((_, id) => known.reduce((last, [of, time]) => (of === id ? Math.max(last, time) : last), 0));
  }

  /**
   * Rates that are charged in a frame. Waits until the venue answers: a payment that is left out would be a silent gap.
   * @param before open time of the frame before, ms UTC
   * @param open open time of this one
   */
  async between(before: number, open: number): Promise<readonly FundingRow[]> {
    if (Math.floor(before / HOUR_MS) === Math.floor(open / HOUR_MS)) return [];
    const rows = await Promise.all(this.#options.symbols.map((symbol, id) => this.#of(symbol, id, before, open)));
    return rows.flat();
  }

  async #of(symbol: string, id: number, before: number, open: number): Promise<readonly FundingRow[]> {
    // From the last known one on, so that one which became known too late is at least told of.
    const after = this.#known[id] || before;
    const settled = await this.#ask(symbol, after, open);
    const rows: FundingRow[] = [];
    for (const { time, rate } of settled) {
      if (time <= (this.#known[id] ?? 0)) continue;
      this.#known[id] = time;
      // As the dataset's importer reads it, so that a paper run and a backtest charge the same.
      if (time > before) rows.push([id, time, Math.round(Number(rate) * 1e8)]);
      else
        this.#options.onProblem({
          kind: 'late_funding',
          message: `${symbol}: the funding rate of ${new Date(time).toISOString()} became known after its candle was decided and is not charged`,
        });
    }
    return rows;
  }

  async #ask(symbol: string, after: number, until: number): Promise<readonly { readonly time: number; readonly rate: string }[]> {
    for (let tries = 0; ; tries++) {
      try {
        return await this.#options.feed.fundingRates(symbol, after, until);
      } catch (error) {
        this.#options.signal.throwIfAborted();
        const text = error instanceof Error ? error.message : String(error);
        this.#options.onProblem({ kind: 'unreachable', message: `${symbol}: funding rates could not be asked for, trying again: ${text}` });
        await pause(Math.min(LONGEST_PAUSE_MS, this.#options.pauseMs * 2 ** tries), this.#options.signal);
      }
    }
  }
}

/** Resolves after a while, or at once when stopped. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
