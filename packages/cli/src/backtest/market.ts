import type { RunManifest } from '@orrery/backtest';
import type { ColumnAllocator, Interval, RunConfig } from '@orrery/core';
import { loadMarket, type Market } from '@orrery/data';
import { parseInterval } from '../interval-flag.ts';
import type { VerbContext } from '../verb.ts';

/**
 * The market that a run's configuration names.
 * @param allocate where its candles lie; null: in memory
 */
export function loadRunMarket(
  root: string,
  { symbols, interval, from, to, venue }: Pick<RunConfig, 'symbols' | 'interval' | 'from' | 'to'> & Partial<Pick<RunConfig, 'venue'>>,
  allocate: ColumnAllocator | null = null,
): Promise<Market> {
  return loadMarket({
    root,
    symbols,
    interval: parseInterval('interval', interval),
    from: from ?? undefined,
    to: to ?? undefined,
    fine: fineOf(venue?.fine ?? null),
    universe: venue?.universe ?? null,
    allocate,
  });
}

function fineOf(text: string | null): Interval | 'auto' | null {
  return text === null || text === 'auto' ? text : parseInterval('fine', text);
}

/** Where a stored run's data lies: where the run read it, unless --data, ORRERY_DATA or the configuration file says that it has moved. */
export function dataRootOf(manifest: RunManifest, { settings, dataRoot }: VerbContext): string {
  return settings.get('data').source === 'default' ? manifest.dataRoot : dataRoot;
}
