/** Least time of several repetitions; ns of CPU (user and system, all threads) and of the clock. */
export interface Timing {
  readonly cpuNs: number;
  readonly wallNs: number;
}
export interface Measured<T> {
  readonly value: T;
  readonly timing: Timing;
}

/**
 * Runs `once` `repetitions` times and keeps the least CPU and the least clock time, each for itself: noise only ever adds.
 * @throws Error when two repetitions give different values
 */
export async function measure<T>(repetitions: number, once: () => T | Promise<T>): Promise<Measured<T>> {
  const run = async (): Promise<Measured<T>> => {
    const clock = performance.now();
    const cpu = process.cpuUsage();
    const value = await once();
    const used = process.cpuUsage(cpu);
    return { value, timing: { cpuNs: (used.user + used.system) * 1000, wallNs: (performance.now() - clock) * 1e6 } };
  };
  let best = await run();
  const expected = JSON.stringify(best.value);
  for (let k = 1; k < repetitions; k++) {
    const { value, timing } = await run();
    if (JSON.stringify(value) !== expected)
      throw new Error(`repetition ${k + 1} came to ${JSON.stringify(value)}, the first to ${expected}`);
    best = {
      value,
      timing: { cpuNs: Math.min(best.timing.cpuNs, timing.cpuNs), wallNs: Math.min(best.timing.wallNs, timing.wallNs) },
    };
  }
  return best;
}
