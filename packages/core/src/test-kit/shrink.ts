import { minimise } from './arbitrary.ts';
import { pickSymbols, rowCount, withRows, type Market } from './market.ts';
import { plainerMarkets } from './plainer.ts';

/** Rows that may be run while shrinking one failure: about a second of work. */
const BUDGET = 4_000_000;

/** A market and how it shows the fault. */
export interface Finding {
  readonly market: Market;
  readonly fault: string;
}

/**
 * A smaller market that still shows a fault, found by leaving out symbols, then stretches of candles of ever smaller
 * length, then by making the candles that are left plainer. Simple and bounded: the result is small, not the smallest there is.
 * @param runs how often a check runs the market
 */
export function shrink(found: Finding, runs: number, check: (market: Market) => string | null): Finding {
  const search: Search = { best: found, spent: 0 };
  const isSmaller = (market: Market): boolean => {
    if (search.spent >= BUDGET) return false;
    search.spent += (rowCount(market) + 100) * runs;
    const fault = tried(check, market);
    if (fault !== null) search.best = { market, fault };
    return fault !== null;
  };
  for (let s = found.market.symbols.length - 1; s >= 0 && search.best.market.symbols.length > 1; s--) {
    const order = search.best.market.symbols.map((_, k) => k);
    isSmaller(
      pickSymbols(
        search.best.market,
        order.filter((k) => k !== s),
      ),
    );
  }
  for (let size = Math.ceil(longest(found.market) / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let s = 0; s < search.best.market.symbols.length; s++) leaveOut(search, isSmaller, s, size);
  }
  minimise({ generate: () => search.best.market, shrink: plainerMarkets }, search.best.market, isSmaller);
  return search.best;
}

/** A strategy that is made from a market may not bear a part of it; that is another fault. */
function tried(check: (market: Market) => string | null, market: Market): string | null {
  try {
    return check(market);
  } catch {
    return null;
  }
}

interface Search {
  best: Finding;
  spent: number;
}

/** Tries without each stretch of `size` candles, from the end, as what comes after the fault is never needed. */
function leaveOut(search: Search, isSmaller: (market: Market) => boolean, s: number, size: number): void {
  for (let end = search.best.market.symbols[s].rows.length; end > 0 && search.spent < BUDGET; end -= size) {
    const high = end;
    isSmaller(withRows(search.best.market, (_, symbol, k) => symbol !== s || k < high - size || k >= high));
  }
}

function longest(market: Market): number {
  return market.symbols.reduce((most, { rows }) => Math.max(most, rows.length), 0);
}
