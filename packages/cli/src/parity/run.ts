import { buildStrategy, createInstruments, runBacktest, type PredictionSourceOf, type RunRequest } from '@orrery/backtest';
import {
  compareRuns,
  EntryList,
  findDivergence,
  toTicks,
  type Interval,
  type JournalEntry,
  type ParityDifference,
  type Strategy,
} from '@orrery/core';
import type { Market } from '@orrery/data';
import { entryToLine } from '@orrery/core';
import { loadRunMarket } from '../backtest/market.ts';
import { chooseModels, tellMissing } from '../backtest/models.ts';
import { chosenSymbols } from '../backtest/chosen-symbols.ts';
import { buildRequest } from '../backtest/request.ts';
import { within } from '../backtest/within.ts';
import { chooseStrategy } from '../backtest/strategy.ts';
import { batchRows } from '../config/run-switches.ts';
import { strategyName } from '../config/strategy-name.ts';
import { strategyParams } from '../config/strategy-params.ts';
import { requiredInterval } from '../interval-flag.ts';
import { modelsRoot } from '../models/root.ts';
import { createProgress } from '../terminal/progress.ts';
import { table } from '../terminal/table.ts';
import type { Flags, VerbContext } from '../verb.ts';
import { faultPlan } from './faults.ts';
import { checkParity } from './check-parity.ts';
import { firstCandles, withoutMarks } from './first-candles.ts';
import { runOverEmulator, type EmulatedEnd } from './over-emulator.ts';
import { differingTrades, tradesOf } from './trades.ts';

/** How one way of running compares with the backtest. */
interface Comparison {
  readonly mode: 'paper' | 'live';
  readonly identical: boolean;
  readonly entries: number;
  readonly trades: number;
  readonly differingTrades: number;
  readonly differences: readonly ParityDifference[];
  readonly faults: Readonly<Record<string, number>>;
  readonly problems: number;
  readonly seconds: number;
}
interface Reference {
  readonly request: RunRequest;
  readonly interval: Interval;
  readonly market: Market;
  readonly strategy: Strategy<unknown>;
  readonly predictions: PredictionSourceOf | undefined;
  readonly entries: readonly JournalEntry[];
  readonly digest: string;
}

/** The verb `parity`. */
export async function run(flags: Flags, context: VerbContext): Promise<number> {
  const faults = faultPlan(flags.list('faults'));
  const seed = within(flags, 'seed', 0, Number.MAX_SAFE_INTEGER, true);
  const modes = flags.text('mode') === 'both' ? (['paper', 'live'] as const) : [flags.text('mode') as 'paper' | 'live'];
  const reference = await backtest(flags, context, modes.includes('paper'));
  const comparisons: Comparison[] = [];
  for (const mode of modes) {
    const progress = createProgress(`parity ${mode}`);
    try {
      const end = await runOverEmulator({
        ...reference,
        mode: mode === 'paper' ? 'paper' : 'demo',
        faults,
        seed,
        incrementalCache: context.settings.boolean('enable-incremental-cache'),
        signal: context.signal,
        onProgress: (frames, total) => progress.update(frames, total),
      });
      comparisons.push(compared(mode, reference, end));
    } finally {
      progress.finish();
    }
  }
  return told(reference, comparisons, context);
}

async function backtest(flags: Flags, context: VerbContext, hasPaper: boolean): Promise<Reference> {
  const interval = requiredInterval(flags);
  const chosen = await chooseStrategy(strategyName('parity', flags, context));
  const models = await chooseModels(chosen.strategy, flags.list('model'), modelsRoot(context), batchRows(context));
  const symbols = await chosenSymbols(flags, interval, context);
  const params = strategyParams(chosen.strategy, interval, flags, context);
  const request = buildRequest(flags, { chosen, params, models: models.references, symbols, universe: null, interval });
  checkParity(request);
  const whole = await loadRunMarket(context.dataRoot, request);
  const first = firstCandles(whole, flags.number('candles'));
  const market = hasPaper ? withoutMarks(first) : first;
  tellMissing(models.missing, context);
  const list = new EntryList();
  const { result } = await runBacktest(request, market, {
    recorders: [list],
    bounds: 'never',
    predictions: models.predictions,
    signal: context.signal,
  });
  const strategy = buildStrategy(request);
  return { request, interval, market, strategy, predictions: models.predictions, entries: list.entries, digest: result.digest };
}

