import process from 'node:process';
import picocolors from 'picocolors';

/** Colour functions for a stream: they do nothing when it is no terminal or NO_COLOR is set (https://no-color.org). */
export function coloursFor(stream: { readonly isTTY?: boolean }): ReturnType<typeof picocolors.createColors> {
  const refused = (process.env['NO_COLOR'] ?? '') !== '';
  return picocolors.createColors(stream.isTTY === true && !refused);
}
