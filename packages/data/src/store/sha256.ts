import { createHash } from 'node:crypto';

/** SHA-256 of bytes, or of the pieces that they come in, in hexadecimal. */
export function sha256(bytes: Uint8Array | string | readonly Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const piece of isPieces(bytes) ? bytes : [bytes]) hash.update(piece);
  return hash.digest('hex');
}

function isPieces(bytes: Uint8Array | string | readonly Uint8Array[]): bytes is readonly Uint8Array[] {
  return Array.isArray(bytes);
}
