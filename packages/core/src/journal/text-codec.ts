import type { JournalEntry, Message } from '../messages.ts';
import { MESSAGE_SCHEMAS, TERMS_SCHEMA, type FieldKind } from './schema.ts';

/** A line that is no journal entry, and why. */
export class JournalFormatError extends Error {
  override readonly name = 'JournalFormatError';
}

/** One entry as a JSON line without its newline; fields in the schema's order, so equal entries are equal text. */
export function entryToLine(entry: JournalEntry): string {
  const message: Record<string, unknown> = { type: entry.message.type };
  const schema: Readonly<Record<string, FieldKind>> = MESSAGE_SCHEMAS[entry.message.type];
  for (const [field, kind] of Object.entries(schema)) {
    const value = fieldOf(entry.message, field);
    if (kind === 'terms?' && value === null) continue;
    message[field] =
      kind === 'numbers'
        ? (value as readonly number[]).map(numberToJson)
        : kind === 'terms?'
          ? Object.fromEntries(Object.keys(TERMS_SCHEMA).map((name) => [name, (value as Readonly<Record<string, unknown>>)[name]]))
          : value;
  }
  return JSON.stringify({ seq: entry.seq, pos: entry.pos, lane: entry.lane, message });
}

/**
 * The entry that a line holds.
 * @throws JournalFormatError naming the field, when the line was not written by `entryToLine`.
 */
export function entryFromLine(line: string): JournalEntry {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new JournalFormatError('no JSON');
  }
  const { seq, pos, lane, message } = record(value, 'the line');
  if (!isCount(seq)) throw new JournalFormatError(`seq is ${show(seq)}, not a whole number`);
  if (!isCount(pos)) throw new JournalFormatError(`pos is ${show(pos)}, not a whole number`);
  if (lane !== 'in' && lane !== 'out') throw new JournalFormatError(`lane is ${show(lane)}, not "in" or "out"`);
  return { seq, pos, lane, message: messageFrom(record(message, 'message')) };
}

function messageFrom(raw: Readonly<Record<string, unknown>>): Message {
  const type = raw['type'];
  if (typeof type !== 'string' || !Object.hasOwn(MESSAGE_SCHEMAS, type))
    throw new JournalFormatError(`message.type is ${show(type)}, not a known one`);
  const schema: Readonly<Record<string, FieldKind>> = MESSAGE_SCHEMAS[type as Message['type']];
  const message: Record<string, unknown> = { type };
  for (const [field, kind] of Object.entries(schema)) {
    const value = raw[field];
    if (!fits(value, kind))
      throw new JournalFormatError(`${type}.${field} is ${show(value)}, not ${typeof kind === 'string' ? kind : kind.join(' | ')}`);
    message[field] = kind === 'numbers' ? (value as unknown[]).map(numberFromJson) : (value ?? null);
  }
  const extra = Object.keys(raw).find((field) => field !== 'type' && !Object.hasOwn(schema, field));
  if (extra !== undefined) throw new JournalFormatError(`${type}.${extra} is not a field of it`);
  // Every field has been checked against the schema, which the compiler holds equal to the type.
  return message as unknown as Message;
}

function fits(value: unknown, kind: FieldKind): boolean {
  switch (kind) {
    case 'int':
      return Number.isSafeInteger(value);
    case 'int?':
      return value === null || Number.isSafeInteger(value);
    case 'count':
      return isCount(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'text':
      return typeof value === 'string';
    case 'terms?':
      return value === undefined || areTerms(value);
    case 'numbers':
      return Array.isArray(value) && value.every((x) => x === null || x === 'Infinity' || x === '-Infinity' || typeof x === 'number');
    default:
      return typeof value === 'string' && kind.includes(value);
  }
}

/** An order's terms are written with all their fields, in order, or not at all. */
function areTerms(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const fields = Object.entries(TERMS_SCHEMA);
  const raw = value as Readonly<Record<string, unknown>>;
  return Object.keys(raw).length === fields.length && fields.every(([field, kind]) => fits(raw[field], kind));
}

/** JSON has neither NaN nor the infinities, and would write all three as null. */
function numberToJson(x: number): unknown {
  return x === Infinity || x === -Infinity ? String(x) : x;
}
function numberFromJson(x: unknown): unknown {
  return x === null ? NaN : typeof x === 'string' ? Number(x) : x;
}
function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
function record(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new JournalFormatError(`${what} is ${show(value)}, not an object`);
  return value as Readonly<Record<string, unknown>>;
}
function show(value: unknown): string {
  return value === undefined ? 'missing' : JSON.stringify(value);
}
function fieldOf(message: Message, field: string): unknown {
  return (message as unknown as Readonly<Record<string, unknown>>)[field];
}
