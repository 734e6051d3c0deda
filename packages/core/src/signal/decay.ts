import { exp } from '../math/exp.ts';

const LN2 = 0.6931471805599453;

/** 2^(−age/halfLife): what is left of 1; 0 for an age without end. */
export function decay(age: number, halfLife: number): number {
  return exp((-age / halfLife) * LN2);
}
