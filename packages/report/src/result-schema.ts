import type { RunResult } from '@orrery/core';
import { z } from 'zod';
import { isExitReason } from './exit-reason.ts';
import { amountSchema, countSchema, decimalSchema, shown, timeSchema } from './amount-schema.ts';

const text = z.string({ error: (issue) => `${shown(issue.input)} is not a text` });
const finite = z.number({ error: (issue) => `${shown(issue.input)} is not a finite number` });

const datasetSymbol = z.object({
  symbol: text,
  interval: text,
  rows: countSchema,
  first: timeSchema,
  last: timeSchema,
  gaps: countSchema,
  fundingRows: countSchema,
  source: text,
  digest: text,
});

const config = z.object({
  strategy: text,
  strategyHash: text.nullable(),
  params: z.record(z.string(), z.union([z.number(), z.boolean(), z.string()])),
  features: z.array(text),
  symbols: z.array(text),
  interval: text,
  from: timeSchema.nullable(),
  to: timeSchema.nullable(),
  seed: finite,
  equity: amountSchema,
  makerFeeBps: finite,
  takerFeeBps: finite,
  slippageBps: finite,
  fills: z.enum(['pessimistic', 'heuristic', 'optimistic']),
  maxLeverage: finite,
});

const trade = z.object({
  id: countSchema,
  symbol: text,
  side: z.enum(['long', 'short']),
  quantity: decimalSchema,
  entryTime: timeSchema,
  entryPrice: decimalSchema,
  exitTime: timeSchema.nullable(),
  exitPrice: decimalSchema,
  fees: amountSchema,
  funding: amountSchema,
  pnl: amountSchema,
  exitReason: text.refine(isExitReason, { error: (issue) => `${shown(issue.input)} is not a reason of exit` }),
});

const account = z.object({
  startEquity: amountSchema,
  endEquity: amountSchema,
  fees: amountSchema,
  funding: amountSchema,
  slippage: amountSchema,
  realizedPnl: amountSchema,
  unrealizedPnl: amountSchema,
  liquidations: countSchema,
});

/** `result.json`, checked field by field: a report of a damaged file would be a wrong number in good print. */
export const resultSchema: z.ZodType<RunResult> = z.object({
  schema: z.literal('orrery.result/1', { error: (issue) => `${shown(issue.input)} is not "orrery.result/1"` }),
  runId: text,
  digest: text,
  dataset: z.object({ digest: text, synthetic: z.boolean(), symbols: z.array(datasetSymbol) }),
  config,
  assumptions: z.object({ fees: text, funding: text, slippage: text, fills: text, margin: text, filters: text }),
  candles: countSchema,
  seconds: finite,
  candlesPerSecond: finite,
  account,
  metrics: z.record(z.string(), z.number().nullable()),
  trades: z.array(trade),
  orders: z.object({
    submitted: countSchema,
    filled: countSchema,
    canceled: countSchema,
    rejected: countSchema,
    expired: countSchema,
    denied: z.record(z.string(), countSchema),
  }),
  ambiguousCandles: countSchema,
  bounds: z.object({ pessimistic: amountSchema, heuristic: amountSchema, optimistic: amountSchema }).nullable(),
  warnings: z.array(text),
  versions: z.record(z.string(), text),
});
