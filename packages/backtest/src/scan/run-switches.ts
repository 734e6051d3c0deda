/** How a run is computed. None of these changes a result: equal digests are held by tests. */
export interface RunSwitches {
  /** Features go on from where they were (true), or are computed anew from the first candle each time. */
  readonly incrementalCache: boolean;
  /** Candles and features are kept in a mapped file instead of memory. */
  readonly memoryMapped: boolean;
  /** Threads that compute the features of the symbols; 1: the run's own. */
  readonly workers: number;
}

export const DEFAULT_SWITCHES: RunSwitches = { incrementalCache: true, memoryMapped: false, workers: 1 };

/** What is wrong with switches that are each in range, or null. */
export function switchesFault({ incrementalCache, memoryMapped, workers }: RunSwitches): string | null {
  if (workers > 1 && memoryMapped)
    return `--workers ${workers} and memory-mapped storage exclude each other: give --workers 1, or turn enable-memory-mapped-storage off`;
  if (workers > 1 && !incrementalCache)
    return `--workers ${workers} and a run without the incremental cache exclude each other: give --workers 1, or turn enable-incremental-cache on`;
  return null;
}
