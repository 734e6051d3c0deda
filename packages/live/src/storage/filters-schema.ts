import type { LeverageBracket, SymbolFilters } from '@orrery/core';
import { decimalSchema, finiteSchema, textSchema } from '@orrery/data/run';
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
