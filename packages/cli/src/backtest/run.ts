import path from 'node:path';
import {
  MappedArena,
  METRIC_DEFINITIONS,
  runBacktest,
  RunWriter,
  sharedColumns,
  type Backtest,
  type BoundsWanted,
  type JournalKind,
  type PredictionSourceOf,
  type RunRequest,
  type RunSwitches,
  type TrainedOn,
} from '@orrery/backtest';
import { batchRows, runSwitches } from '../config/run-switches.ts';
import { strategyName } from '../config/strategy-name.ts';
import { strategyParams } from '../config/strategy-params.ts';
import { renderSummary, writeReport } from '@orrery/report';
import { createProgress } from '../terminal/progress.ts';
import type { Flags, VerbContext } from '../verb.ts';
import { requiredInterval } from '../interval-flag.ts';
import { outFile } from '../out-file.ts';
import { blamed } from './blame.ts';
import { candleLoader } from './candles.ts';
import { modelsRoot } from '../models/root.ts';
import { chooseModels, tellMissing } from './models.ts';
import { loadRunMarket } from './market.ts';
import { chosenMarket } from './chosen-symbols.ts';
import { boundsText } from './bounds-text.ts';
import { buildRequest } from './request.ts';
import { within } from './within.ts';
import { runsFolder } from '../runs/store.ts';
import { chooseStrategy } from './strategy.ts';

/** What a backtest is kept as. */
export interface KeepOptions {
  readonly runs: string;
  readonly journal: JournalKind;
  readonly strategyFile: string | null;
  /** Answers of the strategy's models; not there for one that reads none. */
  readonly predictions?: PredictionSourceOf | undefined;
  readonly trainedOn?: readonly TrainedOn[] | undefined;
  readonly dataRoot: string;
  /** Default: by the number of symbols. */
  readonly blockRows?: number | undefined;
  readonly bounds?: BoundsWanted;
  readonly switches?: RunSwitches;
}

/** Runs a backtest and puts it into its folder; a failure or Ctrl-C leaves no folder. */
export async function runAndKeep(
  request: RunRequest,
  options: KeepOptions,
  context: VerbContext,
): Promise<{ readonly backtest: Backtest; readonly folder: string }> {
  const arena = options.switches?.memoryMapped === true ? new MappedArena() : undefined;
  const allocate = arena?.allocate ?? ((options.switches?.workers ?? 1) > 1 ? sharedColumns : undefined);
  const market = await loadRunMarket(options.dataRoot, request, allocate);
  const progress = createProgress('backtest');
  // Watched before there is anything to clear away.
  const { signal } = context;
  const writer = new RunWriter(options.runs, options.journal);
  try {
    const backtest = await runBacktest(request, market, {
      recorders: writer.recorders,
      blockRows: options.blockRows,
      predictions: options.predictions,
      trainedOn: options.trainedOn,
      switches: options.switches,
      arena,
      ...(options.bounds === undefined ? {} : { bounds: options.bounds }),
      signal,
      onProgress: (done, total) => progress.update(done, total),
    });
    return { backtest, folder: await writer.commit(backtest, options.strategyFile, options.dataRoot) };
  } catch (error) {
    writer.discard();
    throw blamed(error, options.strategyFile);
  } finally {
    progress.finish();
    arena?.close();
  }
}

/** The verb `backtest`. */
export async function run(flags: Flags, context: VerbContext): Promise<void> {
  const interval = requiredInterval(flags);
  const given = flags.string('report');
  const report = given === undefined ? null : outFile('--report', given);
  const chosen = await chooseStrategy(strategyName('backtest', flags, context));
  const models = await chooseModels(chosen.strategy, flags.list('model'), modelsRoot(context), batchRows(context));
  const { references, predictions, trainedOn } = models;
  const params = strategyParams(chosen.strategy, interval, flags, context);
  const request = buildRequest(flags, { chosen, params, models: references, interval, ...(await chosenMarket(flags, interval, context)) });
  const keep: KeepOptions = {
    runs: runsFolder(context),
    journal: flags.text('journal') as JournalKind,
    strategyFile: chosen.file,
    predictions,
    trainedOn,
    dataRoot: context.dataRoot,
    blockRows: flags.number('block-rows') === undefined ? undefined : within(flags, 'block-rows', 1, 1_000_000, true),
    bounds: flags.text('fills') === 'bounds' ? 'always' : 'ambiguous',
    switches: runSwitches(context),
  };
  tellMissing(models.missing, context);
  const { backtest, folder } = await runAndKeep(request, keep, context);
  const { result } = backtest;
  context.document(result);
  context.print(renderSummary(result, METRIC_DEFINITIONS).trimEnd());
  const { bounds, account } = result;
  if (bounds !== null) context.print(`bounds   ${boundsText(bounds, account.startEquity)}`);
  context.print(`run      ${path.relative(process.cwd(), folder) || folder}`);
  if (report === null) return;
  const file = await writeReport(folder, {
    definitions: METRIC_DEFINITIONS,
    loadCandles: candleLoader(context.dataRoot),
    file: report,
  });
  context.print(`report   ${file}`);
}
