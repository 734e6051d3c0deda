import { describe, expect, it } from 'vitest';
import type { InstrumentId } from '../../../src/index.ts';
import { messages, type Row } from '../../engine/fixture.ts';
import { runSignals, told, type WrittenSignal } from './signal-table.ts';

const flat = (close: number): Row => [close, close, close, close, 100_000];
const rows = (...closes: readonly number[]): readonly Row[] => closes.map(flat);
const LONG: WrittenSignal = { row: 1, direction: 1, entry: 1000, stop: 900, target: 1300 };
const SHORT: WrittenSignal = { row: 1, direction: -1, entry: 1000, stop: 1100, target: 700 };
/** No model, so that every virtual level stays where it is. */
const STILL = { dynamicLevels: false, gradedStop: false, maxExposure: 150 };

describe('SIG-5 and SIG-11: a signal on its way', () => {
  it('is raised, mirrored, entered with its exits, and both end at the target', () => {
    const { entries } = runSignals({
      rows: [[...rows(1000, 1000, 1010), [1010, 1310, 1005, 1290, 100_000], flat(1290)]],
      signals: [[[LONG]]],
      params: STILL,
    });
    expect(told(entries)).toEqual([
      '1 raised 1 long 1000/900/1300',
      '1 virtual 1 CREATED',
      '1 order buy market',
      '1 order sell stop_market 900',
      '1 order sell take_profit_market 1300',
      '1 accepted 1 12x',
      '2 filled 1 1 at 1010',
      '2 virtual 1 PRICE_UPDATED',
      '3 filled 3 -1 at 1300',
      '3 virtual 1 MIN_PNL_UPDATED',
      '3 virtual 1 MAX_PNL_UPDATED',
      '3 virtual 1 NEAR_TAKE_PROFIT',
      '3 virtual 1 TAKE_PROFIT_HIT',
      '3 virtual 1 CLOSED',
    ]);
  });

  it('is mirrored for a short', () => {
    const { entries } = runSignals({
      rows: [[...rows(1000, 1000, 990), [990, 995, 690, 710, 100_000], flat(710)]],
      signals: [[[SHORT]]],
      params: STILL,
    });
    expect(told(entries)).toEqual([
      '1 raised 1 short 1000/1100/700',
      '1 virtual 1 CREATED',
      '1 order sell market',
      '1 order buy stop_market 1100',
      '1 order buy take_profit_market 700',
      '1 accepted 1 12x',
      '2 filled 1 -1 at 990',
      '2 virtual 1 PRICE_UPDATED',
      '3 filled 3 1 at 700',
      '3 virtual 1 MIN_PNL_UPDATED',
      '3 virtual 1 MAX_PNL_UPDATED',
      '3 virtual 1 NEAR_TAKE_PROFIT',
      '3 virtual 1 TAKE_PROFIT_HIT',
      '3 virtual 1 CLOSED',
    ]);
  });

  it('has its size from equity, margin share and leverage', () => {
    // Confidence 0.6, win rate 1/2: leverage 3 + 17 · (0.7 · 0.6 + 0.3 · 0.5) = 12.69; margin 3 % + 10 % · 0.6 = 9 % of 10,000 USDT.
    const { entries } = runSignals({ rows: [rows(1000, 1000, 1000)], signals: [[[LONG]]], params: STILL });
    const [accepted] = messages(entries, 'SignalAccepted');
    expect(accepted).toMatchObject({ signalId: 1, confidence: 60_000_000, probability: null, marginShare: 9_000_000, leverage: 12 });
    expect(accepted.qty).toBe(Math.floor((10_000 * 0.09 * 12) / 1000));
  });

  it.each([
    ['low_confidence', { ...LONG, confidence: 0.35 }, {}, { value: 35_000_000, limit: 35_000_000 }],
    ['low_quality', { ...LONG, quality: 0.2 }, { minQuality: 0.3 }, { value: 20_000_000, limit: 30_000_000 }],
    ['low_reward', { ...LONG, target: 1050 }, {}, { limit: 100_000_000 }],
    ['volatility_breaker', { ...LONG, volatility: 3.5 }, {}, { value: 350_000_000 }],
    ['exposure', LONG, { maxExposure: 0.05 }, { limit: 5_000_000 }],
  ])('SIG-5: rejects for %s and says what it measured', (reason, signal, params, measured) => {
    const { entries } = runSignals({ rows: [rows(1000, 1000, 1000)], signals: [[[signal]]], params: { ...STILL, ...params } });
    expect(messages(entries, 'SignalRejected')).toMatchObject([{ signalId: 1, reason, ...measured }]);
    expect(messages(entries, 'SubmitOrder')).toEqual([]);
  });

  it('SIG-5: a second signal of the same direction is rejected while the first one is open', () => {
    const { entries } = runSignals({
      rows: [rows(1000, 1000, 1000, 1000, 1000)],
      signals: [[[LONG, { ...LONG, row: 3 }]]],
      params: STILL,
    });
    expect(messages(entries, 'SignalRejected')).toMatchObject([{ signalId: 2, reason: 'already_open' }]);
    expect(messages(entries, 'VirtualPositionEvent').filter(({ kind }) => kind === 'CREATED')).toHaveLength(1);
  });

  it('SIG-5: one of the other direction gets its virtual position, and no second real one in one-way mode', () => {
    const { entries } = runSignals({
      rows: [rows(1000, 1000, 1000, 1000, 1000)],
      signals: [[[LONG, { ...SHORT, row: 3 }]]],
      params: STILL,
    });
    expect(messages(entries, 'SignalRejected')).toMatchObject([{ signalId: 2, reason: 'already_open' }]);
    expect(messages(entries, 'VirtualPositionEvent').filter(({ kind }) => kind === 'CREATED')).toHaveLength(2);
  });

  it('SIG-5: in hedge mode both directions are held side by side', () => {
    const { entries } = runSignals({
      rows: [rows(1000, 1000, 1000, 1000, 1000)],
      signals: [[[LONG, { ...SHORT, row: 3 }]]],
      params: STILL,
      hedgeMode: true,
    });
    expect(messages(entries, 'SignalAccepted').map(({ signalId }) => signalId)).toEqual([1, 2]);
    expect(messages(entries, 'OrderFilled').map(({ qty }) => Math.sign(qty))).toEqual([1, -1]);
  });

  it('SIG-5: outside of the universe a signal gets no virtual position', () => {
    const universe = { firstDay: 0, days: 1, instruments: 1, member: Uint8Array.of(0) };
    const { entries } = runSignals({ rows: [rows(1000, 1000, 1000)], signals: [[[LONG]]], params: STILL, universe });
    expect(told(entries)).toEqual(['1 raised 1 long 1000/900/1300', '1 rejected 1 not_in_universe']);
  });

  it('SIG-6: what became known before the run decided anything is passed over', () => {
    const { entries } = runSignals({ rows: [[null, ...rows(1000, 1000, 1000)]], signals: [[[{ ...LONG, row: -1 }]]], params: STILL });
    expect(entries).toEqual([]);
  });

  it('SIG-7: levels that fall on one tick are no signal', () => {
    const { entries } = runSignals({ rows: [rows(1000, 1000, 1000)], signals: [[[{ ...LONG, stop: 999.6 }]]], params: STILL });
    expect(entries).toEqual([]);
  });

  it('SIG-10: the most confident of a frame is entered first, whatever its instrument', () => {
    const { entries } = runSignals({
      rows: [rows(1000, 1000, 1000), rows(1000, 1000, 1000)],
      signals: [[[LONG]], [[{ ...SHORT, confidence: 0.9 }]]],
      params: { ...STILL, maxPositions: 1 },
    });
    expect(messages(entries, 'SignalAccepted').map(({ instrument }) => instrument)).toEqual([1]);
    expect(messages(entries, 'SignalRejected')).toMatchObject([{ instrument: 0, reason: 'max_positions' }]);
  });
});

