/**
 * Input that cannot be used: a model's file, its card, a name. The message is one line that names the place, the value and the mend.
 * Everything else that is thrown by this package is a failure at work.
 */
export class InputError extends Error {
  override readonly name = 'InputError';
}

/** Control characters would break the one line of a message, so they are shown escaped; long values are cut. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
