import { pickSymbols, rowCount, withRows, type Market } from './market.ts';

/** Rows that may be run while shrinking one failure: about a second of work. */
const BUDGET = 4_000_000;

/** A market and how it shows the fault. */
export interface Finding {
  readonly market: Market;
  readonly fault: string;
}

/**
 * A smaller market that still shows a fault, found by leaving out symbols, then stretches of candles of ever smaller
 * length. Simple and bounded: the result is small, not the smallest there is.
 * @param runs how often a check runs the market
 */
export function shrink(found: Finding, runs: number, check: (market: Market) => string | null): Finding {
  let best = found;
  let spent = 0;
  const isStill = (market: Market): boolean => {
    spent += (rowCount(market) + 100) * runs;
    const fault = check(market);
    if (fault === null) return false;
    best = { market, fault };
    return true;
  };
  for (let s = best.market.symbols.length - 1; s >= 0 && best.market.symbols.length > 1; s--) {
    isStill(
      pickSymbols(
        best.market,
        best.market.symbols.map((_, k) => k).filter((k) => k !== s),
      ),
    );
  }
  for (let size = Math.ceil(longest(best.market) / 2); spent < BUDGET; size = Math.ceil(size / 2)) {
    // From the end, as what comes after the fault is never needed.
    for (let s = 0; s < best.market.symbols.length; s++) {
      let end = best.market.symbols[s].rows.length;
      while (end > 0 && spent < BUDGET) {
        const from = Math.max(0, end - size);
        const [low, high] = [from, end];
        isStill(withRows(best.market, (_, symbol, k) => symbol !== s || k < low || k >= high));
        end = from;
      }
    }
    if (size === 1) break;
  }
  return best;
}

function longest(market: Market): number {
  return market.symbols.reduce((most, { rows }) => Math.max(most, rows.length), 0);
}
