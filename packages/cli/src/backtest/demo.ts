import path from 'node:path';
import { DEFAULT_REQUEST, METRIC_DEFINITIONS, verifyRun, type RunRequest } from '@orrery/backtest';
import { loadMarket, SAMPLE, SAMPLE_ROOT } from '@orrery/data';
import { renderSummary, writeReport } from '@orrery/report';
import { findStrategy } from '@orrery/strategies';
import { EXIT } from '../exit-code.ts';
import { runsFolder } from '../runs/store.ts';
import type { Flags, VerbContext } from '../verb.ts';
import { candleLoader } from './candles.ts';
import { runAndKeep } from './run.ts';

const STRATEGY = 'donchian-breakout';
/** Chosen for what the page then shows (brackets that end both ways, and a candle that holds both ends of one), not for profit. */
const PARAMS = { entry: 1000, exit: 500, stop: 1.5, target: 1.5, direction: 'long' } as const;

/** The main job on data that ships with Orrery: data → backtest → report → replay check. */
export async function run(flags: Flags, context: VerbContext): Promise<number> {
  const strategy = findStrategy(STRATEGY);
  if (strategy === undefined) throw new Error(`${STRATEGY} is not among the strategies`);
  const source = flags.boolean('real')
    ? await (await import('./demo-real.ts')).realMonth(flags, context)
    : { root: SAMPLE_ROOT, symbols: SAMPLE.symbols, interval: SAMPLE.interval, text: 'embedded sample: synthetic candles, no market' };
  context.log(`1/4 data      ${source.text}`);
  const request: RunRequest = {
    ...DEFAULT_REQUEST,
    strategy,
    strategyHash: null,
    params: PARAMS,
    symbols: source.symbols,
    interval: source.interval,
  };
  const runs = runsFolder(context);
  context.log(`2/4 backtest  ${STRATEGY} on ${source.symbols.join(', ')} at ${source.interval}, one account`);
  const keep = { runs, journal: 'full', strategyFile: null, dataRoot: source.root, blockRows: 4096 } as const;
  const { backtest, folder } = await runAndKeep(request, keep, context);
  context.log('3/4 report    drawing');
  const report = await writeReport(folder, { definitions: METRIC_DEFINITIONS, loadCandles: candleLoader(source.root) });
  context.log('4/4 replay    running it again from its manifest, in blocks of 7 candles');
  const { isSame } = await verifyRun(folder, {
    loadStrategy: () => Promise.resolve({ strategy, hash: null }),
    loadMarket: () => loadMarket({ root: source.root, symbols: source.symbols, interval: source.interval }),
    blockRows: 7,
    signal: context.signal,
  });
  context.document({ schema: 'orrery.demo/1', identical: isSame, run: folder, report, result: backtest.result });
  context.print('');
  context.print(renderSummary(backtest.result, METRIC_DEFINITIONS).trimEnd());
  context.print(`replay   ${isSame ? 'identical, entry by entry' : 'DIFFERENT: please report this'}`);
  context.print(`run      ${path.relative(process.cwd(), folder) || folder}`);
  context.print(`report   ${report}`);
  return isSame ? EXIT.fine : EXIT.failed;
}
