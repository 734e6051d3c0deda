import { exp } from './exp.ts';

/** Halvings after which nothing is left. */
const GONE = 64;

/** 2^(−age/halfLife): what is left of 1. Exactly halved by each whole half-life; 0 after 64 of them. */
export function decay(age: number, halfLife: number): number {
  const halvings = age / halfLife;
  if (!(halvings < GONE)) return 0;
  const whole = Math.floor(halvings);
  let left = exp((whole - halvings) * Math.LN2);
  for (let k = 0; k < whole; k++) left *= 0.5;
  return left;
}
