import type { BreakerCause, BreakerName, SignalRejectReason, SignalSummary, VirtualEventKind } from '@orrery/core';
import { z } from 'zod';
import { countSchema, finiteSchema, oneOf, textSchema, timeSchema } from './field-schemas.ts';

const byDirection = z.object({ long: countSchema, short: countSchema });

const reason = oneOf<SignalRejectReason>({
  low_confidence: 'low_confidence',
  low_quality: 'low_quality',
  low_reward: 'low_reward',
  already_open: 'already_open',
  model_failed: 'model_failed',
  low_model_probability: 'low_model_probability',
  low_recalibrated_confidence: 'low_recalibrated_confidence',
  not_in_universe: 'not_in_universe',
  max_positions: 'max_positions',
  volatility_breaker: 'volatility_breaker',
  graded_breaker: 'graded_breaker',
  daily_loss: 'daily_loss',
  drawdown: 'drawdown',
  exposure: 'exposure',
  correlation: 'correlation',
  too_small: 'too_small',
  denied: 'denied',
  outvoted: 'outvoted',
});

const events: z.ZodType<Readonly<Record<VirtualEventKind, number>>> = z.object({
  CREATED: countSchema,
  PRICE_UPDATED: countSchema,
  MAX_PNL_UPDATED: countSchema,
  MIN_PNL_UPDATED: countSchema,
  NEAR_TAKE_PROFIT: countSchema,
  NEAR_STOP_LOSS: countSchema,
  TAKE_PROFIT_HIT: countSchema,
  STOP_LOSS_HIT: countSchema,
  EXPIRED: countSchema,
  FORCED_CLOSE: countSchema,
  CLOSED: countSchema,
});

/** What became of a run's signals, as it stands in `result.json`. */
export const signalsSchema: z.ZodType<SignalSummary> = z.object({
  raised: byDirection,
  accepted: byDirection,
  rejected: z.array(z.object({ reason, long: countSchema, short: countSchema })),
  sources: z.array(z.object({ source: textSchema, long: countSchema, short: countSchema })),
  virtual: z.object({
    events,
    closed: byDirection,
    won: byDirection,
    meanReturnPercent: finiteSchema.nullable(),
    open: countSchema,
  }),
  breakers: z.array(
    z.object({
      time: timeSchema,
      symbol: textSchema.nullable(),
      breaker: oneOf<BreakerName>({ graded: 'graded', volatility: 'volatility', daily_loss: 'daily_loss', drawdown: 'drawdown' }),
      from: countSchema,
      to: countSchema,
      cause: oneOf<BreakerCause>({ tripped: 'tripped', released: 'released', bypassed: 'bypassed' }),
      valuePercent: finiteSchema,
    }),
  ),
  breakerChanges: countSchema,
  counters: z.record(z.string(), finiteSchema),
});
