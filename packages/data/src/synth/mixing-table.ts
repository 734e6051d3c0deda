import { Random } from './random.ts';

const CELLS = 1024;
const DRAWS = 32;
const SHIFT = 22;

/**
 * Scales that turn a normal variate into a Student t of unit variance, and gamma noise of mean 1, as tables of sampled
 * quantiles: one lookup instead of a sum of squares for each draw. Same everywhere, as the samples are.
 */
export interface MixingTables {
  readonly scale: Float64Array;
  readonly gamma: Float64Array;
}

const DEGREES = 5;
const GAMMA_DEGREES = 3;
let tables: MixingTables | undefined;

/** Made on first use: about ten milliseconds that only callers of the synthetic market pay. */
export function mixingTables(): MixingTables {
  tables ??= {
    // t has variance n / (n − 2); dividing by it makes 1.
    scale: sampledQuantiles(1, DEGREES, (chiSquare) => Math.sqrt((DEGREES - 2) / Math.max(chiSquare, 0.05))),
    gamma: sampledQuantiles(2, GAMMA_DEGREES, (chiSquare) => chiSquare / GAMMA_DEGREES),
  };
  return tables;
}

/** Draws an entry. */
export function drawFrom(table: Float64Array, random: Random): number {
  return table[random.bits() >>> SHIFT];
}

function sampledQuantiles(seed: number, degrees: number, transform: (chiSquare: number) => number): Float64Array {
  const random = new Random(seed);
  const samples = Float64Array.from({ length: CELLS * DRAWS }, () => {
    let chiSquare = 0;
    for (let d = 0; d < degrees; d++) {
      const z = random.normal();
      chiSquare += z * z;
    }
    return transform(chiSquare);
  }).sort();
  return Float64Array.from({ length: CELLS }, (_, cell) => {
    let sum = 0;
    for (let d = 0; d < DRAWS; d++) sum += samples[cell * DRAWS + d];
    return sum / DRAWS;
  });
}
