import type { OrderId } from '@orrery/core';
import { InputError } from '@orrery/data';

const TAG = /^[A-Za-z0-9]{1,12}$/;

/**
 * The venue's name of a session's order: `o`, the session's tag, `-` and the order's number. The same order always has the
 * same name, so a restart can ask for exactly those it may have sent. At most 30 of the 36 characters that are allowed.
 */
export function clientOrderId(tag: string, orderId: OrderId): string {
  return `o${tag}-${orderId}`;
}

/** The order's number, or null for a name of somebody else's. */
export function parseClientOrderId(tag: string, text: string): OrderId | null {
  const prefix = `o${tag}-`;
  if (!text.startsWith(prefix)) return null;
  const digits = text.slice(prefix.length);
  const number = Number(digits);
  return /^[1-9]\d*$/.test(digits) && Number.isSafeInteger(number) ? (number as OrderId) : null;
}

/** @throws InputError when the tag is none */
export function checkSessionTag(tag: string): string {
  if (!TAG.test(tag)) throw new InputError(`session tag "${tag}" must be 1 to 12 letters or digits`);
  return tag;
}
