import { z } from 'zod';

/** Faults of a request, in the order in which they are tried. */
export const REQUEST_FAULTS = [
  'blocked',
  'rate-limited',
  'internal',
  'unavailable',
  'throttled',
  'unknown',
  'timeout',
  'half-body',
  'delay',
] as const;
/** Faults of a message on a socket. */
export const MESSAGE_FAULTS = ['drop', 'lose', 'half-frame', 'duplicate', 'reorder', 'delay', 'listen-key-expired'] as const;

export type RequestFault = (typeof REQUEST_FAULTS)[number];
export type MessageFault = (typeof MESSAGE_FAULTS)[number];
/**
 * - `blocked`: HTTP 451. `rate-limited`: HTTP 429. `internal`: HTTP 500, nothing done.
 * - `unavailable`, `throttled`: HTTP 503 "Service Unavailable." and −1008, nothing done.
 * - `unknown`: HTTP 503 "Unknown error", done or not, by the toss of a coin.
 * - `timeout`: done, never answered, socket closed. `half-body`: done, the answer breaks off in the middle.
 * - `drop`: the socket is closed. `lose`: the message vanishes in silence. `half-frame`: a frame breaks off, then a reset.
 * - `duplicate`: sent twice. `reorder`: sent after the next message of that socket. `delay`: sent later.
 * - `listen-key-expired`: the user stream's key expires.
 */
export type FaultKind = RequestFault | MessageFault;
export const FAULT_KINDS: readonly FaultKind[] = [...new Set<FaultKind>([...REQUEST_FAULTS, ...MESSAGE_FAULTS])];

/** One planned fault: "the 3rd POST order". */
export interface FaultRule {
  readonly kind: FaultKind;
  /** What it befalls: `POST /fapi/v1/order`, `ORDER_TRADE_UPDATE`, `ACCOUNT_UPDATE`, `ALGO_UPDATE`, `kline`, `markPriceUpdate`, or `*`. */
  readonly on: string;
  /** The how-manieth of these since the plan was set, from 1. Default 1. */
  readonly nth?: number | undefined;
  /** How many in a row. Default 1. */
  readonly times?: number | undefined;
}

/** What goes wrong, and when. */
export interface FaultPlan {
  /** Chance of each kind, 0 to 1, drawn from the seed. Losing and reordering by chance befall the user stream alone. */
  readonly rates?: Readonly<Partial<Record<FaultKind, number>>> | undefined;
  readonly rules?: readonly FaultRule[] | undefined;
  /** Added to the machine's clock wherever the venue tells or checks the time of requests, ms. */
  readonly clockSkewMs?: number | undefined;
  /** How long `delay` holds something back, ms. Default 50. */
  readonly delayMs?: number | undefined;
}

const kind = z.enum(FAULT_KINDS as readonly [FaultKind, ...FaultKind[]]);
/** A fault plan as JSON. */
export const faultPlanSchema: z.ZodType<FaultPlan> = z.strictObject({
  rates: z.partialRecord(kind, z.number().min(0).max(1)).optional(),
  rules: z
    .array(z.strictObject({ kind, on: z.string().min(1), nth: z.int().min(1).optional(), times: z.int().min(1).optional() }))
    .optional(),
  clockSkewMs: z.int().optional(),
  delayMs: z.int().min(0).max(60_000).optional(),
});
