import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createInstrument, type InstrumentId, type RateE8, type SymbolFilters } from '@orrery/core';
import { chooseBrackets, nearestSnapshot, readBracketSnapshot } from '@orrery/data';
import {
  checkMode,
  checkPromotion,
  createBinance,
  liveFiles,
  newSession,
  readPromotion,
  readSession,
  runLiveSession,
  type Binance,
  type LiveMode,
  type Promotion,
  type SessionRecord,
} from '@orrery/live';
import { readKeys } from '@orrery/data';
import { blamed } from '../backtest/blame.ts';
import { storedModels, tellMissing } from '../backtest/models.ts';
import { within } from '../backtest/within.ts';
import { batchRows } from '../config/run-switches.ts';
import { InputError } from '../input-error.ts';
import { modelsRoot } from '../models/root.ts';
import { findRunFolder, isLiveRun, runsFolder } from '../runs/store.ts';
import type { Flags, VerbContext } from '../verb.ts';
import { acknowledgeTo } from './acknowledge.ts';
import { presentParts } from './present-parts.ts';
import { checkPromotedSettings } from './check-settings.ts';
import { LivePrinter } from './printer.ts';
import { checkTestnet, checkTradingEnabled, chosenMode, millisFlag, urlFlag, venueUrls } from './settings.ts';

/** A run to be begun or gone on with. */
interface Start {
  readonly promotionFile: string;
  readonly promotion: Promotion;
  readonly mode: LiveMode;
  /** The folder of a run that is there, or null. */
  readonly folder: string | null;
}

/** The verb `live`. */
export async function run(flags: Flags, context: VerbContext): Promise<void> {
  const start = chosenStart(flags, context);
  const { promotion, promotionFile, mode, folder } = start;
  checkTradingEnabled(mode, context);
  const acknowledge = flags.string('acknowledge');
  const address = acknowledge === undefined ? undefined : urlFlag('--acknowledge', acknowledge, ['http:', 'https:']);
  const { strategy, definition, parts, missing } = await presentParts(promotion);
  checkPromotion(promotionFile, promotion, parts);
  checkPromotedSettings(promotion, definition, flags, context);
  const models = await storedModels(promotion.models, flags.list('model'), modelsRoot(context), batchRows(context));
  const keys = mode === 'paper' ? undefined : await readKeys({ file: flags.string('keys'), env: context.env });
  if (mode !== 'paper' && keys === undefined)
    throw new InputError(`--mode ${mode}: needs an API key: set BINANCE_API_KEY and BINANCE_API_SECRET, or give --keys FILE`);
  const { signal } = context;
  const binance = await createBinance({
    symbols: promotion.symbols,
    interval: promotion.interval,
    urls: venueUrls(flags, mode),
    keys,
    recvWindow: within(flags, 'recv-window', 100, 60_000, true),
    weightLimit: within(flags, 'weight-limit', 1, 1_000_000_000),
    env: { ...context.env, TRADING_ENABLED: String(context.settings.boolean('trading-enabled')) },
  });
  try {
    const session = await sessionOf(start, flags, binance, context.dataRoot);
    const at = folder ?? path.join(runsFolder(context), session.runId);
    const printer = new LivePrinter(context, session.filters.map(instrumentOf));
    context.log(`orrery: ${session.runId}: ${mode}, ${session.symbols.join(', ')} at ${session.interval}, in ${at}`);
    tellMissing(missing, context);
    const end = await runLiveSession({
      folder: at,
      session: folder === null ? session : null,
      promotion: readFileSync(promotionFile, 'utf8'),
      strategy,
      predictions: models(strategy),
      feed: binance.feed,
      gateway: (own) => {
        const { leverage, marginMode, hedgeMode } = promotion.account.venue;
        return binance.gateway({ ...own, leverage, marginType: marginMode === 'isolated' ? 'isolated' : 'crossed', hedgeMode });
      },
      deadlineMs: millisFlag(flags, 'deadline'),
      maxOrderAgeMs: millisFlag(flags, 'max-order-age'),
      incrementalCache: context.settings.boolean('enable-incremental-cache'),
      liftHalt: flags.boolean('lift-halt'),
      signal,
      onFrame: (status) => printer.frame(status),
      onProblem: (problem, isHalting) => printer.problem(problem, isHalting),
      onIdle: address === undefined ? undefined : acknowledgeTo(address, signal),
    });
    printer.end(end);
  } catch (error) {
    throw blamed(error, promotion.strategy.file);
  } finally {
    await binance.close();
  }
}

