import { setTimeout as sleep } from 'node:timers/promises';

/** Pauses between tries: they double from the first to the longest. */
export interface Backoff {
  readonly firstMs: number;
  readonly longestMs: number;
}

/** The pause after the `tried`-th try (from 0), ms. */
export function pauseMs(backoff: Backoff, tried: number): number {
  return Math.min(backoff.firstMs * 2 ** Math.min(tried, 30), backoff.longestMs);
}

/** Waits; ends early, without an error, when the signal is aborted. */
export async function wait(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => {});
}
