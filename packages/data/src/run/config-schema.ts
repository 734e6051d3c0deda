import { DEFAULT_VENUE, type RunConfig } from '@orrery/core';
import { z } from 'zod';
import { amountSchema, finiteSchema, oneOf, shown, textSchema } from './field-schemas.ts';
import { venueSchema } from './venue-schema.ts';

const param = z.union([z.number(), z.boolean(), z.string()], {
  error: (issue) => `${shown(issue.input)} is not a number, true, false or a text`,
});

/** A bound may lie before all trading: `--from 1960` means from the first candle. */
const bound = z.int({ error: (issue) => `${shown(issue.input)} is not a time in ms UTC` }).nullable();

/** A run's configuration, as it stands in `result.json` and `manifest.json`. */
export const configSchema: z.ZodType<RunConfig> = z.object({
  strategy: textSchema,
  strategyHash: textSchema.nullable(),
  params: z.record(z.string(), param),
  features: z.array(textSchema),
  // Runs of before there were models have none.
  models: z
    .array(z.object({ name: textSchema, id: textSchema, hash: textSchema, inputs: z.array(textSchema), outputs: z.array(textSchema) }))
    .default([]),
  symbols: z.array(textSchema),
  interval: textSchema,
  from: bound,
  to: bound,
  seed: finiteSchema,
  equity: amountSchema,
  makerFeeBps: finiteSchema,
  takerFeeBps: finiteSchema,
  slippageBps: finiteSchema,
  fills: oneOf<RunConfig['fills']>({ pessimistic: 'pessimistic', heuristic: 'heuristic', optimistic: 'optimistic' }),
  maxLeverage: finiteSchema,
  // Runs of before the venue had these could not be set up otherwise.
  venue: venueSchema.default(DEFAULT_VENUE),
});
