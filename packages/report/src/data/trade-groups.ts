import { parseSats, sumSats, type TradeRow } from '@orrery/core';

/** Totals of the trades that share a symbol or a reason of exit. Amounts in sats. */
export interface TradeGroup {
  readonly name: string;
  /** Finished trades; rates are over these. */
  readonly trades: number;
  readonly open: number;
  readonly longs: number;
  readonly shorts: number;
  readonly wins: number;
  /** Of finished and open trades together, so that the groups add up to the account. */
  readonly pnl: number;
  readonly fees: number;
  readonly funding: number;
  /** Sum of winners over sum of losers; null without a loser. */
  readonly profitFactor: number | null;
  readonly best: number | null;
  readonly worst: number | null;
  readonly averageHoldingMs: number | null;
}

/** Groups trades by a key; groups come in the order of `names`, then of first appearance. */
export function groupTrades(
  trades: readonly TradeRow[],
  keyOf: (trade: TradeRow) => string,
  names: readonly string[] = [],
): readonly TradeGroup[] {
  const groups = new Map<string, TradeRow[]>(names.map((name) => [name, []]));
  for (const trade of trades) {
    const key = keyOf(trade);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [trade]);
    else group.push(trade);
  }
  return [...groups].map(([name, rows]) => totals(name, rows));
}

/** Totals of a list of trades. */
export function totals(name: string, rows: readonly TradeRow[]): TradeGroup {
  const closed = rows.filter((row) => row.exitTime !== null);
  const pnl = closed.map((row) => parseSats(row.pnl));
  const won = pnl.filter((amount) => amount > 0);
  const lost = sumSats(pnl.filter((amount) => amount < 0));
  const holding = closed.reduce((sum, row) => sum + ((row.exitTime ?? row.entryTime) - row.entryTime), 0);
  return {
    name,
    trades: closed.length,
    open: rows.length - closed.length,
    longs: closed.filter((row) => row.side === 'long').length,
    shorts: closed.filter((row) => row.side === 'short').length,
    wins: won.length,
    pnl: sumSats(rows.map((row) => parseSats(row.pnl))),
    fees: sumSats(rows.map((row) => parseSats(row.fees))),
    funding: sumSats(rows.map((row) => parseSats(row.funding))),
    profitFactor: lost === 0 ? null : sumSats(won) / -lost,
    best: pnl.length === 0 ? null : pnl.reduce((most, amount) => Math.max(most, amount), -Infinity),
    worst: pnl.length === 0 ? null : pnl.reduce((least, amount) => Math.min(least, amount), Infinity),
    averageHoldingMs: closed.length === 0 ? null : holding / closed.length,
  };
}
