import { InputError } from '../input-error.ts';

/** Far above any archive file; a guard against files made to fill the memory. */
export const MOST_BYTES: number = 2 ** 31;

/** The one line for a compressed file that does not open. */
export function damaged(path: string, cause: unknown): InputError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new InputError(`${path}: is cut short or damaged (${why}); fetch it again`);
}
