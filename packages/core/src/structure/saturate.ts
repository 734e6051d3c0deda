/**
 * A size in units of another as a number in [0,1]: 0 for nothing, ½ for one unit, towards 1 for many. Sizes below 0 count as 0. With a
 * unit of 0 anything is 1, nothing is 0.
 */
export function saturate(size: number, unit: number): number {
  return size > 0 ? size / (size + unit) : 0;
}
