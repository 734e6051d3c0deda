import path from 'node:path';
import type { DatasetReference, RunConfig } from '@orrery/core';
import { configSchema, countSchema, datasetSchema, InputError, oneOf, readRunFile, sha256, textSchema } from '@orrery/data/run';
import { z } from 'zod';

/** Whether the journal's entries are kept, or only their digest. */
export type JournalKind = 'full' | 'hash';

/** Shape of `manifest.json`, schema `orrery.manifest/1`: everything that a fresh run must share to give the same digest. */
export interface RunManifest {
  readonly schema: 'orrery.manifest/1';
  readonly runId: string;
  readonly mode: 'backtest';
  readonly digest: string;
  /** `chain` seals journal.jsonl; null where only the digest was kept. */
  readonly journal: { readonly kind: JournalKind; readonly entries: number; readonly chain: string | null };
  readonly strategy: { readonly id: string; readonly file: string | null; readonly hash: string | null };
  readonly config: RunConfig;
  readonly dataset: DatasetReference;
  /** Where the data lay; `verify` looks there unless told otherwise. */
  readonly dataRoot: string;
  readonly versions: Readonly<Record<string, string>>;
  /** SHA-256 of the files beside it. */
  readonly files: { readonly 'result.json': string; readonly 'series.json': string; readonly [predictions: string]: string };
  /** SHA-256 of all of the above: a manifest that was edited does not pass for the run's. */
  readonly seal: string;
}

const manifestSchema: z.ZodType<RunManifest> = z.object({
  schema: z.literal('orrery.manifest/1'),
  runId: textSchema,
  mode: z.literal('backtest'),
  digest: textSchema,
  journal: z.object({ kind: oneOf<JournalKind>({ full: 'full', hash: 'hash' }), entries: countSchema, chain: textSchema.nullable() }),
  strategy: z.object({ id: textSchema, file: textSchema.nullable(), hash: textSchema.nullable() }),
  config: configSchema,
  dataset: datasetSchema,
  dataRoot: textSchema,
  versions: z.record(z.string(), textSchema),
  files: z.object({ 'result.json': textSchema, 'series.json': textSchema }).catchall(textSchema),
  seal: textSchema,
});
/** Fields as they were written, in their order: the seal is over that text, not over what the schema makes of it. */
const sealedSchema = z.looseObject({ seal: textSchema });

/** What runs had in their configuration before the venue could be set up. */
const configuredSchema = z.looseObject({ config: z.looseObject({ venue: z.unknown().optional() }) });

/**
 * Whether a run was made by a version whose simulated venue was another: without margin, brackets and liquidation.
 * @throws InputError naming the file when it is none
 */
export function isOfFormerVenue(folder: string): boolean {
  return readRunFile(path.join(folder, 'manifest.json'), configuredSchema).config.venue === undefined;
}

/** The manifest with its seal. */
export function sealed(manifest: Omit<RunManifest, 'seal'>): RunManifest {
  return { ...manifest, seal: sha256(JSON.stringify(manifest)) };
}

/** @throws InputError naming the file and the field that is wrong, or when it was changed since it was written */
export function readManifest(folder: string): RunManifest {
  const file = path.join(folder, 'manifest.json');
  const manifest = readRunFile(file, manifestSchema);
  const { seal, ...rest } = readRunFile(file, sealedSchema);
  if (sha256(JSON.stringify(rest)) !== seal) {
    throw new InputError(`${file}: was changed since the run was written, its seal is broken; restore it, or run the backtest again`);
  }
  return manifest;
}
