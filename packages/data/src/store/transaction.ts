import { datasetFolder, type DatasetKey } from '../dataset/key.ts';
import { commit, discard, inParallel, recoverCommits, removeLeftovers } from './commit.ts';
import { lockSymbol, type Release } from './lock.ts';
import type { Synthetic } from './manifest.ts';
import { stageDataset, type SourcedPart, type StagedDataset } from './write-dataset.ts';

/** New rows of one dataset, all of them. */
export interface Batch {
  readonly key: DatasetKey;
  readonly parts: readonly SourcedPart[];
}
export interface StoreOptions {
  /** Data root; datasets land in `<root>/binance-um`. */
  readonly root: string;
  /** New rows overwrite different stored ones. Default false: that is refused. */
  readonly replace?: boolean | undefined;
  /** Set for rows that were made up. */
  readonly synthetic?: Synthetic | undefined;
  /** Another process's lock is waited for this long, ms. Default 30,000. */
  readonly lockWaitMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

const LOCK_WAIT_MS = 30_000;
/** Datasets that are written while the next ones are being parsed. */
const IN_FLIGHT = 8;

/**
 * Adds batches to the store: all of them, or, after any failure or cancellation, none. Each dataset may come once.
 * @throws InputError when rows contradict stored ones.
 */
export async function storeBatches(
  symbols: readonly string[],
  batches: AsyncIterable<Batch> | Iterable<Batch>,
  options: StoreOptions,
): Promise<readonly StagedDataset[]> {
  await recoverCommits(options.root);
  const releases = await lockAll([...new Set(symbols)].sort(), options);
  try {
    const staged = await stageAll(batches, options);
    await commit(
      options.root,
      staged.flatMap((dataset) => dataset.staged),
      options.signal,
    );
    return staged;
  } finally {
    await inParallel(releases, (release) => release());
  }
}

async function stageAll(batches: AsyncIterable<Batch> | Iterable<Batch>, options: StoreOptions): Promise<StagedDataset[]> {
  const { root, signal } = options;
  const started: Promise<StagedDataset>[] = [];
  try {
    for await (const { key, parts } of batches) {
      signal?.throwIfAborted();
      const run = async (): Promise<StagedDataset> => {
        await removeLeftovers(datasetFolder(root, key));
        return stageDataset(root, key, parts, { replace: options.replace ?? false, synthetic: options.synthetic ?? null, signal });
      };
      const dataset = run();
      // A failure is thrown below, in order; until then it must not count as unhandled.
      dataset.catch(() => undefined);
      started.push(dataset);
      if (started.length > IN_FLIGHT) await started[started.length - 1 - IN_FLIGHT];
    }
    const staged: StagedDataset[] = [];
    for (const dataset of started) staged.push(await dataset);
    return staged;
  } catch (cause) {
    for (const dataset of await Promise.allSettled(started)) if (dataset.status === 'fulfilled') await discard(dataset.value.staged);
    throw cause;
  }
}

/** Tries all at once; when one is taken, waits for each in name order, so that two processes cannot wait for one another. */
async function lockAll(symbols: readonly string[], options: StoreOptions): Promise<Release[]> {
  const { root, signal } = options;
  const releases: Release[] = [];
  try {
    await inParallel(symbols, async (symbol) => void releases.push(await lockSymbol(root, symbol, 0, signal)));
    return releases;
  } catch {
    await inParallel(releases.splice(0), (release) => release());
  }
  try {
    for (const symbol of symbols) releases.push(await lockSymbol(root, symbol, options.lockWaitMs ?? LOCK_WAIT_MS, signal));
    return releases;
  } catch (cause) {
    await inParallel(releases, (release) => release());
    throw cause;
  }
}
