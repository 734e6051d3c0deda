import type { LiveMode, VenueUrls } from '@orrery/live';
import { InputError } from '../input-error.ts';
import type { Flags, VerbContext } from '../verb.ts';

/** The venue's test system (BINANCE USDⓈ-M demo trading). */
const DEMO: VenueUrls = { rest: 'https://demo-fapi.binance.com', stream: 'wss://demo-fstream.binance.com' };

/**
 * The mode of a new run: `--mode`, else demo where BINANCE_TESTNET=true, else what was approved.
 * @throws InputError when flag and setting contradict each other
 */
export function chosenMode(flags: Flags, context: Pick<VerbContext, 'settings'>, approved: LiveMode): LiveMode {
  const testnet = context.settings.get('binance-testnet');
  const isTestnet = testnet.value === true;
  const given = flags.string('mode') as LiveMode | undefined;
  if (isTestnet && (given ?? approved) === 'live' && given !== undefined)
    throw new InputError(`--mode live: ${testnet.where} means demo; unset it, or give --mode demo`);
  return given ?? (isTestnet && approved === 'live' ? 'demo' : approved);
}

/** @throws InputError when a run with money would go on where the test system is asked for */
export function checkTestnet(runId: string, mode: LiveMode, context: Pick<VerbContext, 'settings'>): void {
  const { value, where } = context.settings.get('binance-testnet');
  if (value === true && mode === 'live')
    throw new InputError(`--run ${runId}: is a live run, and ${where} means demo; unset it, or go on with a demo run`);
}

/** @throws InputError unless TRADING_ENABLED=true says that orders may go out */
export function checkTradingEnabled(mode: LiveMode, context: Pick<VerbContext, 'settings'>): void {
  if (mode === 'paper' || context.settings.boolean('trading-enabled')) return;
  throw new InputError(`--mode ${mode}: orders go out only with TRADING_ENABLED=true in the environment; set it, or use --mode paper`);
}

/** Where the venue is reached. @throws InputError for half an address, or one of another kind */
export function venueUrls(flags: Flags, mode: LiveMode): VenueUrls | undefined {
  const rest = flags.string('rest-url');
  const stream = flags.string('stream-url');
  if (rest === undefined && stream === undefined) return mode === 'demo' ? DEMO : undefined;
  if (rest === undefined || stream === undefined) throw new InputError('--rest-url and --stream-url go together: give both');
  return { rest: urlFlag('--rest-url', rest, ['http:', 'https:']), stream: urlFlag('--stream-url', stream, ['ws:', 'wss:']) };
}

/** @throws InputError when the text is no address of one of these kinds */
export function urlFlag(where: string, text: string, protocols: readonly string[]): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && protocols.includes(url.protocol)) return text.replace(/\/+$/, '');
  throw new InputError(`${where} ${text}: takes an address such as ${protocols[0]}//127.0.0.1:8080`);
}

/** A number of milliseconds, or undefined where the flag is absent. @throws InputError outside of 1 ms to a week */
export function millisFlag(flags: Flags, name: string): number | undefined {
  const value = flags.number(name);
  if (value === undefined || (value >= 1 && value <= 604_800_000)) return value;
  throw new InputError(`--${name} ${value}: takes milliseconds from 1 to 604800000`);
}
