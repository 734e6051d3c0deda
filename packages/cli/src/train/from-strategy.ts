import type { Interval } from '@orrery/core';
import { loadMarket, type Market } from '@orrery/data';
import { barrierLabels, buildSamples, collectSignals, defaultFeatures, featureColumns, type ModelOrigin } from '@orrery/ml-train';
import { blamed } from '../backtest/blame.ts';
import { chosenSymbols } from '../backtest/chosen-symbols.ts';
import { chosenRange } from '../backtest/request.ts';
import { chooseStrategy, type ChosenStrategy } from '../backtest/strategy.ts';
import { strategyName } from '../config/strategy-name.ts';
import { strategyParams } from '../config/strategy-params.ts';
import { InputError } from '../input-error.ts';
import { requiredInterval } from '../interval-flag.ts';
import type { Flags, VerbContext } from '../verb.ts';
import { barrierSettings, modelName } from './settings.ts';
import type { OnStage, TrainingSource } from './source.ts';

/** The entry signals of a strategy on stored candles, labelled by barriers; what a training will need is read before it begins. */
export async function sourceFromStrategy(flags: Flags, context: VerbContext): Promise<(onStage: OnStage) => Promise<TrainingSource>> {
  const interval = requiredInterval(flags);
  const barriers = barrierSettings(flags);
  const texts = flags.list('feature');
  const columns = featureColumns(texts.length > 0 ? texts : defaultFeatures(interval));
  const chosen = await chooseStrategy(trainedStrategy(flags, context));
  const name = modelName(flags.string('name'), chosen.strategy.id);
  const params = strategyParams(chosen.strategy, interval, flags, context);
  if (flags.list('symbols').length === 0) given(undefined, 'symbols');
  const symbols = await chosenSymbols(flags, interval, context);
  const { from, to } = chosenRange(flags);
  const market = await loadMarket({ root: context.dataRoot, symbols, interval, from: from ?? undefined, to: to ?? undefined });
  for (const warning of market.warnings) context.log(`warning: ${warning}`);
  const { signal } = context;
  const request = { strategy: chosen.strategy, strategyHash: chosen.hash, params, symbols, interval };
  return async (onStage) => {
    const onProgress = (done: number, total: number): void => onStage('watching', done, total);
    const { signals, denied } = await collectSignals(market, request, { signal, onProgress }).catch((error: unknown) => {
      throw blamed(error, chosen.file);
    });
    if (denied > 0) context.log(`warning: ${denied} orders of the strategy were denied while its signals were noted; a backtest says why`);
    const { samples, counts } = buildSamples(market, interval, signals, columns, barriers);
    const origin = { ...originOf(name, market, interval, chosen, params), labels: barrierLabels(barriers, counts), rows: counts.samples };
    const { signals: all, wins, takeProfit, stopLoss, time, unfinished, warmingUp } = counts;
    const line = `samples      ${counts.samples} of ${all} signals, ${wins} wins (take-profit ${takeProfit}, stop-loss ${stopLoss}, time ${time}; dropped: ${unfinished} unfinished, ${warmingUp} in warm-up)`;
    return { samples, interval, origin, counts: { ...counts }, line };
  };
}

function trainedStrategy(flags: Flags, context: VerbContext): string {
  if (context.settings.text('strategy-mode') === null) return given(flags.string('strategy'), 'strategy');
  return strategyName('train', flags, context);
}

function given(text: string | undefined, name: string): string {
  if (text !== undefined) return text;
  throw new InputError(`--${name} is missing: give it, or the runs to learn from with --from-run; see orrery train --help`);
}

function originOf(
  name: string,
  market: Market,
  interval: Interval,
  { strategy, hash }: ChosenStrategy,
  params: Readonly<Record<string, unknown>>,
): Omit<ModelOrigin, 'labels' | 'rows'> {
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
  };
}
