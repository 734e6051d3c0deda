const POWERS = Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));
/** Binance quotes nothing finer. */
const MOST = 8;

/** 10^n for n from 0 to 22: the powers that a double holds exactly. */
export const POWERS_OF_TEN: readonly number[] = POWERS;

/**
 * The most decimals (0–8, without trailing zeros) that any of the values needs. A double that came from a decimal text of at
 * most 15 digits is recognised exactly: m / 10^d is correctly rounded, so it equals the value iff d decimals suffice.
 */
export function decimalsOf(values: Float64Array, from: number, to: number, atLeast = 0): number {
  let decimals = atLeast;
  let power = POWERS[decimals];
  for (let r = from; r < to; r++) {
    const value = values[r];
    while (decimals < MOST && Math.round(value * power) / power !== value) {
      decimals++;
      power = POWERS[decimals];
    }
  }
  return decimals;
}
