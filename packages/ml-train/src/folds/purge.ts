/** When labels were being decided: `start` is the decision, `end` the moment the label was known. Arrays are parallel; ms UTC. */
export interface Spans {
  readonly start: ArrayLike<number>;
  readonly end: ArrayLike<number>;
}

/**
 * Which of the candidates may be trained on when the test samples are judged (López de Prado, Advances in Financial Machine
 * Learning, 2018, ch. 7.4): none whose span touches the test's, from its first decision to its last known label, and none that begins
 * within the embargo behind it.
 * @param candidates indices of samples
 * @param test indices of the samples judged; one block in time
 * @param embargoMs 0 or more
 */
export function purged(spans: Spans, candidates: ArrayLike<number>, test: ArrayLike<number>, embargoMs: number): Int32Array {
  let [from, to] = [Infinity, -Infinity];
  for (let k = 0; k < test.length; k++) {
    from = Math.min(from, spans.start[test[k] ?? 0] ?? Number.NaN);
    to = Math.max(to, spans.end[test[k] ?? 0] ?? Number.NaN);
  }
  return Int32Array.from(candidates).filter((k) => {
    const [start, end] = [spans.start[k] ?? Number.NaN, spans.end[k] ?? Number.NaN];
    return end < from || start > to + embargoMs;
  });
}
