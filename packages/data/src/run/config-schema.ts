import type { RunConfig } from '@orrery/core';
import { z } from 'zod';
import { amountSchema, finiteSchema, oneOf, shown, textSchema, timeSchema } from './field-schemas.ts';

const param = z.union([z.number(), z.boolean(), z.string()], {
  error: (issue) => `${shown(issue.input)} is not a number, true, false or a text`,
});

/** A run's configuration, as it stands in `result.json` and `manifest.json`. */
export const configSchema: z.ZodType<RunConfig> = z.object({
  strategy: textSchema,
  strategyHash: textSchema.nullable(),
  params: z.record(z.string(), param),
  features: z.array(textSchema),
  symbols: z.array(textSchema),
  interval: textSchema,
  from: timeSchema.nullable(),
  to: timeSchema.nullable(),
  seed: finiteSchema,
  equity: amountSchema,
  makerFeeBps: finiteSchema,
  takerFeeBps: finiteSchema,
  slippageBps: finiteSchema,
  fills: oneOf<RunConfig['fills']>({ pessimistic: 'pessimistic', heuristic: 'heuristic', optimistic: 'optimistic' }),
  maxLeverage: finiteSchema,
});
