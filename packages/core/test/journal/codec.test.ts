import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BinaryEncoder,
  entryFromLine,
  entryToLine,
  findDivergence,
  JournalFormatError,
  type JournalEntry,
  type Message,
} from '../../src/index.ts';
import { MESSAGE_SCHEMAS, MESSAGE_TYPES, TERMS_SCHEMA, type FieldKind } from '../../src/journal/schema.ts';
import { runs } from '../laws/options.ts';
import { anyEntry } from './arbitrary-entry.ts';

function encoded(entries: readonly JournalEntry[], capacity?: number): string {
  const parts: Buffer[] = [];
  const encoder = new BinaryEncoder((words) => parts.push(Buffer.from(words.slice().buffer)), capacity);
  for (const { seq, pos, lane, message } of entries) encoder.record(seq, pos, lane, message);
  encoder.flush();
  return Buffer.concat(parts).toString('hex');
}

/** The words of a record, its fields in the schema's order; terms that are null are left out. */
function wordsOf(record: object, schema: Readonly<Record<string, FieldKind>>): readonly number[] {
  return Object.entries(schema).flatMap(([field, kind]) => {
    const value = (record as Readonly<Record<string, unknown>>)[field];
    if (typeof kind !== 'string') return [kind.indexOf(value as string)];
    if (kind === 'terms?') return value === null ? [] : wordsOf(value as object, TERMS_SCHEMA);
    if (kind === 'text')
      return [(value as string).length, ...[...Array((value as string).length).keys()].map((k) => (value as string).charCodeAt(k))];
    if (kind === 'numbers') return [(value as number[]).length, ...(value as number[])];
    if (kind === 'boolean') return [value === true ? 1 : 0];
    return [value === null ? -1 : (value as number)];
  });
}

/** JRN-2 taken literally: the schema's fields in their order, each as float64. */
function naive(entry: JournalEntry): string {
  const { message } = entry;
  const isTermed = message.type === 'SubmitOrder' && message.terms !== null;
  const type = isTermed ? 1000 : MESSAGE_TYPES.indexOf(message.type);
  const words = [entry.seq, entry.pos, 2 * type + (entry.lane === 'out' ? 1 : 0), ...wordsOf(message, MESSAGE_SCHEMAS[message.type])];
  const bytes = Buffer.alloc(words.length * 8);
  words.forEach((word, k) => bytes.writeDoubleLE(Number.isNaN(word) ? NaN : word, k * 8));
  return bytes.toString('hex');
}

const ENTRY: JournalEntry = {
  seq: 7,
  pos: 3,
  lane: 'out',
  message: { type: 'CancelOrder', ts: 59_999, instrument: 1, orderId: 2 } as unknown as Message,
};

describe('law 6: the journal as text', () => {
  it('JRN-3: comes back as it was, any message and any number', () => {
    fc.assert(
      fc.property(anyEntry, (entry) => {
        expect(entryFromLine(entryToLine(entry))).toStrictEqual(entry);
      }),
      runs(1500),
    );
  });
  it('JRN-3: has the same digest after a round trip, −0 included', () => {
    const values = [0, -0, NaN, Infinity, -Infinity, 1e-300];
    const entry = {
      ...ENTRY,
      lane: 'in',
      message: { type: 'PredictionReady', ts: 1, instrument: 0, requestId: 1, modelHash: 'ab', values },
    } as unknown as JournalEntry;
    expect(encoded([entryFromLine(entryToLine(entry))])).toBe(encoded([entry]));
  });
  it('JRN-3: is one line of JSON with the fields in the order of the schema', () => {
    expect(entryToLine(ENTRY)).toBe(
      '{"seq":7,"pos":3,"lane":"out","message":{"type":"CancelOrder","ts":59999,"instrument":1,"orderId":2}}',
    );
  });
  it.each([
    ['{"seq":1', /no JSON/],
    ['[1]', /the line is \[1\], not an object/],
    ['{"seq":-1,"pos":0,"lane":"in","message":{}}', /seq is -1/],
    ['{"seq":1,"pos":0.5,"lane":"in","message":{}}', /pos is 0.5/],
    ['{"seq":1,"pos":0,"lane":"up","message":{}}', /lane is "up"/],
    ['{"seq":1,"pos":0,"lane":"in","message":null}', /message is null/],
    ['{"seq":1,"pos":0,"lane":"in","message":{"type":"Nope"}}', /message.type is "Nope"/],
    ['{"seq":1,"pos":0,"lane":"in","message":{"type":"toString"}}', /message.type is "toString"/],
    ['{"seq":1,"pos":0,"lane":"in","message":{"type":"OrderAccepted","ts":1,"instrument":0}}', /OrderAccepted.orderId is missing/],
    [
      '{"seq":1,"pos":0,"lane":"in","message":{"type":"OrderAccepted","ts":1,"instrument":0,"orderId":1,"x":1}}',
      /OrderAccepted.x is not a field/,
    ],
    [
      '{"seq":1,"pos":0,"lane":"in","message":{"type":"TradingHalted","ts":1,"reason":"bored"}}',
      /TradingHalted.reason is "bored", not bankrupt/,
    ],
    [
      '{"seq":1,"pos":0,"lane":"in","message":{"type":"PredictionReady","ts":1,"instrument":0,"requestId":1,"modelHash":"ab","values":["x"]}}',
      /values is \["x"\]/,
    ],
  ])('JRN-3: refuses %s', (line, reason) => {
    expect(() => entryFromLine(line)).toThrow(JournalFormatError);
    expect(() => entryFromLine(line)).toThrow(reason);
  });
});

