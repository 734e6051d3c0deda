import { INTERVALS, type Interval } from '../../market/interval.ts';
import type { RateE8 } from '../../units.ts';
import {
  boolean,
  choice,
  int,
  number,
  type BooleanParam,
  type ChoiceParam,
  type IntParam,
  type NumberParam,
  type ParamValues,
} from '../params.ts';
import type { RiskSettings } from '../../risk/settings.ts';
import type { VirtualSettings } from '../../virtual/settings.ts';

const HOUR = 3_600_000;

/** The parameters of every strategy that follows signals. */
export type SignalParams = {
  /** Higher intervals that the trend is read on; both are of the run's own candles where they are 'none'. */
  readonly middleTimeframe: ChoiceParam<'none' | Interval>;
  readonly higherTimeframe: ChoiceParam<'none' | Interval>;
  /** A signal's confidence has to be above this. */
  readonly minConfidence: NumberParam;
  /** Its mean quality has to be at least this. */
  readonly minQuality: NumberParam;
  /** Reward over risk has to be at least this. */
  readonly minReward: NumberParam;
  readonly maxPositions: IntParam;
  readonly baseLeverage: IntParam;
  readonly maxLeverage: IntParam;
  /** Margin of a position, part of equity. */
  readonly minMargin: NumberParam;
  readonly maxMargin: NumberParam;
  readonly breaker: ChoiceParam<'on' | 'bypass'>;
  /** Losses from the high of the last seven days at which the graded breaker rises, parts of equity. */
  readonly breakerLevel1: NumberParam;
  readonly breakerLevel2: NumberParam;
  readonly breakerLevel3: NumberParam;
  readonly dailyLoss: NumberParam;
  readonly maxDrawdown: NumberParam;
  /** Gross position value over equity. */
  readonly maxExposure: NumberParam;
  readonly maxCorrelation: NumberParam;
  /** Age at which a position is given up. */
  readonly expiryHours: NumberParam;
  /** Candle time between two looks at the virtual positions. */
  readonly monitorSeconds: IntParam;
  readonly smartMonitoring: BooleanParam;
  readonly gradedStop: BooleanParam;
  readonly dynamicLevels: BooleanParam;
};

const part = (value: number): NumberParam => number(value, { min: 0.001, max: 1 });
const timeframe: ChoiceParam<'none' | Interval> = choice<'none' | Interval>('none', ...INTERVALS);

/** Their defaults, the same in every mode. */
export const SIGNAL_PARAMS: SignalParams = {
  middleTimeframe: timeframe,
  higherTimeframe: timeframe,
  minConfidence: number(0.35, { min: 0, max: 1 }),
  minQuality: number(0, { min: 0, max: 1 }),
  minReward: number(1, { min: 0, max: 20 }),
  maxPositions: int(999, { min: 1, max: 999 }),
  baseLeverage: int(3, { min: 3, max: 20 }),
  maxLeverage: int(20, { min: 3, max: 20 }),
  minMargin: number(0.03, { min: 0.03, max: 0.13 }),
  maxMargin: number(0.13, { min: 0.03, max: 0.13 }),
  breaker: choice('on', 'bypass'),
  breakerLevel1: part(0.05),
  breakerLevel2: part(0.1),
  breakerLevel3: part(0.15),
  dailyLoss: part(0.05),
  maxDrawdown: part(0.3),
  maxExposure: number(3, { min: 0.01, max: 150 }),
  maxCorrelation: number(0.95, { min: 0, max: 1 }),
  expiryHours: number(24, { min: 0.01, max: 10_000 }),
  monitorSeconds: int(10, { min: 1, max: 86_400 }),
  smartMonitoring: boolean(true),
  gradedStop: boolean(true),
  dynamicLevels: boolean(true),
};
export type SignalParamValues = ParamValues<SignalParams>;

/** What is wrong with values that are each in bounds, or null. */
export function signalParamsFault(params: SignalParamValues): string | null {
  const { baseLeverage, maxLeverage, minMargin, maxMargin, breakerLevel1, breakerLevel2, breakerLevel3 } = params;
  if (baseLeverage > maxLeverage) return `baseLeverage ${baseLeverage} is above maxLeverage ${maxLeverage}`;
  if (minMargin > maxMargin) return `minMargin ${minMargin} is above maxMargin ${maxMargin}`;
  if (!(breakerLevel1 < breakerLevel2 && breakerLevel2 < breakerLevel3))
    return `breakerLevel1 to 3 are ${breakerLevel1}, ${breakerLevel2}, ${breakerLevel3}; each must be above the one before`;
  if (params.middleTimeframe === 'none' && params.higherTimeframe !== 'none')
    return `higherTimeframe is ${params.higherTimeframe}, and middleTimeframe is none; give both, or the middle one alone`;
  return null;
}

export function riskSettingsOf(params: SignalParamValues): RiskSettings {
  return {
    baseLeverage: params.baseLeverage,
    maxLeverage: params.maxLeverage,
    minMarginShare: params.minMargin,
    maxMarginShare: params.maxMargin,
    maxPositions: params.maxPositions,
    breaker: params.breaker,
    breakerLevels: [params.breakerLevel1, params.breakerLevel2, params.breakerLevel3],
    dailyLoss: params.dailyLoss,
    maxDrawdown: params.maxDrawdown,
    maxExposure: params.maxExposure,
    maxCorrelation: params.maxCorrelation,
  };
}

/** @param fee the account's taker fee, by which a virtual position's win is reckoned */
export function virtualSettingsOf(params: SignalParamValues, fee: RateE8): VirtualSettings {
  return {
    expiryMs: Math.round(params.expiryHours * HOUR),
    smartMonitoring: params.smartMonitoring,
    fee,
    gradedStop: params.gradedStop,
    dynamicLevels: params.dynamicLevels,
  };
}
