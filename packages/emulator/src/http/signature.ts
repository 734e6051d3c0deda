import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Signature of a request: hex HMAC-SHA-256 over its parameters exactly as they were sent, the query's text directly followed by
 * the body's (BINANCE USDⓈ-M general information, SIGNED endpoint security).
 */
export function signatureOf(secret: string, payload: string): string {
  return createHmac('sha256', secret).update(payload).digest('hex');
}

/** What was signed: query and body as received, without the signature itself. */
export function signedPayload(query: string, body: string): string {
  return withoutSignature(query) + withoutSignature(body);
}

/** Compares in constant time. */
export function isSignature(secret: string, payload: string, signature: string): boolean {
  const [expected, given] = [Buffer.from(signatureOf(secret, payload)), Buffer.from(signature.toLowerCase())];
  return expected.length === given.length && timingSafeEqual(expected, given);
}

function withoutSignature(text: string): string {
  return text
    .split('&')
    .filter((part) => !part.startsWith('signature='))
    .join('&');
}
