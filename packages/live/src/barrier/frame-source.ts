import type { ClosedCandle, MarketFeed } from '../feed/market-feed.ts';
import type { SessionProblem } from '../session/problem.ts';
import type { CandleBarrier, Frame, Wanted } from './candle-barrier.ts';
import { fetchCandles } from './fetch-candles.ts';

export interface FrameSourceOptions {
  readonly feed: Pick<MarketFeed, 'candles'>;
  readonly symbols: readonly string[];
  readonly intervalMs: number;
  readonly barrier: CandleBarrier;
  /** How long a frame waits for its last candle after its first, ms; then REST is asked. */
  readonly deadlineMs: number;
  /** A frame may be there. */
  readonly onReady: () => void;
  readonly onProblem: (problem: SessionProblem) => void;
}

/** Longest pause between two tries at a venue that does not answer, ms. */
const LONGEST_PAUSE_MS = 30_000;

/** Candles in, frames out: what the stream does not bring in time, or left out while it was down, is asked of REST. */
export class FrameSource {
  readonly #options: FrameSourceOptions;
  readonly #barrier: CandleBarrier;
  #timer: NodeJS.Timeout | null = null;
  #isFilling = false;
  #isStopped = false;
  #failures = 0;
  #late = 0;

  constructor(options: FrameSourceOptions) {
    this.#options = options;
    this.#barrier = options.barrier;
  }

  /** The oldest frame that is complete, or null. */
  take(): Frame | null {
    return this.#barrier.take();
  }

  offer(candle: ClosedCandle): void {
    this.#judge(candle);
    this.#options.onReady();
    this.#arm(this.#options.deadlineMs);
  }

  /** Asks for everything since the last frame: after a start or a cut, candles may have gone by. */
  catchUp(): void {
    const { last } = this.#barrier;
    if (last === null || this.#isStopped) return;
    const open = last + 1;
    void this.#fill(this.#options.symbols.map((symbol) => ({ symbol, from: open, until: Infinity })));
  }

  stop(): void {
    this.#isStopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #judge(candle: ClosedCandle): void {
    const { onProblem } = this.#options;
    const offered = this.#barrier.offer(candle);
    const name = `${candle.symbol} closing at ${new Date(candle.closeTime).toISOString()}`;
    switch (offered) {
      case 'taken':
      case 'repeated':
        return;
      case 'late':
        this.#late += 1;
        onProblem({ kind: 'late_candle', message: `${name} came after its frame was decided and is left out (${this.#late} so far)` });
        return;
      case 'contradicts':
        onProblem({ kind: 'contradiction', message: `${name} was reported with other values than before; the first report stays` });
        return;
      case 'foreign':
        onProblem({ kind: 'foreign_candle', message: `${name} is not of this run and is left out` });
        return;
      default:
        throw new RangeError(`unknown offer ${String(offered satisfies never)}`);
    }
  }

  /** Starts the clock of a frame that lacks something. */
  #arm(ms: number): void {
    if (this.#isStopped || this.#timer !== null || this.#isFilling || this.#barrier.wanted().length === 0) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.#fill(null);
    }, ms);
  }

  /** @param given what to ask for; null: whatever the barrier lacks, and what is not there then does not exist */
  async #fill(given: readonly Wanted[] | null): Promise<void> {
    if (this.#isFilling) return;
    this.#isFilling = true;
    let pause = this.#options.deadlineMs;
    try {
      if (given !== null) await this.#ask(given);
      else await this.#complete();
      this.#failures = 0;
    } catch (error) {
      this.#failures += 1;
      pause = Math.min(LONGEST_PAUSE_MS, this.#options.deadlineMs * 2 ** this.#failures);
      const text = error instanceof Error ? error.message : String(error);
      if (!this.#isStopped)
        this.#options.onProblem({ kind: 'unreachable', message: `candles could not be asked for, trying again: ${text}` });
    } finally {
      this.#isFilling = false;
    }
    if (this.#isStopped) return;
    this.#options.onReady();
    this.#arm(pause);
  }

  async #complete(): Promise<void> {
    const until = this.#barrier.newest;
    await this.#ask(this.#barrier.wanted());
    // REST may be a moment behind the stream.
    if (this.#barrier.wanted().some(({ from }) => from <= until)) {
      await new Promise((resolve) => setTimeout(resolve, Math.min(500, this.#options.deadlineMs)));
      await this.#ask(this.#barrier.wanted());
    }
    for (const { symbol, from } of this.#barrier.wanted()) {
      if (from > until || this.#isStopped) continue;
      this.#options.onProblem({
        kind: 'missing_candle',
        message: `${symbol} has no candle opening at ${new Date(from).toISOString()}, perhaps others up to ${new Date(until).toISOString()}; they are left out`,
      });
      this.#barrier.settle(symbol, until);
    }
  }

  async #ask(wanted: readonly Wanted[]): Promise<void> {
    await Promise.all(
      wanted.map(async ({ symbol, from, until }) => {
        for (const candle of await fetchCandles(this.#options.feed, symbol, from, until)) if (!this.#isStopped) this.#judge(candle);
      }),
    );
  }
}
