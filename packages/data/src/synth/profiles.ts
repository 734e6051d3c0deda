import type { SymbolProfile } from './candle-maker.ts';

/** Sizes of things as with a large, a middling and two small contracts. */
const PROFILES: readonly SymbolProfile[] = [
  { price: 60_000, priceDecimals: 1, volumeDecimals: 3, minuteVolume: 110, dailyVolatility: 0.023 },
  { price: 2_500, priceDecimals: 2, volumeDecimals: 3, minuteVolume: 1_900, dailyVolatility: 0.034 },
  { price: 150, priceDecimals: 2, volumeDecimals: 2, minuteVolume: 11_000, dailyVolatility: 0.042 },
  { price: 0.5, priceDecimals: 4, volumeDecimals: 0, minuteVolume: 900_000, dailyVolatility: 0.05 },
  { price: 12, priceDecimals: 3, volumeDecimals: 1, minuteVolume: 40_000, dailyVolatility: 0.048 },
];

/** Profile of the n-th made-up symbol; they repeat after five. */
export function profileOf(n: number): SymbolProfile {
  return PROFILES[n % PROFILES.length];
}
