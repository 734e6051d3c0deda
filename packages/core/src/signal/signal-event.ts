/** Words of an event in the log of a signal source, behind KNOWN_AT. Every source (`ict`, a user's own kernel) writes this form. */
export const SIGNAL_DIRECTION = 1;
/** Prices, above 0. */
export const SIGNAL_ENTRY = 2;
export const SIGNAL_STOP = 3;
export const SIGNAL_TARGET = 4;
/** In [0,1]. */
export const SIGNAL_CONFIDENCE = 5;
/** The five parts of the confidence begin here, in the order of {@link SCORE_PARTS}. */
export const SIGNAL_PARTS = 6;
/** The dimensions of the quality begin here, in the order of {@link QUALITY_DIMENSIONS}. */
export const SIGNAL_QUALITY = 11;
/** Reasons as bits: bit k is set for the k-th word of {@link SIGNAL_REASONS}. */
export const SIGNAL_REASON_BITS = 16;
/** ATR over its long average at the signal, for the volatility breaker. */
export const SIGNAL_VOLATILITY_RATIO = 17;
export const SIGNAL_STRIDE = 18;

/** The parts of the confidence, each in [0,1] (SIG-2). */
export const SCORE_PARTS = ['trend_alignment', 'market_structure', 'price_position', 'momentum', 'volatility'] as const;
/** Their weights; they add up to 1. Source: the product's specification, section 1. */
export const SCORE_WEIGHTS = [0.4, 0.2, 0.2, 0.1, 0.1] as const;
/** Dimensions of a signal's quality, each in [0,1] (SIG-3); the quality is their mean. */
export const QUALITY_DIMENSIONS = ['zone', 'freshness', 'confluence', 'reward', 'volume'] as const;
/** Why a signal came about; a signal has one or more (append only: a reason's bit is its position). */
export const SIGNAL_REASONS = [
  'order_block',
  'fair_value_gap',
  'sweep',
  'break_of_structure',
  'change_of_character',
  'higher_timeframe_trend',
  'discount', // or premium, for a short
  'kill_zone',
  'vote', // of an ensemble
  'trend', // a moving-average source of an ensemble
  'reversion', // a band source of an ensemble
] as const;
export type SignalReason = (typeof SIGNAL_REASONS)[number];

/** The reasons of a bit set, comma-separated, in the order of the list. */
export function reasonsText(bits: number): string {
  return SIGNAL_REASONS.filter((_, k) => (bits & (1 << k)) !== 0).join(',');
}
