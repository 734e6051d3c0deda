import { type AccountSummary, parseSats } from '@orrery/core';

/** The way from the profit before costs to the change of equity. Amounts in sats; costs are negative. */
export interface ProfitBridge {
  /** Price moves alone, had every fill been at its reference price. */
  readonly gross: number;
  readonly slippage: number;
  readonly fees: number;
  readonly funding: number;
  readonly liquidationFees: number;
  /** Losses that the insurance fund took over; never below 0. */
  readonly absorbed: number;
  /** End equity − start equity. */
  readonly net: number;
  /** What the parts leave unexplained: anything but 0 means that the account does not add up. */
  readonly unexplained: number;
}

/** Takes the account apart. Profits contain slippage already, and neither fees, funding nor what the insurance fund took over. */
export function profitBridge(account: AccountSummary): ProfitBridge {
  const prices = parseSats(account.realizedPnl) + parseSats(account.unrealizedPnl);
  const slippage = parseSats(account.slippage);
  const fees = parseSats(account.fees);
  const funding = parseSats(account.funding);
  const liquidationFees = parseSats(account.liquidationFees);
  const absorbed = parseSats(account.absorbed);
  const net = parseSats(account.endEquity) - parseSats(account.startEquity);
  return {
    gross: prices + slippage,
    slippage: 0 - slippage,
    fees: 0 - fees,
    funding,
    liquidationFees: 0 - liquidationFees,
    absorbed,
    net,
    unexplained: net - (prices - fees + funding - liquidationFees + absorbed),
  };
}
