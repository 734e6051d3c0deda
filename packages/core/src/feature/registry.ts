import type { FeatureDefinition } from './definition.ts';
import { nearestName } from './nearest.ts';
import { ABS } from './kernels/abs.ts';
import { ADD } from './kernels/add.ts';
import { ADX } from './kernels/adx.ts';
import { ATR } from './kernels/atr.ts';
import { BEARISH_FVG_DISTANCE } from './kernels/bearish-fvg-distance.ts';
import { BEARISH_ORDER_BLOCK_DISTANCE } from './kernels/bearish-order-block-distance.ts';
import { BEARISH_ORDER_BLOCK_STRENGTH } from './kernels/bearish-order-block-strength.ts';
import { BOLLINGER_BANDWIDTH } from './kernels/bollinger-bandwidth.ts';
import { BOLLINGER_LOWER } from './kernels/bollinger-lower.ts';
import { BOLLINGER_MIDDLE } from './kernels/bollinger-middle.ts';
import { BOLLINGER_PERCENT_B } from './kernels/bollinger-percent-b.ts';
import { BOLLINGER_UPPER } from './kernels/bollinger-upper.ts';
import { BULLISH_FVG_DISTANCE } from './kernels/bullish-fvg-distance.ts';
import { BULLISH_ORDER_BLOCK_DISTANCE } from './kernels/bullish-order-block-distance.ts';
import { BULLISH_ORDER_BLOCK_STRENGTH } from './kernels/bullish-order-block-strength.ts';
import { CCI } from './kernels/cci.ts';
import { CROSS_OVER } from './kernels/cross-over.ts';
import { CROSS_UNDER } from './kernels/cross-under.ts';
import { DIV } from './kernels/div.ts';
import { DONCHIAN_LOWER } from './kernels/donchian-lower.ts';
import { DONCHIAN_MIDDLE } from './kernels/donchian-middle.ts';
import { DONCHIAN_UPPER } from './kernels/donchian-upper.ts';
import { EMA } from './kernels/ema.ts';
import { FVG } from './kernels/fvg.ts';
import { ICT } from './kernels/ict.ts';
import { KELTNER_LOWER } from './kernels/keltner-lower.ts';
import { KELTNER_MIDDLE } from './kernels/keltner-middle.ts';
import { KELTNER_UPPER } from './kernels/keltner-upper.ts';
import { KILL_ZONE } from './kernels/kill-zone.ts';
import { LAG } from './kernels/lag.ts';
import { LIQUIDITY_SWEEP } from './kernels/liquidity-sweep.ts';
import { LITERAL } from './kernels/literal.ts';
import { LOG_RETURN } from './kernels/log-return.ts';
import { MACD_HISTOGRAM } from './kernels/macd-histogram.ts';
import { MACD_LINE } from './kernels/macd-line.ts';
import { MACD_SIGNAL } from './kernels/macd-signal.ts';
import { MARKET_BIAS } from './kernels/market-bias.ts';
import { MAX } from './kernels/max.ts';
import { MFI } from './kernels/mfi.ts';
import { MIN } from './kernels/min.ts';
import { MINUS_DI } from './kernels/minus-di.ts';
import { MOMENTUM } from './kernels/momentum.ts';
import { MUL } from './kernels/mul.ts';
import { NEG } from './kernels/neg.ts';
import { OBV } from './kernels/obv.ts';
import { PLUS_DI } from './kernels/plus-di.ts';
import { PREMIUM_DISCOUNT } from './kernels/premium-discount.ts';
import { PREVIOUS_DAY_HIGH } from './kernels/previous-day-high.ts';
import { PREVIOUS_DAY_LOW } from './kernels/previous-day-low.ts';
import { PREVIOUS_WEEK_HIGH } from './kernels/previous-week-high.ts';
import { PREVIOUS_WEEK_LOW } from './kernels/previous-week-low.ts';
import { REALISED_VOLATILITY } from './kernels/realised-volatility.ts';
import { RMA } from './kernels/rma.ts';
import { REVERSION_SIGNAL } from './kernels/reversion-signal.ts';
import { ROC } from './kernels/roc.ts';
import { ROLLING_MAX } from './kernels/rolling-max.ts';
import { ROLLING_MIN } from './kernels/rolling-min.ts';
import { ROLLING_RANK } from './kernels/rolling-rank.ts';
import { ROLLING_VWAP } from './kernels/rolling-vwap.ts';
import { RSI } from './kernels/rsi.ts';
import { SESSION } from './kernels/session.ts';
import { SMA } from './kernels/sma.ts';
import { STDDEV } from './kernels/stddev.ts';
import { STOCHASTIC_D } from './kernels/stochastic-d.ts';
import { STOCHASTIC_FAST_K } from './kernels/stochastic-fast-k.ts';
import { STOCHASTIC_K } from './kernels/stochastic-k.ts';
import { STRUCTURE_BREAK } from './kernels/structure-break.ts';
import { STRUCTURE } from './kernels/structure.ts';
import { SUB } from './kernels/sub.ts';
import { SUM_DEFINITION } from './kernels/sum.ts';
import { SWING_HIGH } from './kernels/swing-high.ts';
import { SWING_LOW } from './kernels/swing-low.ts';
import { TREND_SIGNAL } from './kernels/trend-signal.ts';
import { TRUE_RANGE } from './kernels/true-range.ts';
import { TYPICAL_PRICE } from './kernels/typical-price.ts';
import { VWAP } from './kernels/vwap.ts';
import { WMA } from './kernels/wma.ts';
import { ZSCORE } from './kernels/zscore.ts';