function compared(mode: 'paper' | 'live', reference: Reference, { entries, venue, problems, seconds }: EmulatedEnd): Comparison {
  const { request, market } = reference;
  const instruments = createInstruments(market, request);
  const last = instruments.map((instrument, id) => toTicks(instrument, market.tapes[id]?.close[(market.tapes[id]?.length ?? 0) - 1] ?? 0));
  const trades = tradesOf(reference.entries, instruments, last);
  const differing = differingTrades(trades, tradesOf(entries, instruments, last));
  const { identical, differences } = mode === 'paper' ? exactly(reference.entries, entries) : compareRuns(reference.entries, entries);
  return {
    mode,
    identical: identical && differing.length === 0,
    entries: entries.length,
    trades: trades.length,
    differingTrades: differing.length,
    differences,
    faults: venue.faults,
    problems: problems.length,
    seconds,
  };
}

/** A paper run simulates its fills as the backtest does: nothing at all may differ. */
function exactly(
  reference: readonly JournalEntry[],
  paper: readonly JournalEntry[],
): { identical: boolean; differences: readonly ParityDifference[] } {
  const divergence = findDivergence(reference, paper);
  if (divergence === null) return { identical: true, differences: [] };
  const text = (entry: JournalEntry | null): string => (entry === null ? 'the end' : entryToLine(entry));
  const example = `entry ${divergence.index + 1}: ${text(divergence.left)} against ${text(divergence.right)}`;
  return { identical: false, differences: [{ kind: 'journal', isVenueFact: false, count: 1, example }] };
}

function told({ entries, digest, market }: Reference, comparisons: readonly Comparison[], context: VerbContext): number {
  const identical = comparisons.every((comparison) => comparison.identical);
  const decisions = entries.filter(({ lane }) => lane === 'out').length;
  const candles = market.tapes.reduce((sum, { length }) => sum + length, 0);
  context.document({
    schema: 'orrery.parity/1',
    identical,
    digest,
    candles,
    decisions,
    facts: entries.length - decisions,
    trades: comparisons[0]?.trades ?? 0,
    differences: comparisons.flatMap(({ mode, differences }) => differences.map((difference) => ({ mode, ...difference }))),
    runs: comparisons,
  });
  context.print(`backtest ${digest}`);
  context.print(
    `         ${candles} candles, ${decisions} decisions, ${entries.length - decisions} facts, ${comparisons[0]?.trades ?? 0} trades`,
  );
  for (const { mode, identical: isSame, differences, differingTrades: wrong, faults, problems, seconds } of comparisons) {
    const injected = Object.values(faults).reduce((sum, count) => sum + count, 0);
    const verdict = isSame ? (mode === 'paper' ? 'identical, byte for byte' : 'the same decisions and trades') : 'DIFFERENT';
    context.print(`${mode.padEnd(8)} ${verdict} (${seconds.toFixed(1)} s, ${injected} faults on the wire, ${problems} warnings)`);
    if (wrong > 0) context.print(`         ${wrong} trades differ`);
    if (differences.length === 0) continue;
    const rows = differences.map(({ kind, isVenueFact, count }) => [kind, isVenueFact ? 'venue fact' : 'difference', String(count)]);
    context.print(table(['kind', '', 'count'], rows, [2]));
    for (const { example, isVenueFact } of differences) if (!isVenueFact) context.print(`  ${example}`);
  }
  return identical ? 0 : 1;
}
