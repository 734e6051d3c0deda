import type { EpochMs, Fact, Instrument, InstrumentId } from '@orrery/core';
import { pauseMs, wait, type Backoff } from '../exchange/backoff.ts';
import type { BinanceRest } from '../exchange/binance-rest.ts';
import { ENDPOINTS } from '../exchange/endpoints.ts';
import { fundingRatesSchema, incomeSchema, type FundingRateRow, type IncomeRow } from '../exchange/rest-schemas.ts';
import type { KnownAccount, VenueProblem } from './execution-gateway.ts';
import { priceE8Of, rateOf, satsOf } from './venue-values.ts';
import { FEE_ASSET } from './venue-reports.ts';

const HOUR = 3_600_000;
const ROWS_A_CALL = 1000;
/** Tries to find a payment that was announced and is not listed yet. */
const TRIES = 6;

/** What the booker works with. */
export interface FundingParts {
  readonly rest: BinanceRest;
  readonly instruments: readonly Instrument[];
  readonly backoff: Backoff;
  readonly signal: AbortSignal;
  readonly onFact: (fact: Fact) => void;
  readonly onProblem: (problem: VenueProblem) => void;
}

/** Hands over each funding payment once: by instrument and funding time, from the account's list of incomes. */
export class FundingBooker {
  readonly #parts: FundingParts;
  readonly #ids: ReadonlyMap<string, Instrument>;
  readonly #booked = new Set<string>();
  #since = 0;
  /** Payments announced, and those handed over, by this process. */
  #announced = 0;
  #found = 0;
  #turn: Promise<void> = Promise.resolve();

  constructor(parts: FundingParts) {
    this.#parts = parts;
    this.#ids = new Map(parts.instruments.map((instrument) => [instrument.symbol, instrument]));
  }

  /** What the journal holds. */
  know({ funding, since }: Pick<KnownAccount, 'funding' | 'since'>): void {
    for (const { instrument, time } of funding) this.#booked.add(keyOf(instrument, hourOf(time)));
    this.#since = hourOf(since);
  }

  /** Looks once for payments that were missed. */
  reconcile(): Promise<void> {
    return this.#inTurn(() => this.#book());
  }
  /** A payment was announced: looks until as many are listed as were announced, for a while. */
  announced(): Promise<void> {
    this.#announced += 1;
    return this.#inTurn(async () => {
      const { backoff, signal, onProblem } = this.#parts;
      for (let tried = 0; tried < TRIES && !signal.aborted; tried++) {
        await this.#book();
        if (this.#found >= this.#announced) return;
        await wait(pauseMs(backoff, tried), signal);
      }
      if (signal.aborted) return;
      this.#found = this.#announced;
      onProblem({ kind: 'unreachable', message: 'a funding payment was announced and is not in the list of incomes' });
    });
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => {});
    return turn;
  }

  async #book(): Promise<void> {
    for (const [key, rows] of await this.#unbooked()) {
      const instrument = this.#ids.get(rows[0]?.symbol ?? '');
      const [first] = rows;
      if (instrument === undefined || first === undefined) continue;
      const time = hourOf(first.time);
      const rate = await this.#rate(instrument, time);
      if (rate === undefined) continue;
      this.#charge(instrument, rows, rate, time);
      this.#booked.add(key);
      this.#found += 1;
    }
  }

  #charge(instrument: Instrument, rows: readonly IncomeRow[], rate: FundingRateRow, time: number): void {
    const { onFact, onProblem } = this.#parts;
    const foreign = rows.find(({ asset }) => asset !== FEE_ASSET);
    if (foreign !== undefined) {
      onProblem({ kind: 'account', message: `funding of ${instrument.symbol} was paid in ${foreign.asset}, which cannot be booked` });
      return;
    }
    const amount = rows.reduce((sum, { income }) => sum + satsOf(income), 0);
    const { id } = instrument;
    onFact({
      type: 'FundingCharged',
      ts: (rows[0]?.time ?? time) as EpochMs,
      instrument: id,
      time: time as EpochMs,
      rate: rateOf(rate.fundingRate),
      mark: priceE8Of(rate.markPrice),
      amount: amount as typeof amount & ReturnType<typeof satsOf>,
    });
  }

  /** Rows since the session began, by what identifies a payment. */
  async #unbooked(): Promise<ReadonlyMap<string, readonly IncomeRow[]>> {
    const found = new Map<string, IncomeRow[]>();
    for (const row of await this.#incomes()) {
      const instrument = this.#ids.get(row.symbol);
      if (instrument === undefined || hourOf(row.time) < this.#since) continue;
      const key = keyOf(instrument.id, hourOf(row.time));
      if (this.#booked.has(key)) continue;
      const rows = found.get(key);
      if (rows === undefined) found.set(key, [row]);
      else rows.push(row);
    }
    return found;
  }

  async #incomes(): Promise<readonly IncomeRow[]> {
    const all: IncomeRow[] = [];
    const startTime = this.#since;
    for (let page = 1; ; page++) {
      const params = { incomeType: 'FUNDING_FEE', startTime, limit: ROWS_A_CALL, page };
      const rows = await this.#parts.rest.read(ENDPOINTS.income, params, incomeSchema);
      all.push(...rows);
      if (rows.length < ROWS_A_CALL) return all;
    }
  }

  async #rate({ symbol }: Instrument, time: number): Promise<FundingRateRow | undefined> {
    const params = { symbol, startTime: time - HOUR / 2, endTime: time + HOUR / 2, limit: 10 };
    const rows = await this.#parts.rest.read(ENDPOINTS.fundingRate, params, fundingRatesSchema);
    return rows.find(({ fundingTime }) => hourOf(fundingTime) === time);
  }
}

/** The venue's funding stamps jitter by milliseconds, and a charge may come some seconds late. */
function hourOf(time: number): number {
  return Math.round(time / HOUR) * HOUR;
}
function keyOf(instrument: InstrumentId, time: number): string {
  return `${instrument}:${time}`;
}
