import { z } from 'zod';

/** One candle of a frame: instrument, then open, high, low, close and volume as the venue wrote them. */
export type FrameRow = readonly [instrument: number, open: string, high: string, low: string, close: string, volume: string];
/** A funding rate that became known: instrument, funding time in ms UTC, rate in 1e-8. */
export type FundingRow = readonly [instrument: number, time: number, rateE8: number];

/** One line of `frames.jsonl`: everything of a timestamp that a run cannot work out again. */
export interface FrameRecord {
  /** Close time of all rows, ms UTC. */
  readonly close: number;
  /** By ascending instrument; never empty. */
  readonly rows: readonly FrameRow[];
  /** True for a frame that closed before the run's first decision. */
  readonly isHistory: boolean;
  readonly funding: readonly FundingRow[];
  /** Model outputs at this frame: for each row, in its order, the value of every output. Empty without such models. */
  readonly predictions: readonly (readonly number[])[];
}

const decimal = z.string().regex(/^\d+(\.\d+)?$/);
const count = z.int().min(0);
/** JSON has neither NaN, which is null here, nor the infinities, which are texts; as in the journal (JRN-3). */
const output = z
  .union([z.number(), z.null(), z.literal('Infinity'), z.literal('-Infinity')])
  .transform((value) => (value === null ? NaN : Number(value)));
const frameSchema = z.object({
  close: count,
  rows: z.array(z.tuple([count, decimal, decimal, decimal, decimal, decimal])).min(1),
  history: z.literal(true).optional(),
  funding: z.array(z.tuple([count, count, z.int()])).optional(),
  predictions: z.array(z.array(output)).optional(),
});

/** The frame as a JSON object on one line; what is empty is left out. */
export function frameToLine(frame: FrameRecord): string {
  const { close, rows, isHistory, funding, predictions } = frame;
  return JSON.stringify({
    close,
    rows,
    ...(isHistory ? { history: true } : {}),
    ...(funding.length === 0 ? {} : { funding }),
    ...(predictions.length === 0 ? {} : { predictions: predictions.map((values) => values.map(outputToJson)) }),
  });
}

function outputToJson(value: number): number | string {
  return value === Infinity || value === -Infinity ? String(value) : value;
}

/** @throws Error naming the field when the line was not written by {@link frameToLine} */
export function frameFromLine(line: string): FrameRecord {
  const parsed = frameSchema.safeParse(JSON.parse(line));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new Error(`field ${issue?.path.join('.') ?? '?'}: ${issue?.message ?? 'invalid'}`);
  }
  const { close, rows, history, funding, predictions } = parsed.data;
  return { close, rows, isHistory: history === true, funding: funding ?? [], predictions: predictions ?? [] };
}
