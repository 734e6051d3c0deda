import { existsSync } from 'node:fs';
import type { Interval, ModelReference } from '@orrery/core';
import { InputError } from '@orrery/data';
import { oneOf, readRunFile, textSchema, timeSchema } from '@orrery/data/run';
import { z } from 'zod';
import { accountSchema, intervalSchema, modelsSchema, type AccountTerms, type LiveMode } from '../storage/session-record.ts';

/** What a promotion stands on beside its backtest. */
export type Evidence =
  /** Paper runs need none. */
  | { readonly kind: 'backtest' }
  /** A paper run of the same strategy, parameters and symbols, verified when the promotion was made. */
  | { readonly kind: 'paper'; readonly runId: string; readonly digest: string; readonly frames: number }
  /** Somebody said aloud that there is none. */
  | { readonly kind: 'none' };

/** Shape of `promotions/<id>.json`: everything that decides what a live run will do, as it was when somebody approved it. */
export interface Promotion {
  readonly schema: 'orrery.promotion/1';
  readonly id: string;
  readonly target: LiveMode;
  /** By this machine's clock, ms UTC. */
  readonly promotedAt: number;
  /** The backtest, and the digest that a fresh run of it gave. */
  readonly run: { readonly runId: string; readonly digest: string };
  readonly evidence: Evidence;
  /** `hash` is over the strategy's source and all that it imports but the core. */
  readonly strategy: { readonly id: string; readonly file: string | null; readonly hash: string };
  readonly params: Readonly<Record<string, number | boolean | string>>;
  /** Canonical texts of the strategy's features. */
  readonly features: readonly string[];
  /** Models that it asks, with the SHA-256 of each file. */
  readonly models: readonly ModelReference[];
  readonly symbols: readonly string[];
  readonly interval: Interval;
  readonly dataset: { readonly digest: string; readonly synthetic: boolean };
  readonly account: AccountTerms;
  /** `core` is the SHA-256 of the core's source. */
  readonly versions: { readonly orrery: string; readonly node: string; readonly core: string };
  /** SHA-256 over all of the above. */
  readonly seal: string;
}

const param = z.union([z.number(), z.boolean(), z.string()]);
const evidence = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('backtest') }),
  z.object({ kind: z.literal('paper'), runId: textSchema, digest: textSchema, frames: z.int().min(1) }),
  z.object({ kind: z.literal('none') }),
]);
const schema: z.ZodType<Promotion> = z.object({
  schema: z.literal('orrery.promotion/1'),
  id: textSchema,
  target: oneOf<LiveMode>({ paper: 'paper', demo: 'demo', live: 'live' }),
  promotedAt: timeSchema,
  run: z.object({ runId: textSchema, digest: textSchema }),
  evidence,
  strategy: z.object({ id: textSchema, file: textSchema.nullable(), hash: textSchema }),
  params: z.record(z.string(), param),
  features: z.array(textSchema),
  models: modelsSchema,
  symbols: z.array(textSchema).min(1),
  interval: intervalSchema,
  dataset: z.object({ digest: textSchema, synthetic: z.boolean() }),
  account: accountSchema,
  versions: z.object({ orrery: textSchema, node: textSchema, core: textSchema }),
  seal: textSchema,
});

/** @throws InputError naming the file and the field that is wrong; whether its parts still hold is asked of {@link checkPromotion} */
export function parsePromotion(file: string): Promotion {
  if (!existsSync(file)) throw new InputError(`${file}: no such file; name one that orrery promote wrote`);
  return readRunFile(file, schema, 'promote the run again');
}
