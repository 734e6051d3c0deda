import { formatSats, parseSats, type Instrument, type Sats } from '@orrery/core';
import type { BinanceRest } from '../exchange/binance-rest.ts';
import { ENDPOINTS } from '../exchange/endpoints.ts';
import { accountConfigSchema, anySchema, balanceSchema, symbolConfigSchema } from '../exchange/rest-schemas.ts';
import { VenueError } from '../exchange/venue-error.ts';
import type { GatewayOptions } from './execution-gateway.ts';

/** "No need to change margin type." */
const SAME_MARGIN_TYPE = -4046;

/**
 * Checks that the account is in one-way mode with single-asset margin and holds what the run counts on, and sets leverage and margin type where they differ.
 * @throws VenueError of kind `halt` when the account is not as it must be
 */
export async function prepareAccount(
  rest: BinanceRest,
  options: Pick<GatewayOptions, 'instruments' | 'leverage' | 'marginType' | 'leastBalance'>,
): Promise<void> {
  const config = await rest.read(ENDPOINTS.accountConfig, {}, accountConfigSchema);
  if (config.dualSidePosition) throw wrong('the account is in hedge mode; switch it to one-way mode');
  if (config.multiAssetsMargin === true) throw wrong('the account is in multi-assets mode; switch it to single-asset mode');
  if (config.canTrade === false) throw wrong('the account may not trade; enable futures trading for it');
  if (options.leastBalance !== undefined) await checkBalance(rest, options.leastBalance);
  const marginType = options.marginType === 'isolated' ? 'ISOLATED' : 'CROSSED';
  for (const { symbol } of options.instruments satisfies readonly Instrument[]) {
    const [now] = (await rest.read(ENDPOINTS.symbolConfig, { symbol }, symbolConfigSchema)).filter((row) => row.symbol === symbol);
    if (now?.marginType !== marginType) await set(rest, 'setMarginType', { symbol, marginType });
    if (now?.leverage !== options.leverage) await set(rest, 'setLeverage', { symbol, leverage: options.leverage });
  }
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

async function set(
  rest: BinanceRest,
  name: 'setMarginType' | 'setLeverage',
  params: Readonly<Record<string, string | number>>,
): Promise<void> {
  try {
    await rest.read(ENDPOINTS[name], params, anySchema);
  } catch (error) {
    if (error instanceof VenueError && error.code === SAME_MARGIN_TYPE) return;
    if (error instanceof VenueError && error.kind === 'refused') throw wrong(`${String(params['symbol'])}: ${error.message}`);
    throw error;
  }
}

function wrong(message: string): VenueError {
  return new VenueError('halt', message, { problem: 'account' });
}
