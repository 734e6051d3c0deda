import { z } from 'zod';
import { refusal, VenueError } from '../venue/venue-error.ts';

/** Parameters of a request as they arrived: texts, the query's before the body's. */
export type RawParams = Readonly<Record<string, string>>;

const whole: z.ZodType<number, string> = z
  .string()
  .regex(/^\d{1,16}$/)
  .transform(Number)
  .refine(Number.isSafeInteger);

/** Pieces of parameter schemas. */
export const symbolParam: z.ZodType<string, string> = z.string().min(1);
export const wholeParam: z.ZodOptional<z.ZodType<number, string>> = whole.optional();
export const neededWholeParam: z.ZodType<number, string> = whole;
export const textParam: z.ZodOptional<z.ZodString> = z.string().optional();
export const sideParam: z.ZodEnum<{ BUY: 'BUY'; SELL: 'SELL' }> = z.enum(['BUY', 'SELL']);
export const flagParam: z.ZodOptional<z.ZodType<boolean, string>> = z
  .string()
  .transform((text) => text.toLowerCase())
  .pipe(z.enum(['true', 'false']))
  .transform((text) => text === 'true')
  .optional();

/** A number of rows: 1 to `most`. */
export function limitParam(most: number, fallback: number): z.ZodType<number, string | undefined> {
  return whole.refine((limit) => limit >= 1 && limit <= most).default(fallback);
}

/**
 * Reads the parameters that an endpoint knows; others are ignored, as the venue does.
 * @throws VenueError that names the parameter
 */
export function parseParams<T>(schema: z.ZodType<T>, params: RawParams): T {
  const parsed = schema.safeParse(params);
  if (parsed.success) return parsed.data;
  const name = String(parsed.error.issues[0]?.path[0] ?? '?');
  const value = params[name];
  if (value === undefined || value === '') {
    throw new VenueError(-1102, `Mandatory parameter '${name}' was not sent, was empty/null, or malformed.`);
  }
  if (name === 'side') throw refusal(-1117);
  throw new VenueError(-1130, `Data sent for parameter '${name}' is not valid.`);
}
