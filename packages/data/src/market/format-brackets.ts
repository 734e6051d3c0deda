import { createBracketTable } from '@orrery/core';
import { z } from 'zod';
import { InputError } from '../input-error.ts';
import { BRACKET_FIELDS, BRACKET_SCHEMA } from './bracket-snapshot.ts';
import { formatSnapshot } from './format-snapshot.ts';

const amount = z.union([z.number(), z.string().regex(/^\d+(\.\d+)?$/)]).transform(String);
const bracketSchema = z.object({
  initialLeverage: z.coerce.number().int().positive(),
  notionalCap: amount,
  notionalFloor: amount,
  maintMarginRatio: amount,
});
const symbolSchema = z.object({ symbol: z.string().min(1), brackets: z.array(bracketSchema) });
const answerSchema = z.array(symbolSchema).min(1);
type SymbolBrackets = z.infer<typeof symbolSchema>;

/** Where the brackets come from, and when they were so. */
export interface BracketSource {
  readonly source: string;
  /** ms UTC */
  readonly time: number;
}

const MEND = 'give the whole answer of the endpoint';
/** 2^63 − 1 as JSON numbers can say it. */
const ENDLESS = 2 ** 63;

/**
 * The snapshot file's text for an answer of GET /fapi/v1/leverageBracket without a symbol, one line a symbol, in name order.
 * @throws InputError when the answer is none, or its brackets do not follow on each other.
 */
export function formatBracketSnapshot(answer: unknown, { source, time }: BracketSource): string {
  const parsed = answerSchema.safeParse(answer);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new InputError(`leverageBracket: field ${issue?.path.join('.') ?? '?'}: ${issue?.message ?? 'invalid'}; ${MEND}`);
  }
  const head = { schema: BRACKET_SCHEMA, source, time, fields: BRACKET_FIELDS };
  // A contract that no longer trades may have none.
  const stated = parsed.data.filter(({ brackets }) => brackets.length > 0);
  return formatSnapshot(head, new Map(stated.map((entry) => [entry.symbol, tableOf(entry)])));
}

function tableOf({ symbol, brackets }: SymbolBrackets): {
  readonly rows: readonly (readonly [string, string, number])[];
  readonly cap: string;
} {
  const sorted = [...brackets].sort((a, b) => Number(a.notionalFloor) - Number(b.notionalFloor));
  const cap = sorted[sorted.length - 1].notionalCap;
  const isEndless = Number(cap) >= ENDLESS;
  try {
    createBracketTable(
      symbol,
      sorted.map((row, k) => (isEndless && k === sorted.length - 1 ? { ...row, notionalCap: String(Number.MAX_SAFE_INTEGER) } : row)),
    );
  } catch (cause) {
    throw new InputError(`leverageBracket: ${cause instanceof Error ? cause.message : String(cause)}; ${MEND}`);
  }
  const rows = sorted.map((row) => [row.notionalFloor, row.maintMarginRatio, row.initialLeverage] as const);
  return { rows, cap: isEndless ? String(2n ** 63n - 1n) : cap };
}
