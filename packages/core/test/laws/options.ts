import type { Parameters } from 'fast-check';

/** A fixed seed, so that a build does not fail by chance; ORRERY_FC_SEED and ORRERY_FC_RUNS vary it. */
export function runs<T>(numRuns: number): Parameters<T> {
  return {
    seed: Number(process.env['ORRERY_FC_SEED'] ?? 20_240_101),
    numRuns: Number(process.env['ORRERY_FC_RUNS'] ?? numRuns),
  };
}
