import {
  defineStrategy,
  type EpochMs,
  type InstrumentId,
  type Message,
  type RateE8,
  type SignalDirection,
  type SignalRaised,
  type SignalRejectReason,
  type Ticks,
  type VirtualCause,
  type VirtualEventKind,
} from '@orrery/core';
import { describe, expect, it } from 'vitest';
import { createInstruments, SignalBook } from '../../src/index.ts';
import { marketOf, requestOf } from './made-market.ts';

const market = marketOf({ AUSDT: [[100, 100, 100, 100]], BUSDT: [[100, 100, 100, 100]] });
const still = defineStrategy({ id: 'still', features: () => ({}), decide: () => undefined });
/** The taker fee is 5 basis points. */
const instruments = createInstruments(market, requestOf(still, market, { takerFeeBps: 5 }));

const PARTS = [0.9, 0.8, 0.7, 0.6, 0.5];
const QUALITY = [1, 0.5, 0.25, 0.5, 0.25];
const id = (of: number): InstrumentId => of as InstrumentId;

function raised(ts: number, signalId: number, direction: SignalDirection, changed: Partial<SignalRaised> = {}): SignalRaised {
  const [entry, stop, target] = (direction === 'long' ? [1000, 990, 1020] : [1000, 1010, 980]) as Ticks[];
  return {
    type: 'SignalRaised',
    ts: ts as EpochMs,
    instrument: id(0),
    signalId,
    source: 'ict',
    direction,
    entry,
    stop,
    target,
    confidence: 62_500_000 as RateE8,
    parts: PARTS,
    quality: QUALITY,
    reasons: 'sweep',
    ...changed,
  };
}
function rejected(ts: number, signalId: number, reason: SignalRejectReason): Message {
  return { type: 'SignalRejected', ts: ts as EpochMs, instrument: id(0), signalId, reason, value: null, limit: null };
}
function accepted(ts: number, signalId: number): Message {
  const e8 = 50_000_000 as RateE8;
  return {
    type: 'SignalAccepted',
    ts: ts as EpochMs,
    instrument: id(0),
    signalId,
    confidence: e8,
    probability: null,
    leverage: 3,
    marginShare: e8,
    qty: 1 as never,
  };
}
function virtual(
  ts: number,
  positionId: number,
  direction: SignalDirection,
  kind: VirtualEventKind,
  price: number,
  cause: VirtualCause = 'none',
): Message {
  return {
    type: 'VirtualPositionEvent',
    ts: ts as EpochMs,
    instrument: id(0),
    positionId,
    kind,
    cause,
    direction,
    price: price as Ticks,
    pnl: 0 as RateE8,
    stop: 1 as Ticks,
    target: 2 as Ticks,
  };
}
function bookOf(messages: readonly Message[]): SignalBook {
  const book = new SignalBook(instruments);
  for (const [k, message] of messages.entries()) book.record(k + 1, k, 'out', message);
  return book;
}

const JOURNAL: readonly Message[] = [
  raised(1, 1, 'long'),
  raised(1, 2, 'short', { instrument: id(1), source: 'trend' }),
  raised(1, 3, 'short'),
  rejected(1, 2, 'low_confidence'),
  virtual(1, 1, 'long', 'CREATED', 1000),
  accepted(1, 1),
  virtual(1, 3, 'short', 'CREATED', 1000),
  rejected(1, 3, 'low_model_probability'),
  virtual(2, 1, 'long', 'PRICE_UPDATED', 1001, 'entered'),
  virtual(2, 3, 'short', 'PRICE_UPDATED', 1000, 'entered'),
  virtual(3, 1, 'long', 'MAX_PNL_UPDATED', 1020),
  virtual(3, 1, 'long', 'NEAR_TAKE_PROFIT', 1020),
  virtual(3, 1, 'long', 'TAKE_PROFIT_HIT', 1020),
  virtual(3, 1, 'long', 'CLOSED', 1020),
  virtual(4, 3, 'short', 'STOP_LOSS_HIT', 1010),
  virtual(4, 3, 'short', 'CLOSED', 1010),
  raised(5, 4, 'long'),
  virtual(5, 4, 'long', 'CREATED', 1000),
  virtual(5, 4, 'long', 'FORCED_CLOSE', 1000, 'breaker'),
  virtual(5, 4, 'long', 'CLOSED', 1000, 'breaker'),
  rejected(5, 4, 'graded_breaker'),
  raised(6, 5, 'long', { parts: [], quality: [] }),
  virtual(6, 5, 'long', 'CREATED', 1000),
  virtual(7, 5, 'long', 'PRICE_UPDATED', 2000, 'entered'),
  virtual(8, 5, 'long', 'EXPIRED', 2002),
  virtual(8, 5, 'long', 'CLOSED', 2002),
  raised(9, 6, 'short'),
  virtual(9, 6, 'short', 'CREATED', 1000),
];

