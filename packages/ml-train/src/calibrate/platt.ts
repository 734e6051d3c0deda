import { exp, log } from '@orrery/core';

const MAX_STEPS = 100;
const LEAST_STEP = 1e-10;
/** Keeps the Hessian positive definite. */
const RIDGE = 1e-12;
const TOLERANCE = 1e-5;

/** The probability of a win as sigmoid(a · margin + b): Platt's own A and B with their signs turned. */
export interface PlattScaling {
  readonly a: number;
  readonly b: number;
}

/**
 * Platt scaling (Platt, "Probabilistic outputs for support vector machines", 1999) by Newton's method with backtracking, in the numerically safe form
 * of Lin, Lin and Weng ("A note on Platt's probabilistic outputs for support vector machines", Machine Learning 68, 2007, appendix). Targets
 * are smoothed as Platt has it, so that a separable sample does not make the slope infinite.
 * @param margins raw margins that the model was not trained on
 * @param labels 1 or 0
 */
export function fitPlatt(margins: ArrayLike<number>, labels: ArrayLike<number>): PlattScaling {
  const count = margins.length;
  let wins = 0;
  for (let k = 0; k < count; k++) if (labels[k] === 1) wins += 1;
  const [high, low] = [(wins + 1) / (wins + 2), 1 / (count - wins + 2)];
  const targets = Float64Array.from({ length: count }, (_, k) => (labels[k] === 1 ? high : low));
  let [a, b] = [0, log((count - wins + 1) / (wins + 1))];
  let loss = lossOf(margins, targets, a, b);
  for (let step = 0; step < MAX_STEPS; step++) {
    const { gradientA, gradientB, h11, h21, h22 } = derivatives(margins, targets, a, b);
    if (Math.abs(gradientA) < TOLERANCE && Math.abs(gradientB) < TOLERANCE) break;
    const determinant = h11 * h22 - h21 * h21;
    const moveA = -(h22 * gradientA - h21 * gradientB) / determinant;
    const moveB = -(-h21 * gradientA + h11 * gradientB) / determinant;
    const slope = gradientA * moveA + gradientB * moveB;
    let size = 1;
    for (; size >= LEAST_STEP; size /= 2) {
      const next = lossOf(margins, targets, a + size * moveA, b + size * moveB);
      if (!(next < loss + 1e-4 * size * slope)) continue;
      [a, b, loss] = [a + size * moveA, b + size * moveB, next];
      break;
    }
    if (size < LEAST_STEP) break;
  }
  return { a: -a, b: -b };
}

/** Cross-entropy, written so that no exponential overflows (Lin et al., formula 14). */
function lossOf(margins: ArrayLike<number>, targets: Float64Array, a: number, b: number): number {
  let sum = 0;
  for (let k = 0; k < targets.length; k++) {
    const z = (margins[k] ?? Number.NaN) * a + b;
    const target = targets[k] ?? 0;
    sum += z >= 0 ? target * z + log(1 + exp(-z)) : (target - 1) * z + log(1 + exp(z));
  }
  return sum;
}

function derivatives(
  margins: ArrayLike<number>,
  targets: Float64Array,
  a: number,
  b: number,
): Record<'gradientA' | 'gradientB' | 'h11' | 'h21' | 'h22', number> {
  let [gradientA, gradientB, h11, h21, h22] = [0, 0, RIDGE, 0, RIDGE];
  for (let k = 0; k < targets.length; k++) {
    const margin = margins[k] ?? Number.NaN;
    const z = margin * a + b;
    const small = exp(-Math.abs(z));
    const [p, q] = z >= 0 ? [small / (1 + small), 1 / (1 + small)] : [1 / (1 + small), small / (1 + small)];
    const curvature = p * q;
    const error = (targets[k] ?? 0) - p;
    h11 += margin * margin * curvature;
    h22 += curvature;
    h21 += margin * curvature;
    gradientA += margin * error;
    gradientB += error;
  }
  return { gradientA, gradientB, h11, h21, h22 };
}
