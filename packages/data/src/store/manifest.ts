import { INTERVALS, type Interval } from '@orrery/core';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Gap } from '../dataset/gaps.ts';
import { datasetFolder, datasetName, KINDS, type DatasetKey, type Kind } from '../dataset/key.ts';
import { InputError } from '../input-error.ts';
import { isMissing } from './is-missing.ts';

export const MANIFEST_FILE = 'dataset.json';

/** Where rows came from. */
export interface Source {
  /** File name or address. */
  readonly name: string;
  /** SHA-256 of the source's own bytes; null where it has none (answers of an API). */
  readonly sha256: string | null;
}
export interface ManifestFile {
  /** `<YYYY-MM>.arrow` */
  readonly name: string;
  readonly rows: number;
  readonly first: number;
  readonly last: number;
  readonly bytes: number;
  readonly sha256: string;
  /** Decimals that the file's prices and volumes need. */
  readonly priceDecimals: number;
  readonly volumeDecimals: number;
  readonly sources: readonly Source[];
}
/** Who made the rows, when they are not the venue's. */
export interface Synthetic {
  readonly generator: string;
  readonly seed: number;
}
/** `dataset.json`: what a dataset holds and where it came from. */
export interface Manifest {
  readonly schema: 'orrery.dataset/1';
  readonly market: 'binance-um';
  readonly symbol: string;
  readonly kind: Kind;
  /** null for funding. */
  readonly interval: Interval | null;
  /** Set when the rows were made by `synthesise` and never traded. */
  readonly synthetic: Synthetic | null;
  readonly rows: number;
  /** Times of the first and the last row (candles: open times), ms UTC. */
  readonly first: number;
  readonly last: number;
  readonly priceDecimals: number;
  readonly volumeDecimals: number;
  readonly gaps: readonly Gap[];
  readonly files: readonly ManifestFile[];
}

const count: z.ZodType<number> = z.int().nonnegative();
const hash: z.ZodType<string> = z.string().regex(/^[0-9a-f]{64}$/);
const fileSchema: z.ZodType<ManifestFile> = z.strictObject({
  name: z.string().regex(/^\d{4}-\d\d\.arrow$/),
  rows: z.int().positive(),
  first: z.int(),
  last: z.int(),
  bytes: z.int().positive(),
  sha256: hash,
  priceDecimals: count,
  volumeDecimals: count,
  sources: z.array(z.strictObject({ name: z.string(), sha256: hash.nullable() })),
});
const manifestSchema: z.ZodType<Manifest> = z.strictObject({
  schema: z.literal('orrery.dataset/1'),
  market: z.literal('binance-um'),
  symbol: z.string(),
  kind: z.enum(KINDS),
  interval: z.enum(INTERVALS).nullable(),
  synthetic: z.strictObject({ generator: z.string(), seed: z.int() }).nullable(),
  rows: z.int().positive(),
  first: z.int(),
  last: z.int(),
  priceDecimals: count,
  volumeDecimals: count,
  gaps: z.array(z.strictObject({ from: z.int(), to: z.int(), missing: z.int().positive() })),
  files: z.array(fileSchema).min(1),
});

/**
 * The manifest of a dataset, or null when the store does not have it.
 * @throws InputError when the file is damaged or belongs to another dataset.
 */
export async function readManifest(root: string, key: DatasetKey): Promise<Manifest | null> {
  const path = join(datasetFolder(root, key), MANIFEST_FILE);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    if (isMissing(cause)) return null;
    throw cause;
  }
  const manifest = parseManifest(path, text);
  if (manifest.symbol !== key.symbol || manifest.kind !== key.kind || manifest.interval !== key.interval) {
    throw new InputError(`${path}: describes another dataset than ${datasetName(key)}; folders of the store must not be renamed`);
  }
  return manifest;
}

/** Stable text: the same manifest is the same bytes. */
export function formatManifest(manifest: Manifest): string {
  return `${JSON.stringify(manifest, null, 1)}\n`;
}

function parseManifest(path: string, text: string): Manifest {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new InputError(`${path}: is not JSON; delete the folder and import the dataset again`);
  }
  const parsed = manifestSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new InputError(
    `${path}: field ${issue?.path.join('.') ?? '?'}: ${issue?.message ?? 'invalid'}; delete the folder and import the dataset again`,
  );
}
