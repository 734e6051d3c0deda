import { normalQuantiles } from './normal-quantiles.ts';

const CELLS = 2048;
const QUANTILES = normalQuantiles(CELLS);
const FRACTION = 2 ** 21;

/**
 * Random numbers that are the same on every machine: xoshiro128** (Blackman and Vigna 2018) in 32-bit integers, seeded by
 * splitmix32. Normal variates interpolate a table of quantiles and end at about ±3.7; fat tails come from the model, not from here.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  /** Streams of one seed are independent for all practical purposes. */
  constructor(seed: number, stream = 0) {
    let state = (Math.imul(seed | 0, 0x9e3779b1) ^ Math.imul((stream + 1) | 0, 0x85ebca77)) | 0;
    const next = (): number => {
      state = (state + 0x9e3779b9) | 0;
      let z = state ^ (state >>> 16);
      z = Math.imul(z, 0x21f0aaad);
      z ^= z >>> 15;
      z = Math.imul(z, 0x735a2d97);
      return (z ^ (z >>> 15)) | 0;
    };
    this.#a = next();
    this.#b = next();
    this.#c = next();
    this.#d = next() | 1;
  }

  /** 32 random bits as an unsigned integer. */
  bits(): number {
    const scrambled = Math.imul(this.#b, 5);
    const result = Math.imul((scrambled << 7) | (scrambled >>> 25), 9);
    const t = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= t;
    this.#d = (this.#d << 11) | (this.#d >>> 21);
    return result >>> 0;
  }

  /** Uniform in [0, 1). */
  uniform(): number {
    return this.bits() / 4_294_967_296;
  }

  /** Standard normal. */
  normal(): number {
    const bits = this.bits();
    const cell = bits >>> 21;
    const low = QUANTILES[cell];
    return low + (QUANTILES[cell + 1] - low) * ((bits & (FRACTION - 1)) / FRACTION);
  }
}
