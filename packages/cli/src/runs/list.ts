import { EXIT } from '../exit-code.ts';
import { table } from '../terminal/table.ts';
import type { Flags, VerbContext } from '../verb.ts';
import { readRuns, runsFolder } from './store.ts';
import { timeText } from './text.ts';

/** Lists every run; a broken one gets its line on stderr and makes the exit code 1. */
export function run(_flags: Flags, context: VerbContext): number {
  const folder = runsFolder(context);
  const { runs, broken } = readRuns(folder);
  for (const line of broken) context.log(line);
  context.document({
    schema: 'orrery.runs/1',
    runs: runs.map(({ result, writtenAt, folder: at }) => ({
      runId: result.runId,
      folder: at,
      writtenAt: Math.round(writtenAt),
      strategy: result.config.strategy,
      symbols: result.config.symbols,
      interval: result.config.interval,
      trades: result.trades.length,
      startEquity: result.account.startEquity,
      endEquity: result.account.endEquity,
      digest: result.digest,
    })),
    broken,
  });
  const rows = runs.map(({ result, writtenAt }) => [
    result.runId,
    timeText(writtenAt),
    result.config.strategy,
    `${result.config.symbols.slice(0, 3).join(',')}${result.config.symbols.length > 3 ? ` +${result.config.symbols.length - 3}` : ''}`,
    result.config.interval,
    String(result.trades.length),
    result.account.endEquity,
    result.digest.slice(0, 12),
  ]);
  const head = ['run', 'written (UTC)', 'strategy', 'symbols', 'interval', 'trades', 'end equity', 'digest'];
  context.print(runs.length === 0 ? `no runs under ${folder}` : table(head, rows, [5, 6]));
  return broken.length === 0 ? EXIT.fine : EXIT.failed;
}
