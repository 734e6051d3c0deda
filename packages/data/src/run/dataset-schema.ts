import type { DatasetReference } from '@orrery/core';
import { z } from 'zod';
import { countSchema, flagSchema, textSchema, timeSchema } from './field-schemas.ts';

const symbol = z.object({
  symbol: textSchema,
  interval: textSchema,
  rows: countSchema,
  first: timeSchema,
  last: timeSchema,
  gaps: countSchema,
  fundingRows: countSchema,
  source: textSchema,
  digest: textSchema,
});

/** The data that a run read, as it stands in `result.json` and `manifest.json`. */
export const datasetSchema: z.ZodType<DatasetReference> = z.object({ digest: textSchema, synthetic: flagSchema, symbols: z.array(symbol) });
