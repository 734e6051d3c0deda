import { decay } from '../math/decay.ts';

/** How a zone loses weight. */
export interface ZoneDecay {
  /** Candles after which a zone that nothing came to weighs half. Above 0. */
  readonly halfLife: number;
  /** What each touch leaves of the weight, in [0,1]. */
  readonly touchPenalty: number;
}

/** What has become of a zone. */
export interface ZoneWear {
  /** Candles since it is known. */
  readonly age: number;
  /** Part of its height that price has come into, in [0,1]. */
  readonly filledFraction: number;
  /** Times that price has come to it. */
  readonly touches: number;
}

/** What columns and signals decay order blocks by. */
export const ZONE_DECAY: ZoneDecay = { halfLife: 100, touchPenalty: 0.7 };

/**
 * Weight of a zone in [0,1]: 2^(−age / halfLife) · (1 − filledFraction) · touchPenalty^touches. It falls with each of the three.
 * Source: this project's own; neither ICT texts nor the published indicators let zones age.
 */
export function zoneWeight({ age, filledFraction, touches }: ZoneWear, { halfLife, touchPenalty }: ZoneDecay = ZONE_DECAY): number {
  let weight = decay(age, halfLife) * (1 - filledFraction);
  for (let k = 0; k < touches && weight > 0; k++) weight *= touchPenalty;
  return weight;
}
