import { describe, expect, it } from 'vitest';
import {
  InvariantError,
  OutcomeFold,
  type Message,
  type RateE8,
  type SignalOutcome,
  type SignalRaised,
  type Ticks,
  type VirtualPositionEvent,
} from '../../src/index.ts';
import { at, id, Lead } from './lead.ts';

const raised = (rest: Partial<SignalRaised> = {}): SignalRaised => ({
  type: 'SignalRaised',
  ts: at(0),
  instrument: id(0),
  signalId: 1,
  source: 'ict',
  direction: 'long',
  entry: 100 as Ticks,
  stop: 90 as Ticks,
  target: 120 as Ticks,
  confidence: 6e7 as RateE8,
  parts: [1, 1, 0, 0, 0],
  quality: [0.2, 0.4, 0.6, 0.8, 1],
  reasons: 'sweep',
  ...rest,
});
function outcomes(messages: readonly Message[], fold: OutcomeFold = new OutcomeFold()): readonly SignalOutcome[] {
  return messages.flatMap((message) => fold.add(message) ?? []);
}

describe('OutcomeFold', () => {
  it('VIRT-12: joins a signal with what its position came to', () => {
    const lead = new Lead(1).candle(5, 8, 3, 6).check(6, 14, 1, 12).candle(12, 20, 9, 20);
    expect(outcomes([raised(), ...lead.events])).toEqual([
      {
        signalId: 1,
        source: 'ict',
        instrument: 0,
        direction: 'long',
        raisedTs: at(0),
        entryTs: at(1),
        entryPrice: 105,
        exitTs: at(3),
        exitPrice: 120,
        grossReturn: Math.round((15 / 105) * 1e8),
        cause: 'take_profit',
        forcedBy: 'none',
        maxPnl: Math.round((15 / 105) * 1e8),
        minPnl: Math.round((-4 / 105) * 1e8),
        qualityMean: expect.closeTo(0.6, 15) as number,
        confidence: 6e7,
      },
    ]);
  });
  it.each<[cause: string, forcedBy: string, lead: Lead]>([
    ['stop_loss', 'none', new Lead(-1).flat(0).flat(-11)],
    ['expired', 'none', new Lead(-1, { expiryMs: 60_000 }).flat(0)],
    ['forced', 'breaker', new Lead(-1).flat(0).force('breaker')],
    ['forced', 'graded_stop', new Lead(-1, { gradedStop: true }).flat(0).flat(-5).answer('graded_50', 0)],
  ])('VIRT-12: %s, forced by %s', (cause, forcedBy, lead) => {
    const [outcome] = outcomes([raised({ direction: 'short', quality: [] }), ...lead.events]);
    expect(outcome).toMatchObject({ direction: 'short', entryPrice: 100, cause, forcedBy, qualityMean: null });
    expect(outcome!.grossReturn).toBe(lead.events.at(-1)!.pnl);
  });
  it('VIRT-11, VIRT-12: what never entered is no outcome', () => {
    const fold = new OutcomeFold();
    expect(outcomes([raised(), ...new Lead(1).force('run_end').events], fold)).toEqual([]);
    expect([fold.neverEntered, fold.open]).toEqual([1, 0]);
  });
  it('VIRT-12: passes over other messages and signals without a position, and counts what is open', () => {
    const fold = new OutcomeFold();
    const { events } = new Lead(1).flat(0);
    const rejected = {
      type: 'SignalRejected',
      ts: at(0),
      instrument: id(0),
      signalId: 9,
      reason: 'low_quality',
      value: null,
      limit: null,
    } as const;
    expect(outcomes([raised({ signalId: 9 }), rejected, raised(), ...events, raised({ signalId: 10, ts: at(5) })], fold)).toEqual([]);
    expect(fold.open).toBe(1);
  });
  it.each<[name: string, messages: (events: readonly VirtualPositionEvent[]) => readonly Message[]]>([
    ['a position without a signal', (events) => events],
    ['a position of an older signal', (events) => [raised({ ts: at(-1) }), raised({ signalId: 2 }), ...events]],
    ['an event without its creation', (events) => [raised(), ...events.slice(1)]],
    ['two positions of one signal', (events) => [raised(), ...events, events[0]!]],
    ['an event behind the end', (events) => [raised(), ...events, events[1]!]],
    ['an end that is missing', (events) => [raised(), ...events.toSpliced(-2, 1)]],
  ])('VIRT-12: refuses %s', (_, messages) => {
    const { events } = new Lead(1).flat(0).flat(-10);
    expect(() => outcomes(messages(events))).toThrow(InvariantError);
    expect(outcomes([raised(), ...events])).toHaveLength(1);
  });
});
