import type { AccountSummary, RunResult, TradeRow, VenueReference } from '@orrery/core';
import { z } from 'zod';
import { configSchema } from './config-schema.ts';
import { datasetSchema } from './dataset-schema.ts';
import { amountSchema, countSchema, decimalSchema, finiteSchema, oneOf, shown, textSchema, timeSchema } from './field-schemas.ts';
import { signalsSchema } from './signals-schema.ts';

const trade: z.ZodType<TradeRow> = z.object({
  id: countSchema,
  symbol: textSchema,
  side: oneOf<TradeRow['side']>({ long: 'long', short: 'short' }),
  quantity: decimalSchema,
  entryTime: timeSchema,
  entryPrice: decimalSchema,
  exitTime: timeSchema.nullable(),
  exitPrice: decimalSchema,
  fees: amountSchema,
  funding: amountSchema,
  pnl: amountSchema,
  exitReason: oneOf<TradeRow['exitReason']>({
    signal: 'signal',
    stop: 'stop',
    take_profit: 'take_profit',
    trailing_stop: 'trailing_stop',
    limit: 'limit',
    liquidation: 'liquidation',
    adl: 'adl',
    delisted: 'delisted',
    end_of_data: 'end_of_data',
  }),
  // Runs of before 0.2 have neither.
  maxAdverse: finiteSchema.nullable().default(null),
  maxFavourable: finiteSchema.nullable().default(null),
});

const account: z.ZodType<AccountSummary> = z.object({
  startEquity: amountSchema,
  endEquity: amountSchema,
  fees: amountSchema,
  funding: amountSchema,
  slippage: amountSchema,
  realizedPnl: amountSchema,
  unrealizedPnl: amountSchema,
  liquidations: countSchema,
  liquidationFees: amountSchema.default('0.00000000'),
  absorbed: amountSchema.default('0.00000000'),
});

const table = z.object({ time: timeSchema, sha256: textSchema }).nullable();
const venue: z.ZodType<VenueReference> = z.object({
  brackets: table,
  filters: table,
  withoutBrackets: z.array(textSchema),
  markRows: countSchema,
  rows: countSchema,
  fineCandles: countSchema,
  coarseCandles: countSchema,
});
const NO_VENUE: VenueReference = {
  brackets: null,
  filters: null,
  withoutBrackets: [],
  markRows: 0,
  rows: 0,
  fineCandles: 0,
  coarseCandles: 0,
};

/**
 * `result.json`, checked field by field: a report of a damaged file would be a wrong number in good print.
 * Top-level fields that it does not know are kept, so that what is shown as JSON is what was stored.
 */
export const resultSchema: z.ZodType<RunResult> = z.looseObject({
  schema: z.literal('orrery.result/1', { error: (issue) => `${shown(issue.input)} is not "orrery.result/1"` }),
  runId: textSchema,
  digest: textSchema,
  dataset: datasetSchema,
  config: configSchema,
  assumptions: z.object({
    fees: textSchema,
    funding: textSchema,
    slippage: textSchema,
    fills: textSchema,
    margin: textSchema,
    filters: textSchema,
  }),
  candles: countSchema,
  seconds: finiteSchema,
  candlesPerSecond: finiteSchema,
  account,
  metrics: z.record(z.string(), finiteSchema.nullable()),
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
  venue: venue.default(NO_VENUE),
  // Runs of before there were signal strategies have none.
  signals: signalsSchema.nullable().exactOptional(),
  warnings: z.array(textSchema),
  versions: z.record(z.string(), textSchema),
});
