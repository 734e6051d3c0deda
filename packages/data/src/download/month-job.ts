import { INTERVAL_MS } from '@orrery/core';
import { join } from 'node:path';
import { datasetFolder, datasetName, type DatasetKey } from '../dataset/key.ts';
import type { Rows } from '../dataset/rows.ts';
import { dayOf, monthOf, nextMonth, type TimeRange } from '../dataset/time.ts';
import { parsePart } from '../import/import-files.ts';
import { unpack } from '../import/unpack.ts';
import { readManifest } from '../store/manifest.ts';
import { readStoredFile, type SourcedPart } from '../store/write-dataset.ts';
import { dropCached, fetchArchive, type ArchiveFile } from './archive.ts';
import type { HttpOptions } from './http-client.ts';
import { missingRanges } from './missing-ranges.ts';
import { fetchRest } from './rest.ts';

/** Where a month's rows may come from. */
export interface Sources {
  readonly root: string;
  readonly baseUrl: string;
  readonly restUrl: string;
  readonly http: HttpOptions;
  /** This machine's clock, which tells only what cannot be in the archive yet. */
  readonly now: number;
  /** The venue's clock; asked once, and only when REST is needed. */
  readonly serverTime: () => Promise<number>;
}
/** One month of one dataset, or the part of it that was asked for. */
export interface MonthJob {
  readonly key: DatasetKey;
  readonly range: TimeRange;
}
/** New rows of the month, and the cached files that can go once they are stored. */
export interface FetchedMonth {
  readonly parts: readonly SourcedPart[];
  readonly settle: () => Promise<void>;
}

const DAY = 86_400_000;

/** Splits a range into the months that it touches. */
export function monthJobs(key: DatasetKey, range: TimeRange): MonthJob[] {
  const jobs: MonthJob[] = [];
  for (let from = range.from; from < range.to; from = nextMonth(from)) {
    jobs.push({ key, range: { from, to: Math.min(range.to, nextMonth(from)) } });
  }
  return jobs;
}

/**
 * Fetches what the store lacks of a month: the monthly file, then daily files for days it lacks (the archive's monthly files are
 * sometimes short), then REST for the rest.
 */
export async function fetchMonth({ key, range }: MonthJob, sources: Sources): Promise<FetchedMonth> {
  const { root, baseUrl, restUrl, http, now } = sources;
  const cache = join(root, '.cache');
  const stored = await readStoredMonth(root, key, range);
  const parts: SourcedPart[] = [];
  const files: ArchiveFile[] = [];
  const missing = (): TimeRange[] => missingRanges(key, range, [...stored, ...parts.map(({ rows }) => rows)]);
  const take = async (period: string): Promise<boolean> => {
    const file = await fetchArchive(baseUrl, cache, key, period, http);
    if (file === null) return false;
    files.push(file);
    parts.push(parsePart(key, file.path, await unpack(file.path, file.bytes), { name: file.name, sha256: file.sha256 }));
    return true;
  };
  if (missing().length > 0 && nextMonth(range.from) <= now) await take(monthOf(range.from));
  if (key.interval !== null && INTERVAL_MS[key.interval] <= DAY) await takeDays(missing(), now, take);
  for (const gap of missing()) {
    const serverTime = gap.from < now + DAY ? await sources.serverTime() : 0;
    const part = gap.from < serverTime ? await fetchRest(restUrl, key, gap, serverTime, http) : null;
    if (part !== null) parts.push(part);
  }
  return { parts, settle: async () => void (await Promise.all(files.map(dropCached))) };
}

/** Daily files of the days with missing rows. Where neither the first nor the last of them exists, the days between are not asked for. */
async function takeDays(missing: readonly TimeRange[], now: number, take: (day: string) => Promise<boolean>): Promise<void> {
  const days = new Set<string>();
  for (const { from, to } of missing) {
    for (let time = Math.floor(from / DAY) * DAY; time < to && time + DAY <= now; time += DAY) days.add(dayOf(time));
  }
  const [first, ...rest] = days;
  const last = rest.pop();
  if (first === undefined) return;
  const hasFirst = await take(first);
  const hasLast = last !== undefined && (await take(last));
  if (hasFirst || hasLast) for (const day of rest) await take(day);
}

async function readStoredMonth(root: string, key: DatasetKey, range: TimeRange): Promise<Rows[]> {
  const manifest = await readManifest(root, key);
  if (manifest !== null && manifest.synthetic !== null) {
    throw new Error(`${datasetFolder(root, key)}: ${datasetName(key)} is synthetic there; download into another --data folder`);
  }
  const file = manifest?.files.find(({ name }) => name === `${monthOf(range.from)}.arrow`);
  return file === undefined ? [] : [await readStoredFile(root, key, file)];
}
