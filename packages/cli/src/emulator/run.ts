import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { FillPath } from '@orrery/core';
import { startEmulator, type EmulatorOptions, type Pace } from '@orrery/emulator';
import { parseEquity } from '@orrery/backtest';
import { loadRunMarket } from '../backtest/market.ts';
import { chosenSymbols } from '../backtest/chosen-symbols.ts';
import { chosenRange } from '../backtest/request.ts';
import { chosenFees, chosenVenue } from '../backtest/venue-request.ts';
import { within } from '../backtest/within.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { InputError } from '../input-error.ts';
import { requiredInterval } from '../interval-flag.ts';
import type { Flags, VerbContext } from '../verb.ts';
import { faultRates } from './fault-rates.ts';

/** Runs an emulated exchange until Ctrl-C, which is its ordinary end. */
export async function run(flags: Flags, context: VerbContext): Promise<ExitCode> {
  const options = await readOptions(flags, context);
  const { signal } = context;
  const emulator = await startEmulator(options);
  const { apiKey, secret, pace } = options;
  context.document({ schema: 'orrery.emulator/1', url: emulator.url, streamUrl: emulator.streamUrl, apiKey, secret, pace: pace.kind });
  for (const warning of options.market.warnings) context.log(`orrery: ${warning}`);
  context.print(`REST       ${emulator.url}`);
  context.print(`streams    ${emulator.streamUrl}/public, /market and /private`);
  context.print(`key        ${apiKey}`);
  context.print(`secret     ${secret}`);
  context.print(
    `ccxt       replace https://fapi.binance.com in urls.api by ${emulator.url}; urls.api.ws.future = ${emulator.streamUrl}/ws`,
  );
  if (pace.kind === 'follow') {
    context.print(
      `market     waits: POST ${emulator.url}/emulator/v1/idle with {"frame": 0, "event": 0} starts it, docs/emulator.md says the rest`,
    );
  }
  context.print(`state      ${emulator.url}/emulator/v1/state; Ctrl-C ends it`);
  const ended = new AbortController();
  void emulator.finished.then(
    () => context.log('orrery: the last candle has closed; the emulator goes on answering'),
    (error: unknown) => ended.abort(error),
  );
  const stop = AbortSignal.any([signal, ended.signal]);
  if (!stop.aborted) await once(stop, 'abort');
  await emulator.close();
  if (ended.signal.aborted) throw ended.signal.reason;
  return EXIT.fine;
}

async function readOptions(flags: Flags, context: VerbContext): Promise<EmulatorOptions> {
  const interval = requiredInterval(flags);
  const range = chosenRange(flags);
  const startEquity = flags.text('equity');
  parseEquity(startEquity);
  const fees = chosenFees(flags);
  const { makerFeeBps, takerFeeBps } = fees;
  const numbers = {
    port: within(flags, 'port', 0, 65_535, true),
    seed: within(flags, 'seed', 0, Number.MAX_SAFE_INTEGER, true),
    makerFeeBps,
    takerFeeBps,
    slippageBps: within(flags, 'slippage-bps', 0, 1000),
  };
  const warmupFrames = within(flags, 'warmup', 0, 10_000_000, true);
  const pace = readPace(flags);
  const rates = faultRates('--fault', flags.list('fault'));
  const symbols = await chosenSymbols(flags, interval, context);
  const market = await loadRunMarket(context.dataRoot, { symbols, interval, ...range });
  const unlimited = { weightPerMinute: 1e9, ordersPerMinute: 1e9, ordersPerTenSeconds: 1e9 };
  return {
    market,
    interval,
    startEquity,
    ...numbers,
    pace,
    fills: flags.text('fills') as FillPath,
    venue: chosenVenue(flags, interval, fees, null),
    faults: { rates },
    settings: { warmupFrames, limits: flags.text('limits') === 'none' ? unlimited : undefined },
    apiKey: context.env['EMULATOR_API_KEY'] || randomBytes(32).toString('hex'),
    secret: context.env['EMULATOR_API_SECRET'] || randomBytes(32).toString('hex'),
  };
}

function readPace(flags: Flags): Pace {
  const text = flags.text('pace');
  if (text === 'follow') return { kind: 'follow', patienceMs: within(flags, 'patience', 0.001, 3600) * 1000 };
  const factor = Number(text);
  if (!(factor > 0 && factor <= 1_000_000)) throw new InputError(`--pace ${text}: takes follow, or a number above 0 up to 1000000`);
  return { kind: 'speed', factor };
}
