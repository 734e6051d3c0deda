import { INTERVAL_MS } from '@orrery/core';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decimalsOf } from '../dataset/decimals.ts';
import { findGaps, gapBetween, type Gap } from '../dataset/gaps.ts';
import { datasetFolder, datasetName, type DatasetKey } from '../dataset/key.ts';
import { CLOSE, concatRows, FUNDING, KLINES, lowerBound, OPEN, sliceRows, VOLUME, type Rows, type RowSchema } from '../dataset/rows.ts';
import { monthOf, nextMonth } from '../dataset/time.ts';
import { InputError } from '../input-error.ts';
import { decodeArrow, encodeArrow } from './arrow-file.ts';
import { discard, stage, type Staged } from './commit.ts';
import { formatManifest, MANIFEST_FILE, readManifest, type Manifest, type ManifestFile, type Source, type Synthetic } from './manifest.ts';
import { mergeParts, type Part } from './merge.ts';
import { sha256 } from './sha256.ts';

/** New rows for a dataset, from one source. */
export interface SourcedPart extends Part {
  readonly source: Source;
}

/** What staging a dataset led to. `staged` is empty when the store already had every row. */
export interface StagedDataset {
  readonly key: DatasetKey;
  readonly manifest: Manifest;
  readonly staged: readonly Staged[];
  /** Rows that the store did not have. */
  readonly added: number;
}

/** Schema of a dataset's rows. */
export function schemaOf(key: DatasetKey): RowSchema {
  return key.kind === 'fundingRate' ? FUNDING : KLINES;
}

/** Checks that a stored file is the one that the manifest describes, and reads its rows. */
export async function readStoredFile(root: string, key: DatasetKey, file: ManifestFile): Promise<Rows> {
  const path = join(datasetFolder(root, key), file.name);
  const bytes = await readFile(path);
  if (bytes.length !== file.bytes || sha256(bytes) !== file.sha256) {
    throw new InputError(
      `${path}: sha-256 differs from the one in ${MANIFEST_FILE}, so the file was changed or damaged; delete its folder and import it again`,
    );
  }
  return decodeArrow(bytes, schemaOf(key), path);
}

/**
 * Writes the months that new rows touch beside their places, and the manifest after them. The caller holds the symbol's lock,
 * and commits or discards. On failure nothing stays behind.
 * @throws InputError when rows contradict stored ones (unless `replace`), or made-up rows would be mixed with real ones.
 */
export async function stageDataset(
  root: string,
  key: DatasetKey,
  parts: readonly SourcedPart[],
  options: { readonly replace: boolean; readonly synthetic: Synthetic | null; readonly signal?: AbortSignal | undefined },
): Promise<StagedDataset> {
  const stored = await readManifest(root, key);
  if (stored !== null && JSON.stringify(stored.synthetic) !== JSON.stringify(options.synthetic)) {
    throw new InputError(
      `${datasetName(key)}: ${describe(options.synthetic)} rows cannot be added to ${describe(stored.synthetic)} ones; use another --data folder`,
    );
  }
  const ordered = [...parts].sort((a, b) => a.rows.time[0] - b.rows.time[0]);
  const touched = await readTouched(root, key, stored, ordered);
  const stretches = mergeParts(schemaOf(key), [...touched.parts, ...(options.replace ? parts : ordered)], options.replace);
  const writes: Promise<Staged>[] = [];
  const files = new Map((stored?.files ?? []).map((file) => [file.name, file]));
  let gaps = (stored?.gaps ?? []).filter((gap) => isInside(gap, stored?.files ?? [], touched.names));
  try {
    for (const month of splitMonths(stretches)) {
      options.signal?.throwIfAborted();
      const name = `${monthOf(month.time[0])}.arrow`;
      gaps = [...gaps, ...findGaps(key, month)];
      const before = touched.rows.get(name);
      if (before !== undefined && sameRows(before, month)) continue;
      const { file, pieces } = await describeMonth(name, month, mergeSources(files.get(name), ordered, month));
      files.set(name, file);
      const write = stage(join(datasetFolder(root, key), name), pieces);
      write.catch(() => undefined);
      writes.push(write);
    }
    const manifest = createManifest(key, [...files.values()], gaps, options.synthetic);
    const staged = await Promise.all(writes);
    if (staged.length > 0) staged.push(await stage(join(datasetFolder(root, key), MANIFEST_FILE), formatManifest(manifest)));
    return { key, manifest, staged, added: manifest.rows - (stored?.rows ?? 0) };
  } catch (cause) {
    for (const write of await Promise.allSettled(writes)) if (write.status === 'fulfilled') await discard([write.value]);
    throw cause;
  }
}

function describe(synthetic: Synthetic | null): string {
  return synthetic === null ? 'imported' : `synthetic (seed ${synthetic.seed})`;
}

