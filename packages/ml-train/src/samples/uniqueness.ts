/**
 * Average uniqueness of label spans (López de Prado, Advances in Financial Machine Learning, 2018, ch. 4.4): over the rows of a
 * span, the mean of 1 / (number of spans that hold the row). 1 for a label that shares no candle with another, near 0 for one of many that tell
 * the same story. O(spans + rows).
 * @param first first row of each span
 * @param last last row of each span, not before its first
 */
export function averageUniqueness(first: ArrayLike<number>, last: ArrayLike<number>): Float64Array {
  const spans = first.length;
  let [origin, end] = [Infinity, -Infinity];
  for (let k = 0; k < spans; k++) {
    origin = Math.min(origin, first[k] ?? Number.NaN);
    end = Math.max(end, last[k] ?? Number.NaN);
  }
  const uniqueness = new Float64Array(spans);
  if (spans === 0) return uniqueness;
  const rows = end - origin + 1;
  const change = new Int32Array(rows + 1);
  for (let k = 0; k < spans; k++) {
    change[(first[k] ?? 0) - origin] = (change[(first[k] ?? 0) - origin] ?? 0) + 1;
    change[(last[k] ?? 0) - origin + 1] = (change[(last[k] ?? 0) - origin + 1] ?? 0) - 1;
  }
  // Sum of 1 / concurrency over the rows before each row.
  const sums = new Float64Array(rows + 1);
  let concurrency = 0;
  for (let row = 0; row < rows; row++) {
    concurrency += change[row] ?? 0;
    sums[row + 1] = (sums[row] ?? 0) + (concurrency > 0 ? 1 / concurrency : 0);
  }
  for (let k = 0; k < spans; k++) {
    const [from, to] = [(first[k] ?? 0) - origin, (last[k] ?? 0) - origin + 1];
    uniqueness[k] = ((sums[to] ?? 0) - (sums[from] ?? 0)) / (to - from);
  }
  return uniqueness;
}