/** @throws InputError unless exactly one of `--promotion` and `--run` says what to run */
function chosenStart(flags: Flags, context: VerbContext): Start {
  const given = flags.string('promotion');
  const id = flags.string('run');
  if (given !== undefined && id !== undefined)
    throw new InputError('--promotion and --run: give --promotion to begin a run, --run to go on with one');
  if (id !== undefined) {
    const folder = existsSync(path.join(id, 'session.json')) ? path.resolve(id) : findRunFolder(runsFolder(context), id);
    if (!isLiveRun(folder)) throw new InputError(`--run ${id}: is no live run; begin one with --promotion`);
    const files = liveFiles(folder);
    const { mode } = readSession(files);
    checkTestnet(id, mode, context);
    const asked = flags.string('mode');
    if (asked !== undefined && asked !== mode)
      throw new InputError(`--mode ${asked}: the run is a ${mode} run; begin another with --promotion`);
    if ((flags.number('history') ?? 0) !== 0) throw new InputError('--history: was fixed when the run began; leave it out with --run');
    return { promotionFile: files.promotion, promotion: readPromotion(files.promotion), mode, folder };
  }
  if (given === undefined) throw new InputError('--promotion is missing: promote a run first, see orrery promote --help');
  if (flags.boolean('lift-halt')) throw new InputError('--lift-halt: goes with --run');
  const promotionFile = path.resolve(given);
  const promotion = readPromotion(promotionFile);
  const mode = chosenMode(flags, context, promotion.target);
  checkMode(promotion, mode);
  return { promotionFile, promotion, mode, folder: null };
}

/** The record of the run: the one that is there, held against the venue, or a new one. */
async function sessionOf(start: Start, flags: Flags, binance: Binance, dataRoot: string): Promise<SessionRecord> {
  const { promotion, mode, folder } = start;
  // Who waits to be told is an emulator, whose market has a time of its own.
  const isEmulated = flags.string('acknowledge') !== undefined;
  const history = flags.number('history') ?? 0;
  if (!Number.isSafeInteger(history) || history < 0 || history > 100_000)
    throw new InputError(`--history ${history}: takes a whole number from 0 to 100000`);
  const filters = await binance.feed.filters(promotion.symbols);
  if (folder === null) {
    const bracketed = await withBrackets(filters, promotion.dataset.synthetic, dataRoot);
    return newSession(promotion, { mode, history, filters: bracketed, now: isEmulated ? 0 : Date.now() });
  }
  const session = readSession(liveFiles(folder));
  const changed = session.filters.find(({ tickSize, stepSize }, id) => !isSame(filters[id], tickSize, stepSize));
  if (changed === undefined) return session;
  throw new InputError(`${changed.symbol}: the venue has changed its tick or step since run ${session.runId} began; begin a new run`);
}

/** The venue states its brackets to no one without a key: those of the newest table are taken, as in a backtest over these days. */
async function withBrackets(filters: readonly SymbolFilters[], isSynthetic: boolean, dataRoot: string): Promise<readonly SymbolFilters[]> {
  const snapshot = await readBracketSnapshot(await nearestSnapshot(dataRoot, 'brackets', Date.now()));
  return filters.map((one) => ({ ...one, brackets: chooseBrackets(one.symbol, snapshot, isSynthetic).brackets }));
}

function isSame(now: SymbolFilters | undefined, tickSize: string, stepSize: string): boolean {
  return Number(now?.tickSize) === Number(tickSize) && Number(now?.stepSize) === Number(stepSize);
}

/** For showing quantities alone. */
function instrumentOf(filters: SymbolFilters, id: number): ReturnType<typeof createInstrument> {
  return createInstrument(id as InstrumentId, filters, { maker: 0 as RateE8, taker: 0 as RateE8 });
}
