import { formatSats, parseSats, type Sats } from '@orrery/core';
import type { BinanceRest, Params } from '../exchange/binance-rest.ts';
import { ENDPOINTS } from '../exchange/endpoints.ts';
import {
  accountConfigSchema,
  anySchema,
  balanceSchema,
  bracketsSchema,
  positionsSchema,
  symbolConfigSchema,
} from '../exchange/rest-schemas.ts';
import { VenueError } from '../exchange/venue-error.ts';
import type { GatewayOptions } from './execution-gateway.ts';

/** “No need to change margin type”, “No need to change position side”. */
const SAME = new Set([-4046, -4059]);

export type AccountTerms = Pick<GatewayOptions, 'instruments' | 'leverage' | 'marginType' | 'leastBalance' | 'hedgeMode'>;

/**
 * Brings the account to what the run counts on: single-asset margin and enough of it are checked; position mode, margin type and
 * leverage are set where they differ and nothing is held. A leverage beyond what a symbol allows is the most that it allows (MARG-7).
 * @param changed leverage that the run has set itself, by instrument; 0 where it has not
 * @returns leverage by instrument
 * @throws VenueError of kind `halt` when the account is not as it must be
 */
export async function prepareAccount(rest: BinanceRest, options: AccountTerms, changed: readonly number[]): Promise<readonly number[]> {
  const config = await rest.read(ENDPOINTS.accountConfig, {}, accountConfigSchema);
  if (config.multiAssetsMargin === true) throw wrong('the account is in multi-assets mode; switch it to single-asset mode');
  if (config.canTrade === false) throw wrong('the account may not trade; enable futures trading for it');
  if (options.leastBalance !== undefined) await checkBalance(rest, options.leastBalance);
  const isHedged = options.hedgeMode === true;
  if (config.dualSidePosition !== isHedged) await setPositionMode(rest, isHedged);
  const leverages: number[] = [];
  for (const { id, symbol } of options.instruments) leverages.push(await prepareSymbol(rest, symbol, options, changed[id] ?? 0));
  return leverages;
}

async function prepareSymbol(rest: BinanceRest, symbol: string, { leverage, marginType }: AccountTerms, changed: number): Promise<number> {
  const type = marginType === 'isolated' ? 'ISOLATED' : 'CROSSED';
  const asked = changed === 0 ? leverage : changed;
  const now = (await rest.read(ENDPOINTS.symbolConfig, { symbol }, symbolConfigSchema)).find((row) => row.symbol === symbol);
  const wanted = now?.leverage === asked ? asked : Math.min(asked, await mostLeverage(rest, symbol));
  if (now?.marginType === type && now.leverage === wanted) return wanted;
  if (now !== undefined && (await isHeld(rest, symbol)))
    throw wrong(
      `${symbol}: the venue has a position at ${now.leverage}x ${now.marginType}, and the run counts on ${wanted}x ${type}; close it, or set them by hand`,
    );
  if (now?.marginType !== type) await set(rest, 'setMarginType', { symbol, marginType: type });
  if (now?.leverage !== wanted) await set(rest, 'setLeverage', { symbol, leverage: wanted });
  return wanted;
}

/** Infinity where the venue does not say. */
async function mostLeverage(rest: BinanceRest, symbol: string): Promise<number> {
  const rows = await rest.read(ENDPOINTS.leverageBracket, { symbol }, bracketsSchema);
  const row = rows.find((one) => one.symbol === symbol);
  return row === undefined ? Infinity : Math.max(...row.brackets.map(({ initialLeverage }) => initialLeverage));
}

async function isHeld(rest: BinanceRest, symbol: string): Promise<boolean> {
  const rows = await rest.read(ENDPOINTS.positions, {}, positionsSchema);
  return rows.some((row) => row.symbol === symbol && Number(row.positionAmt) !== 0);
}

async function setPositionMode(rest: BinanceRest, isHedged: boolean): Promise<void> {
  const [there, here] = isHedged ? ['one-way', 'hedge'] : ['hedge', 'one-way'];
  await change(rest, 'setPositionMode', { dualSidePosition: String(isHedged) }, (reason) =>
    wrong(`the account is in ${there} mode and could not be switched to ${here} mode: ${reason}; close positions and orders, or switch it`),
  );
}

/** Positions are sized by what the run counts on: with less in the account, its risk would be another than the one that was tested. */
async function checkBalance(rest: BinanceRest, least: Sats): Promise<void> {
  const rows = await rest.read(ENDPOINTS.balance, {}, balanceSchema);
  const available = parseSats(rows.find(({ asset }) => asset === 'USDT')?.availableBalance ?? '0');
  if (available >= least) return;
  throw wrong(
    `the account has ${formatSats(available)} USDT available and the run counts on ${formatSats(least)}; transfer the rest, or promote a run with less equity`,
  );
}

async function set(rest: BinanceRest, name: 'setMarginType' | 'setLeverage', params: Params): Promise<void> {
  await change(rest, name, params, (reason) => wrong(`${String(params['symbol'])}: ${reason}`));
}

async function change(
  rest: BinanceRest,
  name: 'setMarginType' | 'setLeverage' | 'setPositionMode',
  params: Params,
  refused: (reason: string) => VenueError,
): Promise<void> {
  try {
    await rest.read(ENDPOINTS[name], params, anySchema);
  } catch (error) {
    if (!(error instanceof VenueError)) throw error;
    if (error.code !== null && SAME.has(error.code)) return;
    throw error.kind === 'refused' ? refused(error.message) : error;
  }
}

function wrong(message: string): VenueError {
  return new VenueError('halt', message, { problem: 'account' });
}
