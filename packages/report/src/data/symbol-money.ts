import { parseSats, type AccountSummary, sumSats, type SymbolTotals } from '@orrery/core';

/** What one symbol brought, cost and left. Sats; costs are negative, so that a row adds up to its net. */
export interface SymbolMoney {
  readonly symbol: string;
  readonly trades: number;
  readonly wins: number;
  /** Before slippage and all other costs. */
  readonly gross: number;
  readonly slippage: number;
  readonly fees: number;
  readonly funding: number;
  readonly liquidationFees: number;
  readonly net: number;
  readonly turnover: number;
  readonly liquidations: number;
}
/** Rows of all symbols, their sum, and what leads from there to the account. */
export interface MoneyBySymbol {
  readonly rows: readonly SymbolMoney[];
  readonly all: SymbolMoney;
  /** What the insurance fund took over, which belongs to the account and to no symbol. */
  readonly absorbed: number;
  /** Change of the account's equity. */
  readonly account: number;
  /** What rows and insurance fund leave of it: anything but 0 means that the symbols do not add up. */
  readonly unexplained: number;
}

/** Money by symbol; profits contain slippage already, so that it is taken out of the gross and shown as a cost. */
export function moneyBySymbol(symbols: readonly SymbolTotals[], account: AccountSummary): MoneyBySymbol {
  const rows = symbols.map(moneyOf);
  const sum = (key: Exclude<keyof SymbolMoney, 'symbol' | 'turnover'>): number => sumSats(rows.map((row) => row[key]));
  const all: SymbolMoney = {
    symbol: 'All',
    trades: sum('trades'),
    wins: sum('wins'),
    gross: sum('gross'),
    slippage: sum('slippage'),
    fees: sum('fees'),
    funding: sum('funding'),
    liquidationFees: sum('liquidationFees'),
    net: sum('net'),
    // Turnover has no bound as money has: beyond 2^53 sats its last units no longer count.
    turnover: rows.reduce((total, row) => total + row.turnover, 0),
    liquidations: sum('liquidations'),
  };
  const change = parseSats(account.endEquity) - parseSats(account.startEquity);
  const absorbed = parseSats(account.absorbed);
  return { rows, all, absorbed, account: change, unexplained: change - all.net - absorbed };
}

function moneyOf(totals: SymbolTotals): SymbolMoney {
  const { symbol, trades, wins, grossPnl, slippage, fees, funding, liquidationFees, turnover, liquidations } = totals;
  return {
    symbol,
    trades,
    wins,
    gross: grossPnl + slippage,
    slippage: 0 - slippage,
    fees: 0 - fees,
    funding,
    liquidationFees: 0 - liquidationFees,
    net: grossPnl - fees + funding - liquidationFees,
    turnover,
    liquidations,
  };
}
