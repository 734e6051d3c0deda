/**
 * Where a price lies between a low and a high, 0 to 1: below ½ is discount, above it premium. Where the low is not below the high, as
 * after a break that no new swing has followed, it is 1 above both, 0 below both, else ½. The mirror of `rangePosition(c, low, high)` is
 * `rangePosition(-c, -high, -low)`, bit for bit.
 */
export function rangePosition(price: number, low: number, high: number): number {
  if (low < high) return Math.min(1, Math.max(0, (price - low) / (high - low)));
  if (price > low) return 1;
  return price < high ? 0 : 0.5;
}
