import type { RunResult } from '@orrery/core';
import { z } from 'zod';

const decimal = z.string().regex(/^-?\d+(\.\d+)?$/, 'not a decimal number in text');
const count = z.int().nonnegative();
const time = z.int();
const fills = z.enum(['pessimistic', 'heuristic', 'optimistic']);

const datasetSymbol = z.object({
  symbol: z.string(),
  interval: z.string(),
  rows: count,
  first: time,
  last: time,
  gaps: count,
  fundingRows: count,
  source: z.string(),
  digest: z.string(),
});
const config = z.object({
  strategy: z.string(),
  strategyHash: z.string().nullable(),
  params: z.record(z.string(), z.union([z.number(), z.boolean(), z.string()])),
  features: z.array(z.string()),
  symbols: z.array(z.string()),
  interval: z.string(),
  from: time.nullable(),
  to: time.nullable(),
  seed: z.number(),
  equity: decimal,
  makerFeeBps: z.number(),
  takerFeeBps: z.number(),
  slippageBps: z.number(),
  fills,
  maxLeverage: z.number(),
});
const account = z.object({
  startEquity: decimal,
  endEquity: decimal,
  fees: decimal,
  funding: decimal,
  slippage: decimal,
  realizedPnl: decimal,
  unrealizedPnl: decimal,
  liquidations: count,
});
const trade = z.object({
  id: count,
  symbol: z.string(),
  side: z.enum(['long', 'short']),
  quantity: decimal,
  entryTime: time,
  entryPrice: decimal,
  exitTime: time.nullable(),
  exitPrice: decimal,
  fees: decimal,
  funding: decimal,
  pnl: decimal,
  exitReason: z.enum(['signal', 'stop', 'take_profit', 'limit', 'end_of_data']),
});
const assumptions = z.object({
  fees: z.string(),
  funding: z.string(),
  slippage: z.string(),
  fills: z.string(),
  margin: z.string(),
  filters: z.string(),
});

/** `result.json` as it is trusted: its annotation makes the compiler hold it against the core's type. Fields that it does not know are kept. */
export const resultShape: z.ZodType<RunResult> = z.looseObject({
  schema: z.literal('orrery.result/1'),
  runId: z.string(),
  digest: z.string(),
  dataset: z.object({ digest: z.string(), synthetic: z.boolean(), symbols: z.array(datasetSymbol) }),
  config,
  assumptions,
  candles: count,
  seconds: z.number(),
  candlesPerSecond: z.number(),
  account,
  metrics: z.record(z.string(), z.number().nullable()),
  trades: z.array(trade),
  orders: z.object({
    submitted: count,
    filled: count,
    canceled: count,
    rejected: count,
    expired: count,
    denied: z.record(z.string(), count),
  }),
  ambiguousCandles: count,
  bounds: z.object({ pessimistic: decimal, heuristic: decimal, optimistic: decimal }).nullable(),
  warnings: z.array(z.string()),
  versions: z.record(z.string(), z.string()),
});
