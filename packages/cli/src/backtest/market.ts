import type { RunManifest } from '@orrery/backtest';
import type { RunConfig } from '@orrery/core';
import { loadMarket, type Market } from '@orrery/data';
import { parseInterval } from '../interval-flag.ts';
import type { Flags, VerbContext } from '../verb.ts';

/** The market that a run's configuration names. */
export function loadRunMarket(root: string, config: Pick<RunConfig, 'symbols' | 'interval' | 'from' | 'to'>): Promise<Market> {
  const { symbols, interval, from, to } = config;
  return loadMarket({ root, symbols, interval: parseInterval('interval', interval), from: from ?? undefined, to: to ?? undefined });
}

/** Where a stored run's data lies: where the run read it, unless --data or ORRERY_DATA says that it has moved. */
export function dataRootOf(manifest: RunManifest, flags: Flags, context: VerbContext): string {
  const isMoved = flags.string('data') !== undefined || (context.env['ORRERY_DATA'] ?? '') !== '';
  return isMoved ? context.dataRoot : manifest.dataRoot;
}
