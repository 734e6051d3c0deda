import { formatDecimal, parseDecimal, type Decimal, type SymbolFilters, type Tape } from '@orrery/core';
import { isoTime } from '../dataset/time.ts';
import type { FilterSnapshot } from './filter-snapshot.ts';

/** Decimals that the prices and volumes of the loaded months need. */
export interface SeenDecimals {
  readonly price: number;
  readonly volume: number;
}
/** Filters for a run, and what a reader of its result must know about them. */
export interface ChosenFilters {
  readonly filters: SymbolFilters;
  readonly warnings: readonly string[];
}

/** One tick times one lot must be a whole number of sats (1e-8 USDT). */
const MOST_DECIMALS = 8;
/** Where nothing is known: the venue's limit for most symbols, and sizes that do not bind. */
const USUAL_MIN_NOTIONAL = '5';
const UNBOUND_LOTS = 1_000_000_000;

/**
 * The snapshot's filters where the data fit them. Ticks change over the years, so where the data have finer prices the tick is
 * taken from the data; a symbol that the snapshot lacks gets tick and step from the decimals of its prices and volumes. For
 * a synthetic symbol these are its filters, so nothing is to be warned about.
 */
export function chooseFilters(
  symbol: string,
  snapshot: FilterSnapshot,
  tape: Tape,
  seen: SeenDecimals,
  isSynthetic = false,
): ChosenFilters {
  const known = snapshot.symbols.get(symbol);
  if (known === undefined) {
    const [tick, step] = [powerOfTen(seen.price), powerOfTen(Math.min(seen.volume, Math.max(0, MOST_DECIMALS - seen.price)))];
    const warning = `${symbol}: not among the venue's filters of ${isoTime(snapshot.serverTime)}; tick ${text(tick)} and step ${text(step)} are taken from the data`;
    const most = text({ units: step.units * UNBOUND_LOTS, decimals: step.decimals });
    const filters = { symbol, tickSize: text(tick), stepSize: text(step), minQty: text(step), maxQty: most, marketMaxQty: most };
    return { filters: { ...filters, minNotional: USUAL_MIN_NOTIONAL }, warnings: isSynthetic ? [] : [warning] };
  }
  const { tickSize, stepSize, minQty, maxQty, marketMaxQty, minNotional } = known;
  const stated: SymbolFilters = { symbol, tickSize, stepSize, minQty, maxQty, marketMaxQty, minNotional };
  const tick = parseDecimal(tickSize);
  if (isOnTicks(tape, tick, seen.price)) return coarsen(stated, []);
  const finer = powerOfTen(seen.price);
  const warning = `${symbol}: the data have prices finer than today's tick ${tickSize}; tick ${text(finer)} is taken from the data`;
  return coarsen({ ...stated, tickSize: text(finer) }, [warning]);
}

/** Whether every price is a multiple of the tick. Decimal ticks are settled by the decimals seen; others (0.5, 0.25) by a pass. */
function isOnTicks(tape: Tape, tick: Decimal, priceDecimals: number): boolean {
  if (priceDecimals > tick.decimals) return false;
  if (tick.units === 1) return true;
  const scale = 10 ** tick.decimals;
  return [tape.open, tape.high, tape.low, tape.close].every((prices) => {
    for (let r = 0; r < tape.length; r++) if (Math.round(prices[r] * scale) % tick.units !== 0) return false;
    return true;
  });
}

/** Makes the step coarse enough that one tick times one lot is a whole number of sats. */
function coarsen(filters: SymbolFilters, warnings: readonly string[]): ChosenFilters {
  const most = MOST_DECIMALS - parseDecimal(filters.tickSize).decimals;
  const step = parseDecimal(filters.stepSize);
  if (step.decimals <= most) return { filters, warnings };
  const stepSize = text(powerOfTen(most));
  const minQty = text({ units: Math.ceil(Number(filters.minQty) * 10 ** most), decimals: most });
  const warning = `${filters.symbol}: step ${filters.stepSize} with tick ${filters.tickSize} is finer than 1e-8 USDT; step ${stepSize} is used`;
  return { filters: { ...filters, stepSize, minQty }, warnings: [...warnings, warning] };
}

function powerOfTen(decimals: number): Decimal {
  return { units: 1, decimals };
}

function text({ units, decimals }: Decimal): string {
  return formatDecimal(units, decimals);
}
