import { leverageReasonOf, type EpochMs, type Fact, type Instrument, type SetLeverage } from '@orrery/core';
import { pauseMs, wait, type Backoff } from '../exchange/backoff.ts';
import { isPassing, type BinanceRest } from '../exchange/binance-rest.ts';
import { ENDPOINTS } from '../exchange/endpoints.ts';
import { leverageSchema, symbolConfigSchema } from '../exchange/rest-schemas.ts';
import { VenueError } from '../exchange/venue-error.ts';
import type { VenueProblem } from './execution-gateway.ts';

export interface LeverageParts {
  readonly rest: BinanceRest;
  readonly instruments: readonly Instrument[];
  readonly backoff: Backoff;
  readonly signal: AbortSignal;
  readonly onFact: (fact: Fact) => void;
  readonly onProblem: (problem: VenueProblem) => void;
}

/** Tries of a change whose outcome is not known; it does no harm twice. */
const TRIES = 6;

/** The leverage of each symbol: changed on demand, one change after the other, and held against what the venue says. */
export class LeverageDesk {
  readonly #parts: LeverageParts;
  readonly #current = new Map<string, number>();
  readonly #turns = new Map<string, Promise<void>>();

  constructor(parts: LeverageParts) {
    this.#parts = parts;
  }

  /** What stands at the venue when the session begins, by instrument. */
  know(leverages: readonly number[]): void {
    this.#parts.instruments.forEach(({ symbol }, id) => this.#current.set(symbol, leverages[id] ?? 0));
  }

  /** Resolves when it is known and told whether the venue has it. @throws VenueError for what must halt trading */
  async set(instrument: Instrument, { leverage }: SetLeverage, time: EpochMs): Promise<void> {
    await this.#inTurn(instrument, async () => {
      const { onFact, onProblem } = this.#parts;
      const head = { ts: time, instrument: instrument.id };
      try {
        const now = await this.#change(instrument.symbol, leverage);
        this.#current.set(instrument.symbol, now);
        onFact({ type: 'LeverageChanged', ...head, leverage: now });
      } catch (error) {
        if (!(error instanceof VenueError) || error.kind === 'halt') throw error;
        if (this.#parts.signal.aborted) return;
        if (error.kind !== 'refused') onProblem({ kind: 'unreachable', message: `${instrument.symbol}: ${error.message}` });
        onFact({ type: 'LeverageRejected', ...head, leverage, reason: leverageReasonOf(error.code) });
      }
    });
  }

  /** The venue says that a symbol's leverage was changed. By whom it does not say: what is there then is asked for. */
  async noticed(instrument: Instrument, leverage: number): Promise<void> {
    await this.#inTurn(instrument, async () => {
      const { symbol } = instrument;
      const counted = this.#current.get(symbol);
      if (leverage === counted) return;
      const now = await this.#ask(symbol);
      if (now === null || now === counted) return;
      const message = `${symbol}: somebody else has changed the leverage to ${now}x, and the run counts on ${counted}x`;
      this.#parts.onProblem({ kind: 'account', message });
    });
  }

  async #change(symbol: string, leverage: number): Promise<number> {
    const { rest, backoff, signal } = this.#parts;
    for (let tried = 0; ; tried++) {
      try {
        return (await rest.call(ENDPOINTS.setLeverage, { symbol, leverage }, leverageSchema)).leverage;
      } catch (error) {
        if (!isPassing(error) || tried + 1 >= TRIES || signal.aborted) throw error;
        if (error.kind === 'unknown' && (await this.#ask(symbol)) === leverage) return leverage;
        await wait(error.retryAfterMs ?? pauseMs(backoff, tried), signal);
      }
    }
  }

  async #ask(symbol: string): Promise<number | null> {
    const rows = await this.#parts.rest.read(ENDPOINTS.symbolConfig, { symbol }, symbolConfigSchema);
    return rows.find((row) => row.symbol === symbol)?.leverage ?? null;
  }

  #inTurn({ symbol }: Instrument, work: () => Promise<void>): Promise<void> {
    const turn = (this.#turns.get(symbol) ?? Promise.resolve()).then(work);
    this.#turns.set(
      symbol,
      turn.catch(() => {}),
    );
    return turn;
  }
}
