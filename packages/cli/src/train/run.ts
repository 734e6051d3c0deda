import path from 'node:path';
import type { Interval } from '@orrery/core';
import { loadMarket, type Market } from '@orrery/data';
import {
  BoosterProcess,
  buildSamples,
  cardFold,
  collectSignals,
  defaultFeatures,
  featureColumns,
  overallMetrics,
  requireLibrary,
  trainModel,
  type ModelOrigin,
} from '@orrery/ml-train';
import { featureHash, modelOf, writeModel } from '@orrery/models';
import { blamed } from '../backtest/blame.ts';
import { chosenSymbols } from '../backtest/chosen-symbols.ts';
import { chosenRange } from '../backtest/request.ts';
import { chooseStrategy, paramValues, type ChosenStrategy } from '../backtest/strategy.ts';
import { requiredInterval } from '../interval-flag.ts';
import { modelsRoot } from '../models/root.ts';
import { createProgress } from '../terminal/progress.ts';
import type { Flags, VerbContext } from '../verb.ts';
import { barrierSettings, modelName, trainSettings } from './settings.ts';
import { trainSummary } from './summary.ts';

/** The verb `train`: nothing is written before the model has been proven, and then all of it or nothing. */
export async function run(flags: Flags, context: VerbContext): Promise<void> {
  const interval = requiredInterval(flags);
  const [barriers, settings] = [barrierSettings(flags), trainSettings(flags)];
  const texts = flags.list('feature');
  const columns = featureColumns(texts.length > 0 ? texts : defaultFeatures(interval));
  const library = requireLibrary(context.env);
  const chosen = await chooseStrategy(flags.text('strategy'));
  const name = modelName(flags.string('name'), chosen.strategy.id);
  const params = paramValues(chosen.strategy, flags.list('param'));
  const symbols = await chosenSymbols(flags, interval, context);
  const { from, to } = chosenRange(flags);
  const market = await loadMarket({ root: context.dataRoot, symbols, interval, from: from ?? undefined, to: to ?? undefined });
  for (const warning of market.warnings) context.log(`warning: ${warning}`);
  const { signal } = context;
  const bar = stages();
  const request = { strategy: chosen.strategy, strategyHash: chosen.hash, params, symbols, interval };
  const onProgress = (done: number, total: number): void => bar.update('watching', done, total);
  let booster: BoosterProcess | null = null;
  try {
    const { signals, denied } = await collectSignals(market, request, { signal, onProgress }).catch((error: unknown) => {
      throw blamed(error, chosen.file);
    });
    if (denied > 0) context.log(`warning: ${denied} orders of the strategy were denied while its signals were noted; a backtest says why`);
    const { samples, counts } = buildSamples(market, interval, signals, columns, barriers);
    const origin = originOf(name, market, interval, chosen, params, { barriers, counts });
    booster = await BoosterProcess.open(library);
    const trained = await trainModel(booster, samples, interval, origin, settings, { signal, onProgress: bar.update });
    bar.finish();
    const model = modelOf(trained.draft);
    const root = modelsRoot(flags, context);
    const id = await writeModel(root, trained.draft);
    const { hash, inputs } = model.card;
    context.document({
      schema: 'orrery.model/1',
      model: id,
      path: path.join(root, id),
      hash,
      featureHash: featureHash(inputs),
      rows: counts.samples,
      samples: counts,
      folds: trained.validation.folds.map(cardFold),
      metrics: overallMetrics(trained.validation),
      calibrationTable: trained.validation.table,
      importances: trained.importances,
      parity: { rows: trained.parity.rows, differing: trained.parity.differing },
    });
    const { signals: all, wins, takeProfit, stopLoss, time, unfinished, warmingUp } = counts;
    context.print(
      `samples      ${counts.samples} of ${all} signals, ${wins} wins (take-profit ${takeProfit}, stop-loss ${stopLoss}, time ${time}; dropped: ${unfinished} unfinished, ${warmingUp} in warm-up)\n`,
    );
    context.print(trainSummary(trained));
    context.print(`\nmodel        ${path.join(path.relative(process.cwd(), root) || '.', id)}`);
  } finally {
    bar.finish();
    booster?.close();
  }
}

function originOf(
  name: string,
  market: Market,
  interval: Interval,
  { strategy, hash }: ChosenStrategy,
  params: Readonly<Record<string, unknown>>,
  rest: Pick<ModelOrigin, 'barriers' | 'counts'>,
): ModelOrigin {
  const { datasetSymbols: sets } = market;
  const defaults = Object.entries(strategy.params).map(([key, param]) => [key, param.default] as const);
  return {
    name,
    data: {
      symbols: sets.map(({ symbol }) => symbol),
      interval,
      from: Math.min(...sets.map(({ first }) => first)),
      to: Math.max(...sets.map(({ last }) => last)) + 1,
      digests: Object.fromEntries(sets.map(({ symbol, digest }) => [symbol, digest])),
    },
    strategy: { id: strategy.id, hash, params: { ...Object.fromEntries(defaults), ...(params as ModelOrigin['strategy']['params']) } },
    ...rest,
  };
}

/** One bar after the other. */
function stages(): { readonly update: (stage: string, done: number, total: number) => void; readonly finish: () => void } {
  let now: { readonly stage: string; readonly bar: ReturnType<typeof createProgress> } | null = null;
  return {
    update(stage, done, total) {
      if (now?.stage !== stage) {
        now?.bar.finish();
        now = { stage, bar: createProgress(stage) };
      }
      now.bar.update(done, total);
    },
    finish() {
      now?.bar.finish();
      now = null;
    },
  };
}
