import { z } from 'zod';

const text = z.string();
const id = z.union([z.string(), z.number()]).transform(String);
const time = z.coerce.number().int();

/** An ORDER_TRADE_UPDATE's order, its letters spelled out. */
export interface OrderUpdate {
  readonly symbol: string;
  readonly clientOrderId: string;
  readonly orderId: string;
  /** BUY or SELL. */
  readonly side: string;
  /** BOTH, LONG or SHORT. */
  readonly positionSide: string;
  /** Whole quantity and limit price as they are now; null where they were left out. */
  readonly quantity: string | null;
  readonly price: string | null;
  /** NEW, TRADE, CANCELED, EXPIRED, CALCULATED, AMENDMENT. */
  readonly execution: string;
  /** NEW, PARTIALLY_FILLED, FILLED, CANCELED, EXPIRED, EXPIRED_IN_MATCH. */
  readonly status: string;
  readonly lastQty: string;
  /** Filled so far, over all trades. */
  readonly cumulativeQty: string;
  readonly lastPrice: string;
  /** Positive is paid; absent when there was no fee. */
  readonly fee: string | null;
  readonly feeAsset: string | null;
  readonly isMaker: boolean;
  readonly isReduceOnly: boolean;
  readonly time: number;
  readonly tradeId: string;
  /** `er`: why it expired, 0 when it did not. */
  readonly expireReason: number;
}

/** An ALGO_UPDATE's order. */
export interface AlgoUpdate {
  readonly symbol: string;
  readonly clientAlgoId: string;
  /** NEW, TRIGGERING, TRIGGERED, FINISHED, CANCELED, REJECTED, EXPIRED. */
  readonly status: string;
  /** Id of the order that it has placed; empty before. */
  readonly actualOrderId: string;
  readonly actualQty: string;
  readonly quantity: string;
  readonly rejectReason: string;
}

/** A position that a MARGIN_CALL names. */
export interface MarginCall {
  readonly symbol: string;
  /** Decimal text, or null. */
  readonly markPrice: string | null;
}

/** One event of the user stream. `eventTime` is E, `time` is T where the venue gives one, ms UTC. */
export type UserEvent =
  | { readonly kind: 'order'; readonly eventTime: number; readonly time: number; readonly order: OrderUpdate }
  | { readonly kind: 'algo'; readonly eventTime: number; readonly time: number; readonly order: AlgoUpdate }
  | { readonly kind: 'account'; readonly eventTime: number; readonly reason: string }
  | { readonly kind: 'margin_call'; readonly eventTime: number; readonly positions: readonly MarginCall[] }
  | { readonly kind: 'leverage'; readonly eventTime: number; readonly symbol: string; readonly leverage: number }
  | { readonly kind: 'assets_mode'; readonly eventTime: number; readonly isMultiAssets: boolean }
  | { readonly kind: 'listen_key_expired'; readonly eventTime: number }
  | { readonly kind: 'other'; readonly eventTime: number };

const orderSchema = z.object({
  e: z.literal('ORDER_TRADE_UPDATE'),
  E: time,
  T: time,
  o: z.object({
    s: text,
    c: text,
    S: text,
    ps: text.nullish(),
    q: text.nullish(),
    p: text.nullish(),
    i: id,
    x: text,
    X: text,
    l: text,
    z: text,
    L: text,
    N: text.nullish(),
    n: text.nullish(),
    T: time,
    t: id,
    m: z.boolean(),
    R: z.boolean(),
    er: z.coerce.number().int().optional(),
  }),
});
const algoSchema = z.object({
  e: z.literal('ALGO_UPDATE'),
  E: time,
  T: time,
  o: z.object({ s: text, caid: text, X: text, ai: id.nullish(), aq: text.nullish(), q: text.nullish(), rm: text.nullish() }),
});
const accountSchema = z.object({ e: z.literal('ACCOUNT_UPDATE'), E: time, a: z.object({ m: text }) });
const marginCallSchema = z.object({ e: z.literal('MARGIN_CALL'), E: time, p: z.array(z.object({ s: text, mp: text.nullish() })) });
const configSchema = z.object({
  e: z.literal('ACCOUNT_CONFIG_UPDATE'),
  E: time,
  ac: z.object({ s: text, l: z.coerce.number() }).nullish(),
  ai: z.object({ j: z.boolean() }).nullish(),
});
const otherSchema = z.object({ e: text, E: time.optional() });

/**
 * Reads one message of the user stream.
 * @throws RangeError when a known event is not as documented: what it says cannot be left out.
 */
export function parseUserEvent(message: unknown): UserEvent {
  const { e, E = 0 } = must(otherSchema, message);
  switch (e) {
    case 'ORDER_TRADE_UPDATE':
      return orderEvent(must(orderSchema, message));
    case 'ALGO_UPDATE':
      return algoEvent(must(algoSchema, message));
    case 'ACCOUNT_UPDATE':
      return { kind: 'account', eventTime: E, reason: must(accountSchema, message).a.m };
    case 'MARGIN_CALL':
      return { kind: 'margin_call', eventTime: E, positions: must(marginCallSchema, message).p.map(marginCall) };
    case 'ACCOUNT_CONFIG_UPDATE':
      return configEvent(must(configSchema, message));
    case 'listenKeyExpired':
      return { kind: 'listen_key_expired', eventTime: E };
    default:
      return { kind: 'other', eventTime: E };
  }
}

function marginCall({ s, mp }: { readonly s: string; readonly mp?: string | null | undefined }): MarginCall {
  return { symbol: s, markPrice: mp ?? null };
}

function configEvent({ E, ac, ai }: z.infer<typeof configSchema>): UserEvent {
  if (ac !== undefined && ac !== null) return { kind: 'leverage', eventTime: E, symbol: ac.s, leverage: ac.l };
  if (ai !== undefined && ai !== null) return { kind: 'assets_mode', eventTime: E, isMultiAssets: ai.j };
  return { kind: 'other', eventTime: E };
}

function orderEvent({ E, T, o }: z.infer<typeof orderSchema>): UserEvent {
  const order: OrderUpdate = {
    symbol: o.s,
    clientOrderId: o.c,
    orderId: o.i,
    side: o.S,
    positionSide: o.ps ?? 'BOTH',
    quantity: o.q ?? null,
    price: o.p ?? null,
    execution: o.x,
    status: o.X,
    lastQty: o.l,
    cumulativeQty: o.z,
    lastPrice: o.L,
    fee: o.n ?? null,
    feeAsset: o.N ?? null,
    isMaker: o.m,
    isReduceOnly: o.R,
    time: o.T,
    tradeId: o.t,
    expireReason: o.er ?? 0,
  };
  return { kind: 'order', eventTime: E, time: T, order };
}

function algoEvent({ E, T, o }: z.infer<typeof algoSchema>): UserEvent {
  const order: AlgoUpdate = {
    symbol: o.s,
    clientAlgoId: o.caid,
    status: o.X,
    actualOrderId: o.ai ?? '',
    actualQty: o.aq ?? '0',
    quantity: o.q ?? '0',
    rejectReason: o.rm ?? '',
  };
  return { kind: 'algo', eventTime: E, time: T, order };
}

function must<T>(schema: z.ZodType<T>, message: unknown): T {
  const parsed = schema.safeParse(message);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new RangeError(`user stream: field ${issue?.path.join('.') ?? '?'}: ${issue?.message ?? 'invalid'}`);
}
