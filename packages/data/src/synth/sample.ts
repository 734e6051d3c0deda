import { fileURLToPath } from 'node:url';
import type { SynthesiseOptions } from './synthesise.ts';

/** The market that ships with the project: made up, and marked as such. `synthesise` with this recipe gives the very files again. */
export const SAMPLE: Omit<SynthesiseOptions, 'root'> = {
  symbols: ['SYNBTCUSDT', 'SYNETHUSDT', 'SYNSOLUSDT'],
  interval: '5m',
  from: Date.UTC(2025, 0, 1),
  days: 60,
  seed: 20_250_101,
};

/** Data root of the sample, found from this file wherever the process was started. */
export const SAMPLE_ROOT: string = fileURLToPath(new URL('../../../../datasets/sample', import.meta.url));