describe('SIG-11: real orders follow the virtual position', () => {
  it('moves the stop to the entry: the new one is placed before the old one is taken back', () => {
    const { entries } = runSignals({
      rows: [[...rows(1000, 1000), [1000, 1120, 1000, 1110, 100_000], flat(1110), flat(1110)]],
      signals: [[[LONG]]],
      params: { ...STILL, dynamicLevels: true },
    });
    // The best price is 1.2 stop distances in profit: the stop trails it by one, at 1020.
    const after = told(entries).slice(-3);
    expect(after).toEqual(['2 virtual 1 PRICE_UPDATED', '2 order sell stop_market 1020', '2 cancel 2']);
  });

  it('takes a moved stop back once the position is gone, so that the next one does not meet it', () => {
    const { entries, engine } = runSignals({
      rows: [[...rows(1000, 1000), [1000, 1120, 1000, 1110, 100_000], [1110, 1310, 1110, 1290, 100_000], ...rows(1290, 1290)]],
      signals: [[[LONG]]],
      params: { ...STILL, dynamicLevels: true },
    });
    expect(told(entries).filter((words) => /order|filled|cancel/.test(words))).toEqual([
      '1 order buy market',
      '1 order sell stop_market 900',
      '1 order sell take_profit_market 1300',
      '2 filled 1 1 at 1000',
      '2 order sell stop_market 1020',
      '2 cancel 2',
      '3 filled 3 -1 at 1300',
      '3 cancel 4',
    ]);
    expect(engine.orders.of(0 as InstrumentId)).toEqual([]);
  });

  it('leaves at market where the moved stop would go off at once', () => {
    const { entries } = runSignals({
      rows: [[...rows(1000, 1000), [1000, 1150, 1000, 1020, 100_000], flat(1020), flat(1020)]],
      signals: [[[LONG]]],
      params: { ...STILL, dynamicLevels: true },
    });
    // The best price puts the stop at 1050, and the candle closed at 1020.
    expect(messages(entries, 'OrderDenied')).toEqual([]);
    expect(told(entries).filter((words) => words.startsWith('2 ') && !words.includes('virtual'))).toEqual([
      '2 filled 1 1 at 1000',
      '2 cancel 2',
      '2 cancel 3',
      '2 order sell market',
    ]);
  });

  it('leaves at market where the virtual position expires', () => {
    const { entries } = runSignals({
      rows: [rows(1000, 1000, 1000, 1000, 1000)],
      signals: [[[LONG]]],
      params: { ...STILL, expiryHours: 0.03 },
    });
    expect(told(entries).slice(-6)).toEqual([
      '3 virtual 1 EXPIRED',
      '3 cancel 2',
      '3 cancel 3',
      '3 order sell market',
      '3 virtual 1 CLOSED',
      '4 filled 4 -1 at 1000',
    ]);
  });

  it('leaves where a loss at half of the stop distance is not thought to be recovered', () => {
    // Closes at the low of the candle: nothing recovered, so the statistical probability is half the win rate of one half, 0.25; at
    // 80 % it has to be 0.4.
    const { entries } = runSignals({
      rows: [[...rows(1000, 1000), [1000, 1000, 915, 915, 100_000], flat(915), flat(915)]],
      signals: [[[LONG]]],
      params: { ...STILL, gradedStop: true },
    });
    const forced = messages(entries, 'VirtualPositionEvent').filter(({ kind }) => kind === 'FORCED_CLOSE');
    expect(forced).toMatchObject([{ cause: 'graded_stop', price: 915, pnl: -8_500_000 }]);
    expect(messages(entries, 'OrderFilled').map(({ price }) => price)).toEqual([1000, 915]);
  });
});

