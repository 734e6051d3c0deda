import { FUNDING, KLINES } from '../dataset/rows.ts';
import { InputError } from '../input-error.ts';
import type { ParsedSource, ParseJob } from './parse-source.ts';

/** What is asked of a parsing thread. */
export interface ParseRequest {
  readonly id: number;
  readonly job: ParseJob;
}
/** What it answers: rows whose memory moves over, or why there are none. */
export type ParseAnswer =
  | { readonly id: number; readonly outcome: 'parsed'; readonly source: ParsedSource }
  | { readonly id: number; readonly outcome: 'refused'; readonly message: string }
  | { readonly id: number; readonly outcome: 'failed'; readonly error: unknown; readonly code: unknown };

/** Answer for an error, which loses its class and its system code between threads. */
export function answerError(id: number, cause: unknown): ParseAnswer {
  if (cause instanceof InputError) return { id, outcome: 'refused', message: cause.message };
  return { id, outcome: 'failed', error: cause, code: cause instanceof Error && 'code' in cause ? cause.code : undefined };
}

/** The rows of an answer, or its error thrown again. */
export function openAnswer(answer: ParseAnswer): ParsedSource {
  switch (answer.outcome) {
    case 'parsed': {
      const { rows } = answer.source;
      // Schemas are compared by identity elsewhere, and what came over is a copy.
      return { ...answer.source, rows: { ...rows, schema: rows.schema.id === 'klines' ? KLINES : FUNDING } };
    }
    case 'refused':
      throw new InputError(answer.message);
    case 'failed':
      throw answer.error instanceof Error && answer.code !== undefined ? Object.assign(answer.error, { code: answer.code }) : answer.error;
  }
}
