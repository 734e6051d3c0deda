import type { ReportInput } from '../src/index.ts';

/** The same run of a strategy that reads these features. */
export function withFeatures(run: ReportInput, features: readonly string[]): ReportInput {
  return { ...run, result: { ...run.result, config: { ...run.result.config, features } } };
}
