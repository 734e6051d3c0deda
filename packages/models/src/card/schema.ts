import { z } from 'zod';
import { calibrationFault, type Calibration } from '../calibration.ts';
import { shown } from '../input-error.ts';
import type { EngineName, ModelCard } from './card.ts';

const text = z.string({ error: (issue) => `${shown(issue.input)} is not a text` });
const finite = z.number({ error: (issue) => `${shown(issue.input)} is not a finite number` });
const count = finite
  .int({ error: (issue) => `${shown(issue.input)} is not a whole number` })
  .min(0, { error: (issue) => `${shown(issue.input)} is below 0` });
const digest = text.regex(/^[0-9a-f]{64}$/, { error: (issue) => `${shown(issue.input)} is not a SHA-256 in hex` });
const scalar = z.union([z.number(), z.boolean(), z.string(), z.null()], {
  error: (issue) => `${shown(issue.input)} is not a number, true, false, a text or null`,
});
const metrics = z.record(z.string(), finite.nullable());

/** Names that are folders on every system. */
export const NAME: RegExp = /^[a-z0-9][a-z0-9._-]{0,59}$/;

const calibration: z.ZodType<Calibration> = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('none') }),
    z.object({ kind: z.literal('platt'), a: finite, b: finite }),
    z.object({ kind: z.literal('isotonic'), x: z.array(finite), y: z.array(finite) }),
  ])
  .superRefine((value, context) => {
    const fault = calibrationFault(value);
    if (fault !== null) context.addIssue({ code: 'custom', message: fault });
  });

/** `card.json`, checked field by field. Fields that it does not know are kept, so that a card may be written on. */
export const cardSchema: z.ZodType<ModelCard> = z.looseObject({
  schema: z.literal('orrery.model/1', { error: (issue) => `${shown(issue.input)} is not "orrery.model/1"` }),
  name: text.regex(NAME, { error: (issue) => `${shown(issue.input)} is no name: take a-z, 0-9, ".", "_" and "-", at most 60` }),
  hash: digest,
  engine: z.enum({ walker: 'walker', onnxruntime: 'onnxruntime' } satisfies Record<EngineName, EngineName>, {
    error: (issue) => `${shown(issue.input)} is neither walker nor onnxruntime`,
  }),
  inputs: z.array(text).min(1, { error: () => 'is empty: name a feature for each column' }),
  featureHash: digest,
  outputs: z.tuple([z.literal('probability')], { error: (issue) => `${shown(issue.input)} is not ["probability"]` }),
  calibration,
  versions: z.record(z.string(), text),
  source: z.object({ file: text, producer: text, output: text }).optional(),
  data: z.object({ symbols: z.array(text), interval: text, from: finite, to: finite, digests: z.record(z.string(), text) }).optional(),
  strategy: z
    .object({ id: text, hash: text.nullable(), params: z.record(z.string(), z.union([z.number(), z.boolean(), z.string()])) })
    .optional(),
  runs: z.array(z.object({ runId: text, digest, samples: count })).optional(),
  labels: z.record(z.string(), scalar).optional(),
  training: z.record(z.string(), scalar).optional(),
  seed: finite.optional(),
  rows: count.optional(),
  folds: z
    .array(
      z.object({
        fold: count,
        from: finite,
        to: finite,
        trainRows: count,
        testRows: count,
        metrics,
        baselines: z.record(z.string(), metrics),
      }),
    )
    .optional(),
  metrics: metrics.optional(),
  parity: z.object({ rows: count, differing: count, engines: z.array(text) }).optional(),
});
