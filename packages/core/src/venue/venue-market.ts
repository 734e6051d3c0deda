import type { Instrument } from '../market/instrument.ts';
import type { Tape } from '../market/tape.ts';
import type { FundingSeries } from './funding.ts';
import type { MarkPrices } from './mark-prices.ts';

/** Finer candles of an instrument, which decide inside its own where they cover one (FINE-1). */
export interface FineCandles {
  /** At an interval that divides that of the instrument's own tape. */
  readonly tape: Tape;
  /** Beside `tape`; null: the traded prices stand for them. */
  readonly marks: MarkPrices | null;
}

/** What the simulated venue trades on; arrays by instrument. Tapes may grow while a run goes on. */
export interface VenueMarket {
  readonly instruments: readonly Instrument[];
  readonly tapes: readonly Tape[];
  readonly funding: readonly FundingSeries[];
  /** Absent or null: the traded prices stand for mark prices (MARK-1). */
  readonly marks?: readonly (MarkPrices | null)[];
  readonly fine?: readonly (FineCandles | null)[];
  /** When a symbol ended, ms UTC; Infinity where it has not. Its position is settled there (LIQ-10). */
  readonly delisted?: readonly number[];
}
