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
  /** What the insurance fund took over. */
  readonly absorbed: number;
  readonly net: number;
  readonly turnover: number;
  readonly liquidations: number;
}
/** Rows of all symbols, their sum, and the account that it has to be. */
export interface MoneyBySymbol {
  readonly rows: readonly SymbolMoney[];
  readonly all: SymbolMoney;
  /** Change of the account's equity. */
  readonly account: number;
  /** What the rows leave of it: anything but 0 means that the symbols do not add up. */
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
    absorbed: sum('absorbed'),
    net: sum('net'),
    // Turnover has no bound as money has: beyond 2^53 sats its last units no longer count.
    turnover: rows.reduce((total, row) => total + row.turnover, 0),
    liquidations: sum('liquidations'),
  };
  const change = parseSats(account.endEquity) - parseSats(account.startEquity);
  return { rows, all, account: change, unexplained: change - all.net };
}

function moneyOf(totals: SymbolTotals): SymbolMoney {
  const { symbol, trades, wins, grossPnl, slippage, fees, funding, liquidationFees, absorbed, turnover, liquidations } = totals;
  return {
    symbol,
    trades,
    wins,
    gross: grossPnl + slippage,
    slippage: 0 - slippage,
    fees: 0 - fees,
    funding,
    liquidationFees: 0 - liquidationFees,
    absorbed,
    net: grossPnl - fees + funding - liquidationFees + absorbed,
    turnover,
    liquidations,
  };
}
