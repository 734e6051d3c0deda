import type { Parameters } from 'fast-check';

/** So many runs, unless ORRERY_FC_RUNS says otherwise; the seed is that of all properties (tools/test-seed.ts). */
export function runs<T>(numRuns: number): Parameters<T> {
  return { numRuns: Number(process.env['ORRERY_FC_RUNS'] ?? numRuns) };
}
