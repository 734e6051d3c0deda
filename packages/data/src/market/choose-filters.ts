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
  /** Whether they are the snapshot's, though adapted to the data. */
  readonly known: boolean;
  readonly warnings: readonly string[];
}

/** One tick times one lot must be a whole number of sats (1e-8 USDT). */
const MOST_DECIMALS = 8;
/** Where nothing is known: the venue's limit for most symbols, and sizes that do not bind. */
const USUAL_MIN_NOTIONAL = '5';
const UNBOUND_LOTS = 1_000_000_000;

/**
 * The snapshot's filters where the data fit them. Ticks and price bounds change over the years, so where the data have finer prices
 * the tick is taken from the data, and a bound that they lie beyond is left out; a symbol that the snapshot lacks gets tick and step
 * from the decimals of its prices and volumes, and nothing else but its sizes. For a synthetic symbol these are its filters, so
 * nothing is to be warned about.
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
    return { filters: { ...filters, minNotional: USUAL_MIN_NOTIONAL }, known: false, warnings: isSynthetic ? [] : [warning] };
  }
  const { onboardDate: _listed, status: _status, ...filters } = known;
  const bounded = withinBounds(filters, tape);
  const tick = parseDecimal(filters.tickSize);
  if (isOnTicks(tape, tick, seen.price)) return coarsen(bounded);
  const finer = text(powerOfTen(seen.price));
  const warning = `${symbol}: the data have prices finer than today's tick ${filters.tickSize}; tick ${finer} is taken from the data`;
  return coarsen({ filters: { ...bounded.filters, tickSize: finer }, known: true, warnings: [warning, ...bounded.warnings] });
}

/** Leaves out price bounds that the data contradict: orders at the very prices of the data would be refused. */
function withinBounds({ minPrice, maxPrice, ...filters }: SymbolFilters, tape: Tape): ChosenFilters {
  let [lowest, highest] = [Infinity, 0];
  for (let r = 0; r < tape.length; r++) {
    if (tape.low[r] < lowest) lowest = tape.low[r];
    if (tape.high[r] > highest) highest = tape.high[r];
  }
  const isBelow = minPrice !== undefined && lowest < Number(minPrice);
  const isAbove = maxPrice !== undefined && highest > Number(maxPrice);
  const warnings: string[] = [];
  if (isBelow) warnings.push(`${filters.symbol}: the data have prices below today's lowest ${minPrice}; it is left out`);
  if (isAbove) warnings.push(`${filters.symbol}: the data have prices above today's highest ${maxPrice}; it is left out`);
  const bounds = {
    ...(isBelow || minPrice === undefined ? {} : { minPrice }),
    ...(isAbove || maxPrice === undefined ? {} : { maxPrice }),
  };
  return { filters: { ...filters, ...bounds }, known: true, warnings };
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
function coarsen(chosen: ChosenFilters): ChosenFilters {
  const { filters, known, warnings } = chosen;
  const most = MOST_DECIMALS - parseDecimal(filters.tickSize).decimals;
  const step = parseDecimal(filters.stepSize);
  if (step.decimals <= most) return chosen;
  const stepSize = text(powerOfTen(most));
  const minQty = text({ units: Math.ceil(Number(filters.minQty) * 10 ** most), decimals: most });
  const warning = `${filters.symbol}: step ${filters.stepSize} with tick ${filters.tickSize} is finer than 1e-8 USDT; step ${stepSize} is used`;
  return { filters: { ...filters, stepSize, minQty }, known, warnings: [...warnings, warning] };
}

function powerOfTen(decimals: number): Decimal {
  return { units: 1, decimals };
}

function text({ units, decimals }: Decimal): string {
  return formatDecimal(units, decimals);
}
