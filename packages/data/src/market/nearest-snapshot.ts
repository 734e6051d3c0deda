import { dirname, join } from 'node:path';
import { MARKET_FOLDER } from '../dataset/key.ts';
import { listFolder } from '../store/commit.ts';
import { BRACKETS_FOLDER } from './bracket-snapshot.ts';
import { DEFAULT_SNAPSHOT } from './filter-snapshot.ts';

/** Which of the venue's tables. */
export type SnapshotKind = 'filters' | 'brackets';

const SHIPPED: Readonly<Record<SnapshotKind, string>> = { filters: dirname(DEFAULT_SNAPSHOT), brackets: BRACKETS_FOLDER };
const DAY = 86_400_000;

/** Where a table fetched on a day is kept: `<root>/binance-um/brackets-2026-05-07.json`. */
export function snapshotPath(root: string, kind: SnapshotKind, day: string): string {
  return join(root, MARKET_FOLDER, `${kind}-${day}.json`);
}

/**
 * The file whose day is nearest to a time, of those that ship with the project and those under the data root. Of two equally near
 * ones the earlier, of one day the data root's.
 */
export async function nearestSnapshot(root: string, kind: SnapshotKind, time: number): Promise<string> {
  const own = dated(
    join(root, MARKET_FOLDER),
    await listFolder(join(root, MARKET_FOLDER)),
    new RegExp(`^${kind}-(\\d{4}-\\d\\d-\\d\\d)\\.json$`),
  );
  const shipped = dated(SHIPPED[kind], await listFolder(SHIPPED[kind]), /^binance-um-(\d{4}-\d\d-\d\d)\.json$/);
  const all = [...own, ...shipped].sort((a, b) => distance(a.day, time) - distance(b.day, time) || a.day - b.day);
  if (all.length === 0) throw new Error(`${SHIPPED[kind]}: the tables that ship with the project are gone; restore the folder`);
  return all[0].path;
}

interface DatedFile {
  readonly path: string;
  /** Start of the day, ms UTC. */
  readonly day: number;
}
function dated(folder: string, names: readonly string[], pattern: RegExp): DatedFile[] {
  return names.flatMap((name) => {
    const day = Date.parse(`${pattern.exec(name)?.[1] ?? ''}T00:00:00Z`);
    return Number.isNaN(day) ? [] : [{ path: join(folder, name), day }];
  });
}

/** From a time to the nearest instant of a day. */
function distance(day: number, time: number): number {
  return Math.max(0, day - time, time - (day + DAY - 1));
}
