import { INTERVAL_MS, isInterval } from '@orrery/core';
import type { SignalSample } from '@orrery/data';
import type { ReportCandles } from '../report-input.ts';

/** Closed virtual positions of one symbol, in the order of their entries. Times in seconds UTC. */
export interface EncodedVirtual {
  readonly symbol: string;
  /** All of them; those beyond a limit, the oldest, and those whose candle of entry is not at hand are left out below. */
  readonly total: number;
  /** 1 long, −1 short; twice that where the return exceeded the fees. */
  readonly outcome: readonly number[];
  /** Open time of the candle at whose open it was entered. */
  readonly opened: readonly number[];
  /** Seconds from there to the last one of the candle in which it was closed. */
  readonly held: readonly number[];
  readonly entry: readonly number[];
  readonly exit: readonly number[];
}

const POSITIONS_PER_SYMBOL = 5000;
/** Positions of all symbols together: 20,000 take about 1 MB. */
const POSITIONS_IN_ALL = 20_000;
const FEWEST_POSITIONS = 20;
/** Significant digits of an exit price, which is reckoned from the return: more than any symbol's prices have. */
const PRICE_DIGITS = 9;

/** The last virtual positions on each symbol's candles, in the order of the symbols. */
export function encodeVirtual(candles: readonly ReportCandles[], samples: readonly SignalSample[]): readonly EncodedVirtual[] {
  const share = Math.floor(POSITIONS_IN_ALL / Math.max(1, candles.length));
  const most = Math.max(FEWEST_POSITIONS, Math.min(POSITIONS_PER_SYMBOL, share));
  const bySymbol = new Map<string, SignalSample[]>(candles.map(({ symbol }) => [symbol, []]));
  for (const sample of samples) bySymbol.get(sample.symbol)?.push(sample);
  return candles.map((own) => encodeSymbol(own, bySymbol.get(own.symbol) ?? [], most));
}

function encodeSymbol({ symbol, interval, time, open }: ReportCandles, samples: readonly SignalSample[], most: number): EncodedVirtual {
  const length = isInterval(interval) ? INTERVAL_MS[interval] : 0;
  const openAt = new Map(time.map((at, row) => [at, open[row]]));
  const placed = samples
    .map((sample) => ({ sample, opened: sample.entryTime + 1 - length }))
    .flatMap(({ sample, opened }) => {
      const entry = openAt.get(opened);
      return entry === undefined ? [] : [{ sample, opened, entry }];
    })
    .sort((a, b) => a.opened - b.opened || a.sample.signalId - b.sample.signalId);
  const drawn = placed.slice(Math.max(0, placed.length - most));
  const sign = ({ side }: SignalSample): number => (side === 'long' ? 1 : -1);
  return {
    symbol,
    total: samples.length,
    outcome: drawn.map(({ sample }) => sign(sample) * (sample.win ? 2 : 1)),
    opened: drawn.map(({ opened }) => Math.floor(opened / 1000)),
    held: drawn.map(({ sample, opened }) => Math.floor(sample.exitTime / 1000) - Math.floor(opened / 1000)),
    entry: drawn.map(({ entry }) => entry),
    exit: drawn.map(({ sample, entry }) => Number((entry * (1 + sign(sample) * sample.grossReturn)).toPrecision(PRICE_DIGITS))),
  };
}