describe('law 6: the journal as bytes', () => {
  it('JRN-2: equals the schema taken literally', () => {
    fc.assert(
      fc.property(anyEntry, (entry) => {
        expect(encoded([entry])).toBe(naive(entry));
      }),
      runs(1500),
    );
  });
  it('JRN-2: does not depend on the size of the buffer', () => {
    fc.assert(
      fc.property(fc.array(anyEntry, { maxLength: 20 }), fc.integer({ min: 1, max: 60 }), (entries, capacity) => {
        expect(encoded(entries, capacity)).toBe(entries.map(naive).join(''));
      }),
      runs(200),
    );
  });
  it('JRN-2: is injective: journals with the same bytes are the same', () => {
    const pair = fc.tuple(fc.array(anyEntry, { maxLength: 3 }), fc.array(anyEntry, { maxLength: 3 }));
    fc.assert(
      fc.property(pair, ([a, b]) => {
        expect(encoded(a) === encoded(b)).toBe(a.map(entryToLine).join() === b.map(entryToLine).join());
      }),
      runs(500),
    );
  });
  it('JRN-2: another value in any one field gives other bytes', () => {
    const two = anyEntry.chain((entry) => {
      const type = entry.message.type;
      return fc.tuple(
        fc.constant(entry),
        anyEntry.filter((other) => other.message.type === type),
        fc.nat(20),
      );
    });
    fc.assert(
      fc.property(two, ([entry, donor, pick]) => {
        const fields = Object.keys(MESSAGE_SCHEMAS[entry.message.type]);
        const field = fields[pick % fields.length]!;
        const changed = { ...entry, message: { ...entry.message, [field]: donor.message[field as 'ts'] } };
        expect(encoded([changed]) === encoded([entry])).toBe(entryToLine(changed) === entryToLine(entry));
      }),
      runs(300),
    );
  });
  it('JRN-2: orders without terms keep the bytes that they had before there were terms', () => {
    const plain = { type: 'SubmitOrder', ts: 59_999, instrument: 1, side: 'buy', orderType: 'limit', qty: 10, price: 95, trigger: null };
    const rest = { timeInForce: 'gtx', reduceOnly: false, parent: null, terms: null };
    const exit = { side: 'sell', price: null, timeInForce: 'gtc', reduceOnly: true, parent: 1 };
    const orders = [
      { ...plain, ...rest, orderId: 1 },
      { ...plain, ...rest, ...exit, orderId: 2, orderType: 'stop_market', trigger: 92 },
      { ...plain, ...rest, ...exit, orderId: 3, orderType: 'take_profit_market', trigger: 110 },
      { ...plain, ...rest, orderId: 4, orderType: 'market', price: null, timeInForce: 'ioc', instrument: 0 },
    ];
    const entries = orders.map((message, k): JournalEntry => ({ seq: k + 1, pos: 7, lane: 'out', message: message as unknown as Message }));
    // SHA-256 of what commit 69b7461 wrote for these four.
    const digest = createHash('sha256')
      .update(Buffer.from(encoded(entries), 'hex'))
      .digest('hex');
    expect(digest).toBe('1a8153d96bb12ef30c52af208fc453d86f58fd693b2a7080735c273aa322b9f1');
  });
  it('JRN-2: terms stand behind the order, under a number of their own', () => {
    const message = {
      type: 'SubmitOrder',
      ts: 1,
      instrument: 0,
      orderId: 2,
      side: 'sell',
      orderType: 'trailing_stop_market',
      qty: 3,
      price: null,
      trigger: null,
      timeInForce: 'gtd',
      reduceOnly: false,
      parent: null,
      terms: {
        positionSide: 'short',
        workingType: 'mark_price',
        priceProtect: true,
        closePosition: false,
        callbackRate: 5,
        goodTillDate: null,
      },
    } as unknown as Message;
    const bytes = Buffer.from(encoded([{ seq: 8, pos: 9, lane: 'out', message }]), 'hex');
    const words = [...Array(bytes.length / 8).keys()].map((k) => bytes.readDoubleLE(8 * k));
    // 2 · 1000 + 1 for the out lane; trailing_stop_market is word 6, gtd word 4, short word 2, mark_price word 1.
    expect(words).toEqual([8, 9, 2001, 1, 0, 2, 1, 6, 3, -1, -1, 4, 0, -1, 2, 1, 1, 0, 5, -1]);
  });
  it('JRN-1: seq, pos and lane are part of the bytes', () => {
    const texts = [ENTRY, { ...ENTRY, seq: 8 }, { ...ENTRY, pos: 4 }, { ...ENTRY, lane: 'in' as const }].map((entry) => encoded([entry]));
    expect(new Set(texts).size).toBe(4);
  });
});

describe('findDivergence', () => {
  const many = Array.from({ length: 30 }, (_, k) => ({ ...ENTRY, seq: k + 1 }));
  it('is null for equal journals', () => expect(findDivergence(many, many.slice())).toBeNull());
  it('shows the first difference with the ten entries before it', () => {
    const other = many.map((entry, k) => (k >= 20 ? { ...entry, pos: 99 } : entry));
    const found = findDivergence(many, other);
    expect(found?.index).toBe(20);
    expect(found?.before.map((entry) => entry.seq)).toEqual([11, 12, 13, 14, 15, 16, 17, 18, 19, 20]);
    expect([found?.left?.pos, found?.right?.pos]).toEqual([3, 99]);
  });
  it('shows where the shorter one ends, whichever it is', () => {
    expect(findDivergence(many.slice(0, 4), many)).toMatchObject({ index: 4, left: null, right: { seq: 5 } });
    expect(findDivergence(many, many.slice(0, 4))).toMatchObject({ index: 4, left: { seq: 5 }, right: null });
  });
});
