import { parseSats, toUsdt, type AccountSummary } from '@orrery/core';
import type { MetricValues } from './metrics-input.ts';
import { ratio } from './ratio.ts';

/** Chapter `cost`: what trading took, by kind, in USDT and as a share of the start equity. */
export function costMetrics(account: AccountSummary): MetricValues {
  const start = parseSats(account.startEquity);
  const fees = parseSats(account.fees);
  const funding = parseSats(account.funding);
  const slippage = parseSats(account.slippage);
  const base = start > 0 ? start : null;
  return {
    fees: toUsdt(fees),
    funding: toUsdt(funding),
    slippage: toUsdt(slippage),
    feesToEquity: ratio(fees, base),
    fundingToEquity: ratio(funding, base),
    slippageToEquity: ratio(slippage, base),
    liquidations: account.liquidations,
    liquidationFees: toUsdt(parseSats(account.liquidationFees)),
    absorbed: toUsdt(parseSats(account.absorbed)),
  };
}
