/**
 * Input that cannot be used: a file, a flag, a name. The message is one line that names the place, the value and the mend.
 * Everything else that is thrown by this package is a failure at work (disk full, network down, cancelled).
 */
export class InputError extends Error {
  override readonly name = 'InputError';
}

/** Control characters would break the one line of a message, so they are shown escaped; long values are cut. */
export function shown(value: string, limit = 40): string {
  const cut = value.length > limit ? `${value.slice(0, limit)}…` : value;
  return JSON.stringify(cut);
}
