import { z } from 'zod';
import type { ClosedCandle } from '../feed/market-feed.ts';

/** One message of the market stream; `eventTime` is E, ms UTC. */
export type MarketEvent =
  | { readonly kind: 'candle'; readonly eventTime: number; readonly candle: ClosedCandle }
  /** An open candle, a mark price: only its time matters. */
  | { readonly kind: 'time'; readonly eventTime: number }
  | { readonly kind: 'subscribed' }
  | { readonly kind: 'refused'; readonly message: string };

const text = z.string();
const time = z.coerce.number().int();
const closedSchema = z.object({
  e: z.literal('kline'),
  E: time,
  k: z.object({ s: text, t: time, T: time, o: text, h: text, l: text, c: text, v: text, x: z.literal(true) }),
});
const eventSchema = z.object({ e: text, E: time });
const openSchema = z.object({ e: z.literal('kline'), k: z.object({ x: z.literal(false) }) });
const errorSchema = z.object({ error: z.object({ code: z.number(), msg: text }) });
const replySchema = z.object({ result: z.null(), id: z.union([z.number(), z.string()]) });

/** Reads one message of the market stream. @throws RangeError when it is not as documented. */
export function parseMarketEvent(message: unknown): MarketEvent {
  const event = eventSchema.safeParse(message);
  if (!event.success) return parseReply(message);
  const { e, E: eventTime } = event.data;
  if (e !== 'kline' || openSchema.safeParse(message).success) return { kind: 'time', eventTime };
  const closed = closedSchema.safeParse(message);
  if (!closed.success)
    throw new RangeError(`market stream: candle field ${closed.error.issues[0]?.path.join('.') ?? '?'} is not as documented`);
  const { k } = closed.data;
  const candle: ClosedCandle = {
    symbol: k.s,
    openTime: k.t,
    closeTime: k.T,
    open: k.o,
    high: k.h,
    low: k.l,
    close: k.c,
    volume: k.v,
  };
  return { kind: 'candle', eventTime, candle };
}

function parseReply(message: unknown): MarketEvent {
  if (replySchema.safeParse(message).success) return { kind: 'subscribed' };
  const refused = errorSchema.safeParse(message);
  if (refused.success) return { kind: 'refused', message: `${refused.data.error.code} "${refused.data.error.msg.slice(0, 160)}"` };
  throw new RangeError('market stream: a message that is neither an event nor an answer');
}
