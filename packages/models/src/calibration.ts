import { exp } from '@orrery/core';

/**
 * How a margin becomes a probability. `platt`: sigmoid(a · margin + b). `isotonic`: a line through the points (x, y) of margins
 * and probabilities, level beyond both ends; x ascends strictly, y never falls.
 */
export type Calibration =
  | { readonly kind: 'none' }
  | { readonly kind: 'platt'; readonly a: number; readonly b: number }
  | { readonly kind: 'isotonic'; readonly x: readonly number[]; readonly y: readonly number[] };

/** 1 / (1 + e^−x), the same bits everywhere; both branches keep the exponent below 0, so that nothing overflows. */
export function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + exp(-x));
  const e = exp(x);
  return e / (1 + e);
}

/** The probability, in [0, 1], that a margin stands for; NaN stays NaN. */
export function probability(margin: number, calibration: Calibration): number {
  switch (calibration.kind) {
    case 'none':
      return sigmoid(margin);
    case 'platt':
      return sigmoid(calibration.a * margin + calibration.b);
    case 'isotonic':
      return clamped(interpolated(margin, calibration.x, calibration.y));
    default:
      throw new TypeError(`unknown calibration ${String(calibration satisfies never)}`);
  }
}

/** What keeps a calibration from being one, or null. */
export function calibrationFault(calibration: Calibration): string | null {
  if (calibration.kind !== 'isotonic') return null;
  const { x, y } = calibration;
  if (x.length === 0 || x.length !== y.length) return `has ${x.length} x for ${y.length} y`;
  for (let k = 1; k < x.length; k++) {
    if (!((x[k] ?? NaN) > (x[k - 1] ?? NaN))) return `x does not ascend at ${k}`;
    if (!((y[k] ?? NaN) >= (y[k - 1] ?? NaN))) return `y falls at ${k}`;
  }
  return null;
}

function clamped(value: number): number {
  return value < 0 ? 0 : value > 1 ? 1 : value;
}

function interpolated(at: number, x: readonly number[], y: readonly number[]): number {
  if (Number.isNaN(at)) return NaN;
  const last = x.length - 1;
  if (at <= x[0]) return y[0];
  if (at >= x[last]) return y[last];
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (x[middle] <= at) low = middle;
    else high = middle;
  }
  return y[low] + ((y[high] - y[low]) * (at - x[low])) / (x[high] - x[low]);
}
