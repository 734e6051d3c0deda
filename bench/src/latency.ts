/** How long decisions took, ms. */
export interface Latency {
  readonly p50: number;
  readonly p99: number;
}

/**
 * The smallest of the values that at least this share of them does not exceed (nearest rank); 0 where there are none.
 * @param share above 0, at most 1
 */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
}

/** Notes when a frame left the venue and when each order for it came in. The first frames, while code is still being compiled, are left out. */
export class LatencyRecorder {
  readonly latencies: number[] = [];
  readonly #warmUp: number;
  #frames = 0;
  #since = 0;

  /** @param warmUp frames that do not count */
  constructor(warmUp: number) {
    this.#warmUp = warmUp;
  }
  /** All candles of a frame have been sent. */
  frame(): void {
    this.#frames += 1;
    this.#since = performance.now();
  }
  /** An order request has come in. */
  order(): void {
    if (this.#frames > this.#warmUp) this.latencies.push(performance.now() - this.#since);
  }
}
