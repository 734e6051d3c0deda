import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { SignalSummary } from '@orrery/core';
import { boundsText } from '../backtest/bounds-text.ts';
import { table } from '../terminal/table.ts';
import type { Flags, VerbContext } from '../verb.ts';
import { findRun, runsFolder } from './store.ts';
import { metricText, timeText } from './text.ts';

/** Shows one run; with `--json` its whole result. */
export async function run(flags: Flags, context: VerbContext): Promise<void> {
  const { folder, result } = findRun(runsFolder(context), flags.text('run'));
  context.document(result);
  const { config, account } = result;
  const { venue } = config;
  const pairs: (readonly [string, string])[] = [
    ['run', result.runId],
    ['folder', folder],
    ['digest', result.digest],
    ['dataset', `${result.dataset.digest}${result.dataset.synthetic ? ' (synthetic)' : ''}`],
    ['strategy', `${config.strategy}${config.strategyHash === null ? '' : ` (source ${config.strategyHash.slice(0, 12)})`}`],
    ...Object.entries(config.params).map(([name, value]) => [`  ${name}`, String(value)] as const),
    ...config.models.map(({ name, id, hash }) => ['model', `${name}: ${id} (hash ${hash.slice(0, 12)})`] as const),
    ['symbols', `${config.symbols.join(', ')} at ${config.interval}`],
    ...result.dataset.symbols.map(
      ({ symbol, first, last, gaps }) => [`  ${symbol}`, `${timeText(first)} to ${timeText(last)} UTC, ${gaps} gaps`] as const,
    ),
    ['fees', `taker ${config.takerFeeBps} bps, maker ${config.makerFeeBps} bps, slippage ${config.slippageBps} bps`],
    ['margin', `${venue.marginMode}, ${venue.hedgeMode ? 'hedge' : 'one-way'}, ${venue.leverage}x`],
    ['fills', `${config.fills}, ${result.ambiguousCandles} ambiguous candles`],
    ...(result.bounds === null ? [] : [['bounds', boundsText(result.bounds, account.startEquity)] as const]),
    ['equity', `${account.startEquity} → ${account.endEquity} USDT`],
    ['paid', `fees ${account.fees}, funding ${account.funding} received`],
    ['liquidated', `${account.liquidations}, clearance fees ${account.liquidationFees}, ${account.absorbed} absorbed`],
    ['trades', String(result.trades.length)],
    ...signalPairs(result.signals ?? null),
    ...(await samplePairs(folder)),
    ...Object.entries(result.metrics).map(([name, value]) => [`  ${name}`, metricText(value)] as const),
  ];
  context.print(table(['', ''], pairs).trimStart());
  for (const warning of result.warnings) context.print(`warning: ${warning}`);
}

function signalPairs(signals: SignalSummary | null): readonly (readonly [string, string])[] {
  if (signals === null) return [];
  const { raised, accepted, virtual } = signals;
  return [
    ['signals', `${raised.long} long, ${raised.short} short; accepted ${accepted.long} and ${accepted.short}`],
    ['virtual', `${virtual.closed.long + virtual.closed.short} closed, ${virtual.won.long + virtual.won.short} won, ${virtual.open} open`],
  ];
}

/** Arrow is loaded only for a run that has samples. */
async function samplePairs(folder: string): Promise<readonly (readonly [string, string])[]> {
  const file = path.join(folder, 'samples.arrow');
  if (!existsSync(file)) return [];
  const { decodeSamples } = await import('@orrery/data');
  return [['samples', `${decodeSamples(readFileSync(file), file).length} in samples.arrow, for orrery train --from-run`]];
}
