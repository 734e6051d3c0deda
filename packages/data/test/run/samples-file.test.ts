import fc from 'fast-check';
import { tableFromIPC } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { decodeSamples, encodeSamples, InputError, SampleList, type SampleOutcome, type SignalSample } from '../../src/index.ts';

const OUTCOMES: readonly SampleOutcome[] = [
  'take_profit',
  'stop_loss',
  'expired',
  'graded_stop',
  'breaker',
  'delisted',
  'run_end',
  'forced',
];
const unit = fc.double({ min: 0, max: 1, noNaN: true });
const time = fc.integer({ min: 0, max: 8_640_000_000_000_000 });
const five = fc.oneof(fc.constant([]), fc.array(unit, { minLength: 5, maxLength: 5 }));
const sample: fc.Arbitrary<SignalSample> = fc.record({
  signalId: fc.integer({ min: 1, max: 2 ** 40 }),
  symbol: fc.constantFrom('BTCUSDT', 'ETHUSDT', '币安人生USDT'),
  side: fc.constantFrom('long', 'short'),
  signalTime: time,
  entryTime: time,
  exitTime: time,
  outcome: fc.constantFrom(...OUTCOMES),
  grossReturn: fc.double({ min: -1, max: 10, noNaN: true }),
  netReturn: fc.double({ min: -1, max: 10, noNaN: true }),
  win: fc.boolean(),
  weight: unit,
  confidence: unit,
  parts: five,
  quality: five,
});
const ONE: SignalSample = {
  signalId: 7,
  symbol: 'BTCUSDT',
  side: 'short',
  signalTime: 1_735_689_899_999,
  entryTime: 1_735_690_199_999,
  exitTime: 1_735_691_999_999,
  outcome: 'graded_stop',
  grossReturn: -0.005,
  netReturn: -0.006,
  win: false,
  weight: 0.5,
  confidence: 0.625,
  parts: [0.9, 0.8, 0.7, 0.6, 0.5],
  quality: [],
};

describe('samples.arrow', () => {
  it('gives back what was written, and the same samples are the same bytes', () => {
    fc.assert(
      fc.property(fc.array(sample, { maxLength: 20 }), (samples) => {
        const bytes = encodeSamples(listOf(samples));
        expect(decodeSamples(bytes, 'x')).toEqual(samples);
        expect(encodeSamples(listOf(samples))).toEqual(bytes);
        expect([...listOf(samples)]).toEqual(samples);
      }),
    );
  });
  it('keeps every one of thousands in its place', () => {
    const samples = Array.from({ length: 2500 }, (_, k) => ({ ...ONE, signalId: k + 1, symbol: `S${k % 7}USDT` }));
    expect(decodeSamples(encodeSamples(listOf(samples)), 'x')).toEqual(samples);
  });
  it('is a table that other tools read: times as timestamps, texts, a truth value, the rest as float64', () => {
    const { schema } = tableFromIPC(encodeSamples(listOf([ONE])));
    expect(schema.metadata.get('schema')).toBe('orrery.samples/1');
    const names = schema.fields.map(({ name }) => name);
    expect(names.slice(0, 11)).toEqual(
      'symbol signalTime side entryTime exitTime outcome grossReturn netReturn win weight confidence'.split(' '),
    );
    expect(names.slice(11)).toEqual([
      ...['trend_alignment', 'market_structure', 'price_position', 'momentum', 'volatility'].map((part) => `part_${part}`),
      ...['zone', 'freshness', 'confluence', 'reward', 'volume'].map((dimension) => `quality_${dimension}`),
      'signalId',
    ]);
    const types = new Map(schema.fields.map(({ name, type }) => [name, String(type)]));
    expect(['signalTime', 'outcome', 'win', 'part_momentum'].map((name) => types.get(name))).toEqual([
      'Timestamp<MILLISECOND>',
      'Utf8',
      'Bool',
      'Float64',
    ]);
  });
  it.each<[string, Uint8Array, RegExp]>([
    ['no Arrow file', new TextEncoder().encode('samples'), /^x\.arrow: (cannot be read|its schema is none)/],
    [
      'a changed outcome',
      changed(encodeSamples(listOf([ONE])), 'graded_stop', 'graded_stow'),
      /^x\.arrow: column outcome, row 0: graded_stow does not belong there; run the backtest again$/,
    ],
    [
      'another schema',
      changed(encodeSamples(listOf([ONE])), 'samples/1', 'samples/2'),
      /^x\.arrow: its schema is orrery\.samples\/2, not orrery\.samples\/1/,
    ],
  ])('refuses %s in one line', (_, bytes, message) => {
    expect(() => decodeSamples(bytes, 'x.arrow')).toThrow(InputError);
    expect(() => decodeSamples(bytes, 'x.arrow')).toThrow(message);
  });
});

/** The bytes with each text replaced by one of the same length. */
function changed(bytes: Uint8Array, from: string, to: string): Uint8Array {
  return new Uint8Array(Buffer.from(Buffer.from(bytes).toString('latin1').replaceAll(from, to), 'latin1'));
}

function listOf(samples: readonly SignalSample[]): SampleList {
  const list = new SampleList();
  for (const one of samples) list.push(one);
  return list;
}
