import {
  createInstrument,
  type ColumnAllocator,
  type Instrument,
  type InstrumentId,
  type RateE8,
  type SymbolFilters,
  type Tape,
} from '@orrery/core';
import { uniform } from './random.ts';

const MINUTE = 60_000;
const START = Date.UTC(2020, 0, 1);
/** Prices are whole numbers of ticks of 0.1 around this. */
const MEAN_TICKS = 300_000;
/** 2 bps: with it the account outlives ten million candles of a strategy that turns round at every crossing. */
export const TAKER_E8 = 20_000;

export interface BenchMarket {
  readonly tapes: readonly Tape[];
  readonly instruments: readonly Instrument[];
}

/**
 * Candles whose price wanders about a mean, so that length changes neither its size nor how often averages cross.
 * @param allocate where the columns are kept
 */
export function createMarket(symbols: number, rows: number, intervalMs: number = MINUTE, allocate: ColumnAllocator = onHeap): BenchMarket {
  // Tapes of one market close together, so they share the column that says when.
  const closeTs = allocate(rows);
  for (let row = 0; row < rows; row++) closeTs[row] = START + (row + 1) * intervalMs - 1;
  const tapes = Array.from({ length: symbols }, (_, id) => randomTape(id as InstrumentId, closeTs, intervalMs, allocate));
  const fees = { maker: TAKER_E8 as RateE8, taker: TAKER_E8 as RateE8 };
  const instruments = tapes.map(({ instrument }) => createInstrument(instrument, benchFilters(instrument), fees));
  return { tapes, instruments };
}

export function benchFilters(instrument: number): SymbolFilters {
  return {
    symbol: `SYM${instrument}USDT`,
    tickSize: '0.1',
    stepSize: '0.001',
    minQty: '0.001',
    maxQty: '1000',
    marketMaxQty: '120',
    minNotional: '5',
  };
}

const onHeap: ColumnAllocator = (length) => new Float64Array(length);

function randomTape(instrument: InstrumentId, closeTs: Float64Array, intervalMs: number, allocate: ColumnAllocator): Tape {
  const rows = closeTs.length;
  const column = (): Float64Array => allocate(rows);
  const tape: Tape = {
    instrument,
    intervalMs,
    length: 0,
    closeTs,
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
  };
  const random = uniform(instrument + 1);
  let ticks = MEAN_TICKS;
  for (let row = 0; row < rows; row++) {
    const open = ticks;
    ticks = Math.round(open + (random() - 0.5) * 1200 + (MEAN_TICKS - open) * 0.002);
    tape.open[row] = open / 10;
    tape.close[row] = ticks / 10;
    tape.high[row] = Math.round(Math.max(open, ticks) + random() * 150) / 10;
    tape.low[row] = Math.round(Math.min(open, ticks) - random() * 150) / 10;
    tape.volume[row] = 1 + random() * 100;
  }
  tape.length = rows;
  return tape;
}
