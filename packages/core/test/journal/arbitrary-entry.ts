import fc from 'fast-check';
import type { JournalEntry, Message } from '../../src/index.ts';
import { MESSAGE_SCHEMAS, MESSAGE_TYPES, TERMS_SCHEMA, type FieldKind } from '../../src/journal/schema.ts';

const float = fc.oneof(fc.double(), fc.constantFrom(NaN, Infinity, -Infinity, 0.1, -1));

function valueOf(kind: FieldKind): fc.Arbitrary<unknown> {
  switch (kind) {
    case 'int':
      return fc.oneof(fc.integer({ min: -5, max: 5 }), fc.maxSafeInteger());
    case 'count':
      return fc.oneof(fc.nat(5), fc.maxSafeNat());
    case 'int?':
      return fc.option(fc.nat(5));
    case 'boolean':
      return fc.boolean();
    case 'text':
      return fc.string({ maxLength: 5, unit: 'binary' });
    case 'numbers':
      return fc.array(
        float.map((x) => x + 0),
        { maxLength: 4 },
      );
    case 'terms?':
      return fc.option(record(TERMS_SCHEMA));
    default:
      return fc.constantFrom(...kind);
  }
}

function record(fields: Readonly<Record<string, FieldKind>>): fc.Arbitrary<object> {
  return fc.record(Object.fromEntries(Object.entries(fields).map(([name, kind]) => [name, valueOf(kind)])), { noNullPrototype: true });
}

/** Any message of a type, its fields drawn from the schema. */
export function messageOf(type: Message['type']): fc.Arbitrary<Message> {
  return record(MESSAGE_SCHEMAS[type] as Readonly<Record<string, FieldKind>>).map((fields) => ({ type, ...fields }) as Message);
}

export const anyMessage: fc.Arbitrary<Message> = fc.constantFrom(...MESSAGE_TYPES).chain(messageOf);
export const anyEntry: fc.Arbitrary<JournalEntry> = fc.record(
  {
    seq: fc.nat(),
    pos: fc.nat(),
    lane: fc.constantFrom('in' as const, 'out' as const),
    message: anyMessage,
  },
  { noNullPrototype: true },
);
