/** Limits of an account that follows signals (RISK rules). The same in every mode; shares are parts of 1. */
export interface RiskSettings {
  /** Leverage of a signal without any confidence, 3 to 20. */
  readonly baseLeverage: number;
  /** Leverage of a certain one, from the base to 20. */
  readonly maxLeverage: number;
  /** Margin of a position as a part of equity, 0.03 to 0.13. */
  readonly minMarginShare: number;
  readonly maxMarginShare: number;
  readonly maxPositions: number;
  /** 'bypass' lets entries through at every level; that is said once in the journal. */
  readonly breaker: 'on' | 'bypass';
  /** Loss from the high-water mark of the last seven days at which the graded breaker goes to level 1, 2 and 3; rising. */
  readonly breakerLevels: readonly [number, number, number];
  /** Loss since the UTC day began at which nothing is entered until the next. */
  readonly dailyLoss: number;
  /** Loss from the highest equity ever at which nothing is entered any more. */
  readonly maxDrawdown: number;
  /** Gross position value over equity. */
  readonly maxExposure: number;
  /** Correlation of returns with a position of the same direction (or of opposite returns with one of the other) that is too much. */
  readonly maxCorrelation: number;
}
