import { type AccountSummary, parseSats } from '@orrery/core';
import { profitBridge } from './profit-bridge.ts';

/** One step of the way from start to end equity. Sats. */
export interface WaterfallStep {
  readonly label: string;
  /** A level is where the account stands; a change moves it. */
  readonly kind: 'level' | 'change';
  /** The change, or the level itself. */
  readonly amount: number;
  /** Level before and after the step; equal for a level. */
  readonly from: number;
  readonly to: number;
}

/**
 * Start equity, everything that changed it, end equity: every change begins where the one before ended, and the last ends at the end
 * equity. A remainder that the account leaves unexplained is a step of its own, so this holds even then.
 */
export function waterfall(account: AccountSummary): readonly WaterfallStep[] {
  const bridge = profitBridge(account);
  const start = parseSats(account.startEquity);
  const end = parseSats(account.endEquity);
  const changes: readonly (readonly [string, number])[] = [
    ['Gross profit, before slippage', bridge.gross],
    ['Slippage', bridge.slippage],
    ['Fees', bridge.fees],
    ['Funding', bridge.funding],
    ['Liquidation fees', bridge.liquidationFees],
    ['Absorbed by the insurance fund', bridge.absorbed],
    ...(bridge.unexplained === 0 ? [] : [['Unexplained', bridge.unexplained] as const]),
  ];
  let level: number = start;
  const steps = changes.map(([label, amount]): WaterfallStep => {
    const from = level;
    level += amount;
    return { label, kind: 'change', amount, from, to: level };
  });
  return [levelStep('Start equity', start), ...steps, levelStep('End equity', end)];
}

function levelStep(label: string, amount: number): WaterfallStep {
  return { label, kind: 'level', amount, from: amount, to: amount };
}
