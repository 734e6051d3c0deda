/**
 * Quantiles of the standard normal distribution at 0/n, 1/n … n/n, the ends cut at 1/(4n). Made of additions, multiplications,
 * divisions and square roots only, which IEEE 754 rounds alike on every machine; Math.log is not specified that well.
 */
export function normalQuantiles(n: number): Float64Array {
  return Float64Array.from({ length: n + 1 }, (_, i) => quantile(Math.min(Math.max(i / n, 0.25 / n), 1 - 0.25 / n)));
}

/** Wichura, "Algorithm AS 241: The percentage points of the normal distribution", Applied Statistics 37 (1988), PPND7: about 7 digits. */
function quantile(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    const numerator = ((59.10937472 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179;
    return (q * numerator) / (((67.1875636 * r + 78.757757664) * r + 17.895169469) * r + 1);
  }
  const r = Math.sqrt(-naturalLogarithm(Math.min(p, 1 - p))) - 1.6;
  const numerator = ((0.17023821103 * r + 1.3067284816) * r + 2.75681539) * r + 1.4234372777;
  const value = numerator / ((0.12021132975 * r + 0.7370016425) * r + 1);
  return q < 0 ? -value : value;
}

/** log(x) for 0 < x <= 1: halvings, then the series of the inverse hyperbolic tangent. */
function naturalLogarithm(x: number): number {
  let scaled = x;
  let halvings = 0;
  for (; scaled < 0.75; halvings++) scaled *= 2;
  const t = (scaled - 1) / (scaled + 1);
  let sum = 0;
  let power = t;
  for (let k = 1; k < 40; k += 2) {
    sum += power / k;
    power *= t * t;
  }
  return 2 * sum - halvings * 0.6931471805599453;
}
