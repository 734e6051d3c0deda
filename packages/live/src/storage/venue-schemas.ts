import { DEFAULT_VENUE, type LeverageBracket, type LimitFill, type MarginMode, type SymbolFilters, type VenueConfig } from '@orrery/core';
import { decimalSchema, finiteSchema, oneOf, textSchema } from '@orrery/data/run';
import { z } from 'zod';

const bracket: z.ZodType<LeverageBracket> = z.object({
  notionalFloor: decimalSchema,
  notionalCap: decimalSchema,
  maintMarginRatio: decimalSchema,
  initialLeverage: finiteSchema,
});

/** What only newer records hold is left out where it is not there. */
export const filtersSchema: z.ZodType<SymbolFilters> = z.object({
  symbol: textSchema,
  tickSize: decimalSchema,
  stepSize: decimalSchema,
  minQty: decimalSchema,
  maxQty: decimalSchema,
  marketMaxQty: decimalSchema,
  minNotional: decimalSchema,
  minPrice: decimalSchema.exactOptional(),
  maxPrice: decimalSchema.exactOptional(),
  multiplierUp: decimalSchema.exactOptional(),
  multiplierDown: decimalSchema.exactOptional(),
  maxNumOrders: finiteSchema.exactOptional(),
  triggerProtect: decimalSchema.exactOptional(),
  marketTakeBound: decimalSchema.exactOptional(),
  liquidationFee: decimalSchema.exactOptional(),
  brackets: z.array(bracket).exactOptional(),
});

/** A run's venue; what is not in it is as in {@link DEFAULT_VENUE}. */
export const venueSchema: z.ZodType<VenueConfig> = z
  .looseObject({
    marginMode: oneOf<MarginMode>({ cross: 'cross', isolated: 'isolated' }),
    hedgeMode: z.boolean(),
    leverage: finiteSchema,
    spreadBps: finiteSchema,
    impactBps: finiteSchema,
    maxVolumeShare: finiteSchema,
    limitFill: oneOf<LimitFill>({ through: 'through', touch: 'touch' }),
    latencyMs: z.tuple([finiteSchema, finiteSchema]),
    fine: textSchema.nullable(),
    universe: z.object({ top: finiteSchema, trailingDays: finiteSchema }).nullable(),
  })
  .transform((venue) => ({ ...DEFAULT_VENUE, ...venue }));