describe('SignalBook', () => {
  const book = bookOf(JOURNAL);
  const summary = book.summary({ virtualLooks: 3 });

  it('counts signals by direction, source and what became of them', () => {
    expect(summary).toMatchObject({
      raised: { long: 3, short: 3 },
      accepted: { long: 1, short: 0 },
      rejected: [
        { reason: 'graded_breaker', long: 1, short: 0 },
        { reason: 'low_confidence', long: 0, short: 1 },
        { reason: 'low_model_probability', long: 0, short: 1 },
      ],
      sources: [
        { source: 'ict', long: 3, short: 2 },
        { source: 'trend', long: 0, short: 1 },
      ],
      counters: { virtualLooks: 3 },
    });
  });
  it('counts the eleven events, those that did not occur too', () => {
    expect(summary?.virtual.events).toEqual({
      CREATED: 5,
      PRICE_UPDATED: 3,
      MAX_PNL_UPDATED: 1,
      MIN_PNL_UPDATED: 0,
      NEAR_TAKE_PROFIT: 1,
      NEAR_STOP_LOSS: 0,
      TAKE_PROFIT_HIT: 1,
      STOP_LOSS_HIT: 1,
      EXPIRED: 1,
      FORCED_CLOSE: 1,
      CLOSED: 4,
    });
  });
  it('takes both fees off before it calls a position won; one that never entered is closed and nothing else', () => {
    const { closed, won, open, meanReturnPercent } = summary!.virtual;
    expect({ closed, won, open }).toEqual({ closed: { long: 3, short: 1 }, won: { long: 1, short: 0 }, open: 1 });
    // (19 − 0.0005 · 2021) / 1001, (−10 − 0.0005 · 2010) / 1000 and (2 − 0.0005 · 4002) / 2000, in percent.
    expect(meanReturnPercent).toBeCloseTo((100 * (17.9895 / 1001 - 0.011005 - 0.0000005)) / 3, 12);
  });
  it('gives one sample for each position that entered and was closed', () => {
    expect([...book.samples]).toEqual([
      {
        signalId: 1,
        symbol: 'AUSDT',
        side: 'long',
        signalTime: 1,
        entryTime: 2,
        exitTime: 3,
        outcome: 'take_profit',
        grossReturn: 19 / 1001,
        netReturn: expect.closeTo(17.9895 / 1001, 14) as number,
        win: true,
        weight: 0.5,
        confidence: 0.625,
        parts: PARTS,
        quality: QUALITY,
      },
      expect.objectContaining({ signalId: 3, side: 'short', outcome: 'stop_loss', grossReturn: -0.01, win: false }),
      expect.objectContaining({ signalId: 5, outcome: 'expired', grossReturn: 0.001, win: false, weight: 1, parts: [], quality: [] }),
    ]);
  });
  it('lists 500 breaker changes and counts all, in percent, with the symbol of those that have one', () => {
    const changes = Array.from({ length: 502 }, (_, k): Message => {
      const value = 5_250_000 as RateE8;
      const where = k === 0 ? { breaker: 'graded' as const, instrument: null } : { breaker: 'volatility' as const, instrument: id(1) };
      return { type: 'BreakerChanged', ts: k as EpochMs, ...where, from: 0, to: 1, cause: 'tripped', value };
    });
    const { breakers, breakerChanges } = bookOf(changes).summary({})!;
    expect([breakers.length, breakerChanges]).toEqual([500, 502]);
    expect(breakers.slice(0, 2)).toEqual([
      { time: 0, symbol: null, breaker: 'graded', from: 0, to: 1, cause: 'tripped', valuePercent: 5.25 },
      { time: 1, symbol: 'BUSDT', breaker: 'volatility', from: 0, to: 1, cause: 'tripped', valuePercent: 5.25 },
    ]);
  });
  it('says nothing of a run without signals', () => {
    expect(bookOf([]).summary({ any: 1 })).toBeNull();
  });
  it('refuses a life whose events are out of order', () => {
    const entered = virtual(2, 9, 'long', 'PRICE_UPDATED', 1001, 'entered');
    expect(() => bookOf([raised(1, 9, 'long'), entered])).toThrow(/virtual position 9: PRICE_UPDATED at 2 may not come here/);
  });
});
