/** Limits of an account that follows signals (RISK rules). The same in every mode; shares are parts of 1. */
export interface RiskSettings {
  /** Leverage of a signal without any confidence, a whole number from 3 to 20. */
  readonly baseLeverage: number;
  /** Leverage of a certain one, a whole number from the base to 20. */
  readonly maxLeverage: number;
  /** Margin of a position as a part of equity, 0.03 to 0.13. */
  readonly minMarginShare: number;
  readonly maxMarginShare: number;
  readonly maxPositions: number;
  /** 'bypass' lets entries through at every level of the graded breaker, and past the loss limits; that is said once in the journal. */
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

/** Bounds that no settings may leave. Source: the product's specification, section 4. */
export const LEVERAGE_BOUNDS = { min: 3, max: 20 } as const;
export const MARGIN_SHARE_BOUNDS = { min: 0.03, max: 0.13 } as const;

/** The first setting that is out of its range, in words; null when all are sound. */
export function riskSettingsFault(settings: RiskSettings): string | null {
  const { baseLeverage, maxLeverage, minMarginShare, maxMarginShare, breakerLevels } = settings;
  const [first, second, third] = breakerLevels;
  const faults: readonly (readonly [isSound: boolean, fault: string])[] = [
    [isWhole(baseLeverage, LEVERAGE_BOUNDS.min, LEVERAGE_BOUNDS.max), `baseLeverage is ${baseLeverage}; give a whole number from 3 to 20`],
    [
      isWhole(maxLeverage, baseLeverage, LEVERAGE_BOUNDS.max),
      `maxLeverage is ${maxLeverage}; give a whole number from baseLeverage (${baseLeverage}) to 20`,
    ],
    [
      minMarginShare >= MARGIN_SHARE_BOUNDS.min && minMarginShare <= MARGIN_SHARE_BOUNDS.max,
      `minMarginShare is ${minMarginShare}; give a part of 1 from 0.03 to 0.13`,
    ],
    [
      maxMarginShare >= minMarginShare && maxMarginShare <= MARGIN_SHARE_BOUNDS.max,
      `maxMarginShare is ${maxMarginShare}; give a part of 1 from minMarginShare (${minMarginShare}) to 0.13`,
    ],
    [isWhole(settings.maxPositions, 1, Infinity), `maxPositions is ${settings.maxPositions}; give a whole number from 1`],
    [
      isPart(first) && isPart(second) && isPart(third) && first < second && second < third,
      `breakerLevels are ${breakerLevels.join(', ')}; give three parts of 1, each above the one before`,
    ],
    [isPart(settings.dailyLoss), `dailyLoss is ${settings.dailyLoss}; give a part of 1 above 0`],
    [isPart(settings.maxDrawdown), `maxDrawdown is ${settings.maxDrawdown}; give a part of 1 above 0`],
    [settings.maxExposure > 0 && settings.maxExposure < Infinity, `maxExposure is ${settings.maxExposure}; give a number above 0`],
    [
      settings.maxCorrelation >= 0 && settings.maxCorrelation <= 1,
      `maxCorrelation is ${settings.maxCorrelation}; give a number from 0 to 1`,
    ],
  ];
  return faults.find(([isSound]) => !isSound)?.[1] ?? null;
}

function isWhole(value: number, min: number, max: number): boolean {
  return Number.isSafeInteger(value) && value >= min && value <= max;
}
function isPart(value: number): boolean {
  return value > 0 && value <= 1;
}
