import { parseSats } from '@orrery/core';
import { z } from 'zod';

/** How a value that was refused is shown: short, and on one line. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** An amount of USDT: a decimal text that is a whole number of sats. */
export const amountSchema: z.ZodType<string> = z
  .string({ error: (issue) => `${shown(issue.input)} is not a decimal text such as "12.50"` })
  .refine(isAmount, { error: (issue) => `${shown(issue.input)} is not an amount such as "12.50" with at most 8 decimals` });

function isAmount(text: string): boolean {
  try {
    parseSats(text);
    return true;
  } catch {
    return false;
  }
}

/** A plain decimal text of any precision, as prices and quantities are written. */
export const decimalSchema: z.ZodType<string> = z
  .string({ error: (issue) => `${shown(issue.input)} is not a decimal text such as "0.001"` })
  .regex(/^-?\d+(\.\d+)?$/, { error: (issue) => `${shown(issue.input)} is not a decimal text such as "0.001"` });

/** An instant in ms UTC that a calendar can show. */
export const timeSchema: z.ZodType<number> = z
  .number({ error: (issue) => `${shown(issue.input)} is not a time in ms UTC` })
  .int({ error: (issue) => `${shown(issue.input)} is not a whole number of ms` })
  .min(0, { error: (issue) => `${shown(issue.input)} lies before 1970` })
  .max(8.64e15, { error: (issue) => `${shown(issue.input)} lies beyond the calendar` });

/** A count: a whole number from 0. */
export const countSchema: z.ZodType<number> = z
  .number({ error: (issue) => `${shown(issue.input)} is not a whole number` })
  .int({ error: (issue) => `${shown(issue.input)} is not a whole number` })
  .min(0, { error: (issue) => `${shown(issue.input)} is below 0` });

/** Any text, the empty one included. */
export const textSchema: z.ZodType<string> = z.string({ error: (issue) => `${shown(issue.input)} is not a text` });

/** A number that JSON can hold. */
export const finiteSchema: z.ZodType<number> = z.number({ error: (issue) => `${shown(issue.input)} is not a finite number` });

/** True or false. */
export const flagSchema: z.ZodType<boolean> = z.boolean({ error: (issue) => `${shown(issue.input)} is neither true nor false` });

/** One of a few words: the keys of the record, so that the compiler asks for every member of the union. */
export function oneOf<T extends string>(words: { readonly [word in T]: word }): z.ZodType<T> {
  return z.enum(words, { error: (issue) => `${shown(issue.input)} is not one of ${Object.keys(words).join(', ')}` }) as z.ZodType<T>;
}
