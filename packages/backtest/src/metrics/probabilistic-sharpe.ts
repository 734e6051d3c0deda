import { normalCdf } from './normal-distribution.ts';
import { finiteOrNull } from './ratio.ts';

/** Statistics of a return series in its own period: nothing here is annualised. */
export interface SharpeEvidence {
  /** Mean over standard deviation of a period's return. */
  readonly sharpe: number;
  readonly observations: number;
  readonly skewness: number;
  /** 3 for a normal distribution. */
  readonly kurtosis: number;
  /** Sharpe ratio to be beaten, in the same period. */
  readonly threshold: number;
}

/**
 * Probability that the true Sharpe ratio exceeds the threshold, given how long, skewed and fat-tailed the record is; null where the
 * estimate's own variance is not positive. Bailey & López de Prado, "The Sharpe Ratio Efficient Frontier", Journal of Risk 15(2), 2012.
 */
export function probabilisticSharpe(evidence: SharpeEvidence): number | null {
  const { sharpe, observations, skewness, kurtosis, threshold } = evidence;
  const variance = 1 - skewness * sharpe + ((kurtosis - 1) / 4) * sharpe * sharpe;
  if (observations < 2 || !(variance > 0)) return null;
  return finiteOrNull(normalCdf(((sharpe - threshold) * Math.sqrt(observations - 1)) / Math.sqrt(variance)));
}
