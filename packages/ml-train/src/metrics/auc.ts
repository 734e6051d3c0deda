/**
 * Area under the ROC curve: the chance that a win scores above a loss, ties counting half. By the sum of mid-ranks (Mann and
 * Whitney, 1947; Hanley and McNeil, 1982). O(n log n).
 * @param labels 1 or 0
 * @param scores any order-preserving score; no NaN
 * @returns 0 to 1, or NaN where one of the classes is absent
 */
export function areaUnderCurve(labels: ArrayLike<number>, scores: ArrayLike<number>): number {
  const order = Array.from(scores, (_, k) => k).sort((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0));
  let wins = 0;
  let rankSum = 0;
  let from = 0;
  while (from < order.length) {
    let to = from;
    while (to < order.length && scores[order[to] ?? 0] === scores[order[from] ?? 0]) to++;
    // Ranks count from 1; all of a tie have their mean.
    const rank = (from + 1 + to) / 2;
    for (let k = from; k < to; k++) {
      if (labels[order[k] ?? 0] !== 1) continue;
      wins += 1;
      rankSum += rank;
    }
    from = to;
  }
  const losses = order.length - wins;
  return wins === 0 || losses === 0 ? Number.NaN : (rankSum - (wins * (wins + 1)) / 2) / (wins * losses);
}
