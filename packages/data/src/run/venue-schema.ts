import type { LimitFill, MarginMode, VenueConfig } from '@orrery/core';
import { z } from 'zod';
import { finiteSchema, oneOf, textSchema } from './field-schemas.ts';

/** How a run's venue is set up, as it stands in the files of backtests and of live runs. */
export const venueSchema: z.ZodType<VenueConfig> = z.object({
  marginMode: oneOf<MarginMode>({ cross: 'cross', isolated: 'isolated' }),
  hedgeMode: z.boolean(),
  leverage: finiteSchema,
  spreadBps: finiteSchema,
  impactBps: finiteSchema,
  maxVolumeShare: finiteSchema,
  limitFill: oneOf<LimitFill>({ through: 'through', touch: 'touch' }),
  latencyMs: z.tuple([finiteSchema, finiteSchema]),
  fine: textSchema.nullable(),
  universe: z.object({ top: finiteSchema, trailingDays: finiteSchema }).nullable(),
  feeTier: textSchema.nullable().default(null),
  bnbDiscount: z.boolean().default(false),
});
