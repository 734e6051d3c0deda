import { parseArgs } from 'node:util';

export interface BenchArguments {
  /** A hundredth of the candles and two repetitions: to see that all of it works, not how fast. */
  readonly quick: boolean;
  readonly json: boolean;
  /** Set in a child process: the one case to measure. */
  readonly only: string | undefined;
}

/** @throws TypeError for an unknown flag */
export function parseBenchArguments(args: readonly string[]): BenchArguments {
  const { values } = parseArgs({
    args: [...args],
    options: { quick: { type: 'boolean', default: false }, json: { type: 'boolean', default: false }, only: { type: 'string' } },
  });
  return { quick: values.quick, json: values.json, only: values.only };
}