describe('SIG-9: with a model', () => {
  const one = { rows: [rows(1000, 1000, 1000, 1000)], signals: [[[LONG]]], params: STILL };
  const form = { model: () => ({ threshold: 0.5, weight: 0.5 }) };

  it('asks at the signal with its side, and recalibrates', () => {
    const { entries } = runSignals({ ...one, form, answer: () => 0.8 });
    expect(messages(entries, 'RequestPrediction').map(({ input }) => input)).toEqual([[1]]);
    expect(messages(entries, 'SignalAccepted')).toMatchObject([{ confidence: 70_000_000, probability: 80_000_000 }]);
  });

  it.each([
    [0.4, 'low_model_probability'],
    [null, 'model_failed'],
    [NaN, 'model_failed'],
    [7, 'model_failed'],
  ])('an answer of %s rejects as %s, and the virtual position lives on', (value, reason) => {
    const { entries } = runSignals({ ...one, form, answer: () => value });
    expect(messages(entries, 'SignalRejected')).toMatchObject([{ reason }]);
    expect(messages(entries, 'VirtualPositionEvent').map(({ kind }) => kind)).toContain('CREATED');
    expect(messages(entries, 'SubmitOrder')).toEqual([]);
  });

  it('asks about a loss at half of the stop distance, and holds on where a rebound is probable', () => {
    const candles = [[...rows(1000, 1000), [1000, 1000, 945, 945, 100_000] as Row, flat(945), flat(945)]];
    const held = runSignals({ rows: candles, signals: [[[LONG]]], params: { ...STILL, gradedStop: true }, form, answer: () => 0.6 });
    expect(messages(held.entries, 'RequestPrediction').map(({ input }) => input)).toEqual([[1], [1]]);
    expect(messages(held.entries, 'VirtualPositionEvent').map(({ kind }) => kind)).not.toContain('FORCED_CLOSE');
    const answers = [0.6, 0.1];
    const left = runSignals({
      rows: candles,
      signals: [[[LONG]]],
      params: { ...STILL, gradedStop: true },
      form,
      answer: (_, ask) => answers[ask] ?? null,
    });
    expect(messages(left.entries, 'VirtualPositionEvent').map(({ kind }) => kind)).toContain('FORCED_CLOSE');
  });
});

