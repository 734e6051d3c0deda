import type { RunSeries } from '@orrery/core';
import { z } from 'zod';
import { countSchema, finiteSchema, shown, timeSchema } from './field-schemas.ts';

const sats = z
  .number({ error: (issue) => `${shown(issue.input)} is not an amount in sats` })
  .refine(Number.isSafeInteger, { error: (issue) => `${shown(issue.input)} is not a whole number of sats` });

/** Times that ascend: a chart or a calendar of anything else would be nonsense. */
const times = z
  .array(timeSchema)
  .refine((list) => list.every((time, i) => i === 0 || time > (list[i - 1] ?? -1)), { error: 'the times do not ascend' });

/** `series.json`; groups of columns must be equally long. */
export const seriesSchema: z.ZodType<RunSeries> = z
  .object({
    schema: z.literal('orrery.series/1', { error: (issue) => `${shown(issue.input)} is not "orrery.series/1"` }),
    daily: z.object({ time: times, equity: z.array(sats) }),
    curve: z.object({
      time: times,
      equity: z.array(sats),
      low: z.array(sats),
      high: z.array(sats),
      exposure: z.array(sats),
      // Runs of before 0.2 have neither, nor the money by symbol.
      marginRatio: z.array(finiteSchema).default([]),
      liquidationDistance: z.array(finiteSchema.nullable()).default([]),
    }),
    symbols: z
      .array(
        z.object({
          symbol: z.string(),
          trades: countSchema,
          wins: countSchema,
          grossPnl: sats,
          fees: sats,
          funding: sats,
          slippage: sats,
          liquidationFees: sats,
          absorbed: sats.default(0),
          // Beyond what is exact in a long run of a large account.
          turnover: finiteSchema,
          liquidations: countSchema,
        }),
      )
      .default([]),
    benchmark: z.array(finiteSchema),
    framesInMarket: countSchema,
    frames: countSchema,
    maxDrawdown: z.object({ amount: sats, peak: sats, peakTime: timeSchema, troughTime: timeSchema }),
  })
  .superRefine((series, context) => {
    const columns: readonly (readonly [string, number, number])[] = [
      ['daily.equity', series.daily.equity.length, series.daily.time.length],
      ['curve.equity', series.curve.equity.length, series.curve.time.length],
      ['curve.low', series.curve.low.length, series.curve.time.length],
      ['curve.high', series.curve.high.length, series.curve.time.length],
      ['curve.exposure', series.curve.exposure.length, series.curve.time.length],
      ['benchmark', series.benchmark.length, series.curve.time.length],
    ];
    for (const [name, length, expected] of columns) {
      if (length === expected) continue;
      context.addIssue({ code: 'custom', path: name.split('.'), message: `has ${length} values for ${expected} times` });
    }
  });