/** Every kind of feature that has a name, in the order of the documentation. */
export const FEATURE_DEFINITIONS: readonly FeatureDefinition[] = [
  SMA,
  EMA,
  WMA,
  RMA,
  SUM_DEFINITION,
  RSI,
  ROC,
  MOMENTUM,
  MACD_LINE,
  MACD_SIGNAL,
  MACD_HISTOGRAM,
  STOCHASTIC_FAST_K,
  STOCHASTIC_K,
  STOCHASTIC_D,
  CCI,
  PLUS_DI,
  MINUS_DI,
  ADX,
  TRUE_RANGE,
  ATR,
  STDDEV,
  ZSCORE,
  LOG_RETURN,
  REALISED_VOLATILITY,
  BOLLINGER_UPPER,
  BOLLINGER_MIDDLE,
  BOLLINGER_LOWER,
  BOLLINGER_PERCENT_B,
  BOLLINGER_BANDWIDTH,
  KELTNER_UPPER,
  KELTNER_MIDDLE,
  KELTNER_LOWER,
  DONCHIAN_UPPER,
  DONCHIAN_MIDDLE,
  DONCHIAN_LOWER,
  OBV,
  VWAP,
  ROLLING_VWAP,
  MFI,
  TYPICAL_PRICE,
  ROLLING_MIN,
  ROLLING_MAX,
  ROLLING_RANK,
  LAG,
  ADD,
  SUB,
  MUL,
  DIV,
  ABS,
  NEG,
  MIN,
  MAX,
  CROSS_OVER,
  CROSS_UNDER,
  STRUCTURE,
  SWING_HIGH,
  SWING_LOW,
  MARKET_BIAS,
  STRUCTURE_BREAK,
  PREMIUM_DISCOUNT,
  BULLISH_ORDER_BLOCK_DISTANCE,
  BULLISH_ORDER_BLOCK_STRENGTH,
  BEARISH_ORDER_BLOCK_DISTANCE,
  BEARISH_ORDER_BLOCK_STRENGTH,
  FVG,
  BULLISH_FVG_DISTANCE,
  BEARISH_FVG_DISTANCE,
  LIQUIDITY_SWEEP,
  PREVIOUS_DAY_HIGH,
  PREVIOUS_DAY_LOW,
  PREVIOUS_WEEK_HIGH,
  PREVIOUS_WEEK_LOW,
  SESSION,
  KILL_ZONE,
  ICT,
  TREND_SIGNAL,
  REVERSION_SIGNAL,
];

const BY_KIND: ReadonlyMap<string, FeatureDefinition> = new Map(
  [...FEATURE_DEFINITIONS, LITERAL].map((definition) => [definition.kind, definition]),
);

/** The definition of a kind, or undefined. */
export function findFeatureDefinition(kind: string): FeatureDefinition | undefined {
  return BY_KIND.get(kind);
}

/** The definition of a kind. @throws RangeError naming the nearest known kind. */
export function featureDefinition(kind: string): FeatureDefinition {
  const definition = BY_KIND.get(kind);
  if (definition !== undefined) return definition;
  throw new RangeError(unknownKindText(kind));
}

/** Says that there is no such kind, and which one may have been meant. */
export function unknownKindText(kind: string): string {
  const nearest = nearestName(
    kind,
    FEATURE_DEFINITIONS.map((definition) => definition.kind),
  );
  return `unknown feature ${JSON.stringify(kind.slice(0, 64))}; did you mean ${nearest}?`;
}
