import fc from 'fast-check';
import type { JournalEntry, Message } from '../../src/index.ts';
import { MESSAGE_SCHEMAS, MESSAGE_TYPES, type FieldKind } from '../../src/journal/schema.ts';

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
    default:
      return fc.constantFrom(...kind);
  }
}

/** Any message of a type, its fields drawn from the schema. */
export function messageOf(type: Message['type']): fc.Arbitrary<Message> {
  const fields = Object.entries(MESSAGE_SCHEMAS[type] as Readonly<Record<string, FieldKind>>);
  return fc.record(Object.fromEntries([['type', fc.constant(type)], ...fields.map(([name, kind]) => [name, valueOf(kind)])]), {
    noNullPrototype: true,
  }) as unknown as fc.Arbitrary<Message>;
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