/** Stored rows of the months that new rows fall into, for the merge. */
async function readTouched(
  root: string,
  key: DatasetKey,
  stored: Manifest | null,
  parts: readonly SourcedPart[],
): Promise<{ parts: Part[]; rows: Map<string, Rows>; names: Set<string> }> {
  const names = new Set(parts.flatMap(({ rows }) => splitMonths([rows]).map((month) => `${monthOf(month.time[0])}.arrow`)));
  const rows = new Map<string, Rows>();
  const found: Part[] = [];
  for (const file of stored?.files ?? []) {
    if (!names.has(file.name)) continue;
    const month = await readStoredFile(root, key, file);
    rows.set(file.name, month);
    found.push({ rows: month, place: () => `the store (${join(datasetFolder(root, key), file.name)})` });
  }
  return { parts: found, rows, names };
}

/** A stored gap that lies within a month which is not written anew; the others are found again. */
function isInside(gap: Gap, files: readonly ManifestFile[], touched: ReadonlySet<string>): boolean {
  return files.some((file) => !touched.has(file.name) && gap.from > file.first && gap.to < file.last);
}

/** Rows month by month. Memory is only copied for a month that several stretches have a share in. */
function splitMonths(stretches: readonly Rows[]): Rows[] {
  const months: Rows[][] = [];
  let end = -Infinity;
  for (const rows of stretches) {
    for (let from = 0; from < rows.length;) {
      const isNew = rows.time[from] >= end;
      if (isNew) end = nextMonth(rows.time[from]);
      const to = lowerBound(rows, end);
      const piece = sliceRows(rows, from, to);
      if (isNew) months.push([piece]);
      else months[months.length - 1].push(piece);
      from = to;
    }
  }
  return months.map((pieces) => (pieces.length === 1 ? pieces[0] : concatRows(pieces[0].schema, pieces)));
}

function sameRows(a: Rows, b: Rows): boolean {
  if (a.length !== b.length) return false;
  for (let r = 0; r < a.length; r++) {
    if (a.time[r] !== b.time[r]) return false;
    for (let c = 0; c < a.columns.length; c++) if (a.columns[c][r] !== b.columns[c][r]) return false;
  }
  return true;
}

async function describeMonth(name: string, month: Rows, sources: readonly Source[]): Promise<{ file: ManifestFile; pieces: Uint8Array[] }> {
  const pieces = await encodeArrow(month);
  const bytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const isFunding = month.schema.id === 'funding';
  let priceDecimals = 0;
  if (!isFunding) for (let c = OPEN; c <= CLOSE; c++) priceDecimals = decimalsOf(month.columns[c], 0, month.length, priceDecimals);
  const volumeDecimals = isFunding ? 0 : decimalsOf(month.columns[VOLUME], 0, month.length);
  const [first, last] = [month.time[0], month.time[month.length - 1]];
  const file = { name, rows: month.length, first, last, bytes, sha256: sha256(pieces), priceDecimals, volumeDecimals };
  return { file: { ...file, sources: [...sources] }, pieces };
}

/** Sources of a month: those it had, and those that now brought rows of it. */
function mergeSources(before: ManifestFile | undefined, parts: readonly SourcedPart[], month: Rows): Source[] {
  const sources = [...(before?.sources ?? [])];
  const [first, last] = [month.time[0], month.time[month.length - 1]];
  for (const { rows, source } of parts) {
    const at = lowerBound(rows, first);
    if (at >= rows.length || rows.time[at] > last) continue;
    if (!sources.some(({ name, sha256 }) => name === source.name && sha256 === source.sha256)) sources.push(source);
  }
  return sources;
}

function createManifest(key: DatasetKey, unordered: readonly ManifestFile[], inner: readonly Gap[], synthetic: Synthetic | null): Manifest {
  const files = [...unordered].sort((a, b) => a.first - b.first);
  const between = files.slice(1).map((file, f) => gapBetween(key, files[f].last, file.first, monthStep(key)));
  const gaps = [...inner, ...between.filter((gap) => gap !== null)].sort((a, b) => a.from - b.from);
  return {
    schema: 'orrery.dataset/1',
    market: 'binance-um',
    symbol: key.symbol,
    kind: key.kind,
    interval: key.interval,
    synthetic,
    rows: files.reduce((sum, file) => sum + file.rows, 0),
    first: files[0].first,
    last: files[files.length - 1].last,
    priceDecimals: Math.max(...files.map((file) => file.priceDecimals)),
    volumeDecimals: Math.max(...files.map((file) => file.volumeDecimals)),
    gaps,
    files,
  };
}

/** Between months the interval of funding is not known from the manifest; 8 hours is the venue's longest. */
function monthStep(key: DatasetKey): number {
  return key.interval === null ? 8 * 3_600_000 : INTERVAL_MS[key.interval];
}
