/** A rising function of the margin: probability `y[k]` at margin `x[k]`, straight lines between, constant beyond the ends. x rises. */
export interface IsotonicMap {
  readonly x: readonly number[];
  readonly y: readonly number[];
}
interface Block {
  first: number;
  last: number;
  sum: number;
  count: number;
}

/**
 * Isotonic regression by pooling adjacent violators (Ayer et al., 1955; Zadrozny and Elkan, 2002): the rising step function of least
 * squared error. Samples of equal margin are one point. Each step is kept as its two ends.
 * @param margins raw margins that the model was not trained on
 * @param labels 1 or 0
 */
export function fitIsotonic(margins: ArrayLike<number>, labels: ArrayLike<number>): IsotonicMap {
  const order = Array.from(margins, (_, k) => k).sort((a, b) => (margins[a] ?? 0) - (margins[b] ?? 0));
  const blocks: Block[] = [];
  for (const k of order) {
    const [margin, label] = [margins[k] ?? Number.NaN, labels[k] ?? 0];
    const top = blocks.at(-1);
    if (top !== undefined && top.last === margin) {
      top.sum += label;
      top.count += 1;
    } else blocks.push({ first: margin, last: margin, sum: label, count: 1 });
  }
  const pooled: Block[] = [];
  for (const block of blocks) {
    let at = block;
    for (let below = pooled.at(-1); below !== undefined && below.sum * at.count >= at.sum * below.count; below = pooled.at(-1)) {
      pooled.pop();
      at = { first: below.first, last: at.last, sum: below.sum + at.sum, count: below.count + at.count };
    }
    pooled.push(at);
  }
  const knots = pooled.flatMap(({ first, last, sum, count }) =>
    first === last ? [[first, sum / count] as const] : [[first, sum / count] as const, [last, sum / count] as const],
  );
  return { x: knots.map(([x]) => x), y: knots.map(([, y]) => y) };
}
