import type { ClosedCandle, MarketFeed } from '../feed/market-feed.ts';

/** Candles asked for at a time. */
const PAGE = 1000;

/** All closed candles that open from `from` to `until`, both inclusive, ms UTC. Rejects when the venue cannot be asked. */
export async function fetchCandles(
  feed: Pick<MarketFeed, 'candles'>,
  symbol: string,
  from: number,
  until: number,
): Promise<readonly ClosedCandle[]> {
  const found: ClosedCandle[] = [];
  for (let next = from; next <= until;) {
    const page = await feed.candles(symbol, next, PAGE);
    found.push(...page.filter(({ openTime }) => openTime >= next && openTime <= until));
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE || last.closeTime < next) break;
    next = last.closeTime + 1;
  }
  return found;
}
