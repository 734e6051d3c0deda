import { expect } from 'vitest';
import { start, type Client, type Listener } from './client.ts';
import { closeOf, makeMarket, type Candle, type MadeSymbol } from './market.ts';

export const flat = (price: number): Candle => [price, price, price, price];

/** A client that follows frame by frame without a user stream, so that no event is waited for. */
export async function follower(
  candles: readonly Candle[],
  options: Parameters<typeof start>[0] = {},
  symbol: Partial<MadeSymbol> = {},
): Promise<Client & { frame(row: number): Promise<void> }> {
  const client = await start({ market: makeMarket([{ symbol: 'BTCUSDT', candles, ...symbol }]), ...options });
  const frame = async (row: number): Promise<void> => {
    await client.idle(row === 0 ? 0 : closeOf(row - 1));
    await expect.poll(() => client.emulator.state().framesShown, { interval: 1 }).toBe(row + 1);
  };
  return Object.assign(client, { frame });
}

/** The same with a user stream, whose events are confirmed as they come. */
export async function listener(
  candles: readonly Candle[],
  options: Parameters<typeof start>[0] = {},
  symbol: Partial<MadeSymbol> = {},
): Promise<Client & { frame(row: number): Promise<void>; readonly user: Listener }> {
  const client = await start({ market: makeMarket([{ symbol: 'BTCUSDT', candles, ...symbol }]), ...options });
  const user = await client.user();
  const frame = async (row: number): Promise<void> => {
    const before = row === 0 ? 0 : closeOf(row - 1);
    await client.idle(before);
    await expect
      .poll(
        async () => {
          await client.idle(before, user.heard.at(-1)?.E ?? 0);
          return client.emulator.state().framesShown;
        },
        { interval: 2, timeout: 5000 },
      )
      .toBe(row + 1);
    const { lastEventTime } = client.emulator.state();
    if (lastEventTime > 0) await user.until((m) => m.E >= lastEventTime);
  };
  return Object.assign(client, { frame, user });
}
