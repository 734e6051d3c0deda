import type { Interval } from '@orrery/core';
import { download, parsePeriod } from '@orrery/data';
import { createProgress } from '../terminal/progress.ts';
import type { Flags, VerbContext } from '../verb.ts';

/** Where the demo reads its candles. */
export interface DemoSource {
  readonly root: string;
  readonly symbols: readonly string[];
  readonly interval: Interval;
  readonly text: string;
}

const SYMBOLS = ['BTCUSDT', 'ETHUSDT', 'SOLUSDT'];

/** Fetches a whole month from Binance's public archive: the one before last, which is certain to be there. */
export async function realMonth(flags: Flags, context: VerbContext): Promise<DemoSource> {
  const today = new Date();
  const start = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - 2, 1));
  const month = flags.string('month') ?? start.toISOString().slice(0, 7);
  const { start: from, end: to } = parsePeriod('--month', month);
  const progress = createProgress('downloading');
  await download({
    root: context.dataRoot,
    symbols: SYMBOLS,
    interval: '5m',
    from,
    to,
    baseUrl: flags.string('base-url'),
    restUrl: flags.string('rest-url'),
    signal: context.signal,
    onProgress: ({ files, filesTotal, doneBytes }) => progress.update(files, filesTotal, `${(doneBytes / 1e6).toFixed(1)} MB`),
  }).finally(() => progress.finish());
  return {
    root: context.dataRoot,
    symbols: SYMBOLS,
    interval: '5m',
    text: `${SYMBOLS.join(', ')} at 5m, ${month}, from Binance's public archive`,
  };
}
