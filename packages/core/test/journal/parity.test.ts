import { describe, expect, it } from 'vitest';
import { compareRuns, type JournalEntry } from '../../src/index.ts';

let seq = 0;
const entry = (pos: number, lane: 'in' | 'out', message: object): JournalEntry => ({ seq: ++seq, pos, lane, message }) as JournalEntry;
const submit = (orderId: number, more: object = {}): object => ({
  type: 'SubmitOrder',
  ts: 59_999,
  instrument: 0,
  orderId,
  side: 'buy',
  orderType: 'market',
  qty: 3,
  price: null,
  trigger: null,
  timeInForce: 'gtc',
  reduceOnly: false,
  parent: null,
  ...more,
});
const filled = (orderId: number, more: object = {}): object => ({
  type: 'OrderFilled',
  ts: 119_999,
  instrument: 0,
  orderId,
  fill: 1,
  qty: 3,
  price: 100,
  reference: 100,
  fee: 15,
  isMaker: false,
  isDone: true,
  ...more,
});
const BACKTEST = [
  entry(1, 'out', submit(1)),
  entry(1, 'out', submit(2, { side: 'sell' })),
  entry(2, 'in', filled(1)),
  entry(2, 'in', filled(2, { qty: -3 })),
];

describe('compareRuns', () => {
  it('finds nothing between a run and itself', () => {
    expect(compareRuns(BACKTEST, BACKTEST)).toEqual({ identical: true, decisions: 2, facts: 2, differences: [] });
  });

  it('lists what a venue alone can know by kind, and takes reports of two orders in any order', () => {
    const live = [
      ...BACKTEST.slice(0, 2),
      entry(1, 'in', filled(2, { qty: -3, ts: 60_100 })),
      entry(1, 'in', filled(1, { ts: 60_200, reference: 101 })),
    ];
    const { identical, differences } = compareRuns(BACKTEST, live);
    expect(identical).toBe(true);
    expect(differences.map(({ kind, isVenueFact, count }) => [kind, isVenueFact, count])).toEqual([
      ['fact at another position', true, 2],
      ['OrderFilled.ts', true, 2],
      ['OrderFilled.reference', true, 1],
    ]);
    expect(differences[0]?.example).toMatch(
      /^order 1 of instrument 0: .*"ts":119999.* at position 2 against .*"ts":60200.* at position 1$/,
    );
  });

  it.each<[string, readonly JournalEntry[], string]>([
    ['another quantity', [entry(1, 'out', submit(1, { qty: 4 })), ...BACKTEST.slice(1)], 'SubmitOrder.qty'],
    [
      'a decision at another candle',
      [BACKTEST[0]!, entry(2, 'out', submit(2, { side: 'sell' })), ...BACKTEST.slice(2)],
      'decision at another position',
    ],
    ['a decision that is missing', [BACKTEST[0]!, ...BACKTEST.slice(2)], 'decision missing'],
    ['one too many', [...BACKTEST, entry(2, 'out', submit(3))], 'decision too many'],
    ['another price', [...BACKTEST.slice(0, 3), entry(2, 'in', filled(2, { qty: -3, price: 99 }))], 'OrderFilled.price'],
    ['another fee', [...BACKTEST.slice(0, 3), entry(2, 'in', filled(2, { qty: -3, fee: 16 }))], 'OrderFilled.fee'],
    ['a fill that never came', BACKTEST.slice(0, 3), 'fact missing'],
    [
      'a rejection',
      [...BACKTEST.slice(0, 3), entry(2, 'in', { type: 'OrderRejected', ts: 1, instrument: 0, orderId: 2, reason: 'venue' })],
      'fact of another type',
    ],
  ])('calls %s no venue fact', (_, live, kind) => {
    const { identical, differences } = compareRuns(BACKTEST, live);
    expect(identical).toBe(false);
    expect(differences.filter(({ isVenueFact }) => !isVenueFact).map((difference) => difference.kind)).toEqual([kind]);
  });

  it('knows an answer to a fill that was heard of before the frame of its candle', () => {
    const [bracket, live] = [2, 1].map((pos) => [...BACKTEST, entry(pos, 'out', submit(3))]);
    const { identical, differences } = compareRuns(bracket!, live!);
    expect([identical, differences.map(({ kind }) => kind)]).toEqual([true, ['reaction before its frame']]);
    expect(compareRuns(live!, bracket!).identical).toBe(false);
  });

  it('compares funding by its hour, whatever the jitter of its time stamp', () => {
    const funding = (more: object): object => ({
      type: 'FundingCharged',
      ts: 1,
      instrument: 0,
      time: 28_800_000,
      rate: 10,
      mark: 100,
      amount: -30,
      ...more,
    });
    const report = compareRuns([entry(1, 'in', funding({}))], [entry(1, 'in', funding({ time: 28_800_004, mark: 101 }))]);
    expect([report.identical, report.differences.map(({ kind }) => kind)]).toEqual([true, ['FundingCharged.time', 'FundingCharged.mark']]);
    expect(compareRuns([entry(1, 'in', funding({}))], [entry(1, 'in', funding({ amount: -31 }))]).identical).toBe(false);
  });

  it('compares what a liquidation paid in all: a venue tells fee and absorbed loss as one number', () => {
    const closing = (fee: number, absorbed: number): JournalEntry =>
      entry(1, 'in', {
        type: 'PositionLiquidated',
        ts: 1,
        instrument: 0,
        cause: 'margin',
        positionSide: 'both',
        qty: -3,
        price: 90,
        mark: 9_000_000_000,
        fee,
        absorbed,
      });
    const report = compareRuns([closing(50, 80)], [closing(0, 30)]);
    expect([report.identical, report.differences.map(({ kind }) => kind)]).toEqual([
      true,
      ['PositionLiquidated.fee', 'PositionLiquidated.absorbed'],
    ]);
    expect(compareRuns([closing(50, 80)], [closing(0, 31)]).identical).toBe(false);
  });
});
