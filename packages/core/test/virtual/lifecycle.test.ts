import { describe, expect, it } from 'vitest';
import {
  LifeChecker,
  nextLifeState,
  type LifeState,
  type RateE8,
  type Ticks,
  type VirtualEventKind,
  type VirtualPositionEvent,
} from '../../src/index.ts';
import { at, id } from './lead.ts';

const SHORT = {
  C: 'CREATED',
  P: 'PRICE_UPDATED',
  M: 'MAX_PNL_UPDATED',
  m: 'MIN_PNL_UPDATED',
  T: 'NEAR_TAKE_PROFIT',
  S: 'NEAR_STOP_LOSS',
  t: 'TAKE_PROFIT_HIT',
  s: 'STOP_LOSS_HIT',
  e: 'EXPIRED',
  f: 'FORCED_CLOSE',
  x: 'CLOSED',
} as const satisfies Readonly<Record<string, VirtualEventKind>>;
type Letter = keyof typeof SHORT;
const kindsOf = (word: string): readonly VirtualEventKind[] => [...word].map((letter) => SHORT[letter as Letter]);
const walk = (word: string): LifeState | null =>
  kindsOf(word).reduce<LifeState | null>((state, kind) => (state === null ? null : nextLifeState(state, kind)), 'unborn');

describe('life of a virtual position', () => {
  it('VIRT-2: has eleven kinds of events', () => expect(new Set(Object.values(SHORT)).size).toBe(11));
  it.each<[word: string, state: LifeState]>([
    ['', 'unborn'],
    ['C', 'open'],
    ['CPPMMmm', 'open'],
    ['CPT', 'near_target'],
    ['CS', 'near_stop'],
    ['CSPT', 'near_both'],
    ['CTMmSP', 'near_both'],
    ['Ct', 'ended'],
    ['CTs', 'ended'],
    ['CSe', 'ended'],
    ['CTSf', 'ended'],
    ['CPTtx', 'closed'],
    ['Cfx', 'closed'],
  ])('VIRT-2: %s leads to %s', (word, state) => expect(walk(word)).toBe(state));
  it.each([
    'P',
    'M',
    't',
    'x',
    'CC',
    'CPC',
    'CTT',
    'CTST',
    'CSS',
    'CSTS',
    'Cx',
    'CTx',
    'Ctt',
    'Cts',
    'Cef',
    'CtP',
    'CsxC',
    'CfxP',
    'Cexx',
    'CtT',
  ])('VIRT-2: %s is no life', (word) => expect(walk(word)).toBeNull());
  it('VIRT-2: of all words of up to six events those are lives that the words of the rule say', () => {
    const life = /^(?:C(?:(?=[^T]*T?[^T]*$)(?=[^S]*S?[^S]*$)[PMmTS]*)(?:[tsef]x?)?)?$/;
    const count = (word: string): number => {
      expect([word, walk(word) !== null]).toEqual([word, life.test(word)]);
      return word.length === 6 ? 1 : Object.keys(SHORT).reduce((sum, letter) => sum + (life.test(word) ? count(word + letter) : 0), 0);
    };
    expect(count('')).toBeGreaterThan(1000);
  });
});

describe('LifeChecker', () => {
  const event = (kind: VirtualEventKind, rest: Partial<VirtualPositionEvent> = {}): VirtualPositionEvent => ({
    type: 'VirtualPositionEvent',
    ts: at(1),
    instrument: id(0),
    positionId: 7,
    kind,
    cause: 'none',
    direction: 'long',
    price: 100 as Ticks,
    pnl: 0 as RateE8,
    stop: 90 as Ticks,
    target: 120 as Ticks,
    ...rest,
  });
  const faults = (...events: readonly VirtualPositionEvent[]): readonly string[] => {
    const checker = new LifeChecker();
    return events.flatMap((one) => checker.check(one) ?? []);
  };

  it('VIRT-2: follows each position of a stream by itself', () => {
    const checker = new LifeChecker();
    const stream = [
      event('CREATED'),
      event('CREATED', { positionId: 8, instrument: id(3), direction: 'short' }),
      event('FORCED_CLOSE', { cause: 'run_end' }),
      event('PRICE_UPDATED', { positionId: 8, instrument: id(3), direction: 'short' }),
      event('CLOSED', { cause: 'run_end' }),
    ];
    expect(stream.map((one) => [checker.check(one), checker.open])).toEqual([
      [null, 1],
      [null, 2],
      [null, 2],
      [null, 2],
      [null, 1],
    ]);
  });
  it('VIRT-2: names what comes out of order', () => {
    expect(faults(event('CLOSED'), event('CREATED'), event('CREATED', { ts: at(2) }), event('PRICE_UPDATED'))).toEqual([
      'virtual position 7: CLOSED at 60000 may not come with nothing before it',
      'virtual position 7: CREATED at 120000 may not come with CREATED before it',
    ]);
  });
  it.each<[fault: string, wrong: VirtualPositionEvent]>([
    ['PRICE_UPDATED at 60000 is of instrument 1, not 0', event('PRICE_UPDATED', { instrument: id(1) })],
    ['PRICE_UPDATED at 60000 is short, not long', event('PRICE_UPDATED', { direction: 'short' })],
    ['PRICE_UPDATED at 0 is older than the event before it, of 60000', event('PRICE_UPDATED', { ts: at(0) })],
    ['PRICE_UPDATED at 60000 moves the stop from 90 to 95 without a cause', event('PRICE_UPDATED', { stop: 95 as Ticks })],
    ['EXPIRED at 60000 moves the target from 120 to 130 without a cause', event('EXPIRED', { target: 130 as Ticks })],
  ])('VIRT-2: %s', (fault, wrong) => expect(faults(event('CREATED'), wrong)).toEqual([`virtual position 7: ${fault}`]));
  it('VIRT-9: levels may move with their causes', () => {
    const moved = [
      event('CREATED'),
      event('PRICE_UPDATED', { cause: 'breakeven', stop: 100 as Ticks }),
      event('PRICE_UPDATED', { cause: 'trailed', stop: 104 as Ticks }),
      event('PRICE_UPDATED', { cause: 'target_extended', stop: 104 as Ticks, target: 130 as Ticks }),
    ];
    expect(faults(...moved)).toEqual([]);
  });
  it('VIRT-2: CLOSED repeats price, return and cause', () => {
    const ended = event('STOP_LOSS_HIT', { price: 90 as Ticks, pnl: -1e7 as RateE8 });
    const line = 'virtual position 7: CLOSED at 60000 does not repeat price, return and cause of STOP_LOSS_HIT';
    for (const wrong of [{ price: 91 as Ticks }, { pnl: 0 as RateE8 }, { cause: 'breaker' as const }]) {
      expect(faults(event('CREATED'), ended, { ...ended, kind: 'CLOSED', ...wrong })).toEqual([line]);
    }
    expect(faults(event('CREATED'), ended, { ...ended, kind: 'CLOSED' })).toEqual([]);
  });
});
