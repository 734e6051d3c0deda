import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { DatasetReference, RunConfig } from '@orrery/core';
import { InputError } from '@orrery/data';
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
  readonly files: { readonly 'result.json': string; readonly 'series.json': string };
  /** SHA-256 of all of the above: a manifest that was edited does not pass for the run's. */
  readonly seal: string;
}

const config = z.object({
  strategy: z.string(),
  strategyHash: z.string().nullable(),
  params: z.record(z.string(), z.union([z.number(), z.boolean(), z.string()])),
  features: z.array(z.string()),
  symbols: z.array(z.string()),
  interval: z.string(),
  from: z.number().nullable(),
  to: z.number().nullable(),
  seed: z.number(),
  equity: z.string(),
  makerFeeBps: z.number(),
  takerFeeBps: z.number(),
  slippageBps: z.number(),
  fills: z.enum(['pessimistic', 'heuristic', 'optimistic']),
  maxLeverage: z.number(),
});
const manifestShape = z.object({
  schema: z.literal('orrery.manifest/1'),
  runId: z.string(),
  mode: z.literal('backtest'),
  digest: z.string(),
  journal: z.object({ kind: z.enum(['full', 'hash']), entries: z.number(), chain: z.string().nullable() }),
  strategy: z.object({ id: z.string(), file: z.string().nullable(), hash: z.string().nullable() }),
  config,
  dataset: z.object({
    digest: z.string(),
    synthetic: z.boolean(),
    symbols: z.array(
      z.object({
        symbol: z.string(),
        interval: z.string(),
        rows: z.number(),
        first: z.number(),
        last: z.number(),
        gaps: z.number(),
        fundingRows: z.number(),
        source: z.string(),
        digest: z.string(),
      }),
    ),
  }),
  dataRoot: z.string(),
  versions: z.record(z.string(), z.string()),
  files: z.object({ 'result.json': z.string(), 'series.json': z.string() }),
  seal: z.string(),
});

/** SHA-256, in hex. */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** The manifest with its seal. */
export function sealed(manifest: Omit<RunManifest, 'seal'>): RunManifest {
  return { ...manifest, seal: sha256(JSON.stringify(manifest)) };
}

/** @throws InputError naming the file and the field that is wrong, or when it was changed since it was written */
export function readManifest(folder: string): RunManifest {
  const file = path.join(folder, 'manifest.json');
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new InputError(`${file}: ${(error as Error).message}; run the backtest again`, { cause: error });
  }
  const parsed = manifestShape.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new InputError(`${file}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? 'has another shape'}; run the backtest again`);
  }
  const { seal, ...rest } = value as RunManifest;
  if (sha256(JSON.stringify(rest)) !== seal) {
    throw new InputError(`${file}: was changed since the run was written, its seal is broken; restore it, or run the backtest again`);
  }
  return parsed.data;
}