describe('the breaker on a whole run', () => {
  it('closes everything at level 3 and enters nothing more', () => {
    const { entries } = runSignals({
      rows: [[...rows(1000, 1000), [1000, 1000, 880, 880, 100_000], ...rows(880, 880, 880)], rows(1000, 1000, 1000, 1000, 1000, 1000)],
      signals: [
        [[LONG]],
        [
          [
            { ...LONG, confidence: 0.9 },
            { ...LONG, row: 4 },
          ],
        ],
      ],
      params: { ...STILL, breakerLevel1: 0.01, breakerLevel2: 0.02, breakerLevel3: 0.03 },
    });
    expect(messages(entries, 'BreakerChanged')).toMatchObject([
      { breaker: 'graded', from: 0, to: 3, cause: 'tripped' },
      { breaker: 'daily_loss', from: 0, to: 1 },
    ]);
    const closed = messages(entries, 'VirtualPositionEvent').filter(({ kind }) => kind === 'FORCED_CLOSE');
    expect(closed).toMatchObject([{ instrument: 1, cause: 'breaker', price: 1000 }]);
    // The first was stopped out; the second is left at market; the third does not come in.
    expect(messages(entries, 'OrderFilled').map(({ instrument, qty }) => [instrument, Math.sign(qty)])).toEqual([
      [0, 1],
      [0, -1],
      [1, 1],
      [1, -1],
    ]);
    expect(messages(entries, 'SignalRejected')).toMatchObject([{ instrument: 1, reason: 'graded_breaker' }]);
  });
});
