import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RiskGuard, type EpochMs, type OpenExposure, type RiskDecision, type RiskSettings, type Ticks } from '../../src/index.ts';
import { whole } from '../engine/fixture.ts';
import { runs } from '../laws/options.ts';
import { answers, events, newGuard } from './arbitrary-guard.ts';
import { at, id, inWords, sats, SETTINGS } from './fixture.ts';

const MINUTE = 60_000;
/** A signal of instrument 0 while instrument 1 is held long. */
interface Case {
  readonly settings: Partial<RiskSettings>;
  readonly ratio: number;
  /** Equity now; it was 1000 an hour ago. */
  readonly equity: number;
  readonly gross: number;
  readonly open: readonly OpenExposure[];
  readonly direction: 1 | -1;
  readonly entry: number;
}
const LONG_1: OpenExposure = { instrument: id(1), direction: 1 };
/** Keeps no limit at all. Instruments 0 and 1 move as one, so that a long of one is a long of the other. */
const WORST: Case = {
  settings: { maxPositions: 1, maxDrawdown: 0.2 },
  ratio: 4,
  equity: 800,
  gross: 2400,
  open: [LONG_1],
  direction: 1,
  entry: 1_000_000_000,
};

function guardOf({ settings, ratio, equity }: Case): RiskGuard {
  const guard = new RiskGuard(2, MINUTE, { ...SETTINGS, ...settings });
  for (let frame = 0; frame < 40; frame++) {
    const close = frame % 2 === 0 ? 100 : 110;
    for (const k of [0, 1]) guard.observeCandle(id(k), ((frame + 1) * MINUTE - 1) as EpochMs, close);
  }
  guard.observeEquity(at(0), sats(1000));
  guard.observeEquity(at(1), sats(equity));
  guard.observeVolatility(id(0), at(1), ratio);
  return guard;
}
function decide(the: Case): RiskDecision {
  return guardOf(the).check(
    { instrument: id(0), direction: the.direction, confidence: 0.5, entry: the.entry as Ticks },
    { equity: sats(the.equity), gross: sats(the.gross), openPositions: the.open, winRate: 0.5, instrument: whole(0) },
  );
}
const rejected = (reason: string, value: number | null, limit: number | null) => ({ kind: 'reject', reason, value, limit });

/** So low that random candles are beyond it half of the time. */
const LOW_CORRELATION: RiskSettings = { ...SETTINGS, maxCorrelation: 0.1 };

describe('risk guard', () => {
  it('RISK-10: says the first limit that is not kept, in this order', () => {
    const relaxed: readonly [Partial<Case>, Partial<RiskSettings>, unknown][] = [
      [{}, {}, rejected('max_positions', 100_000_000, 100_000_000)],
      [{}, { maxPositions: 2 }, rejected('volatility_breaker', 400_000_000, 150_000_000)],
      [{ ratio: 1 }, {}, rejected('graded_breaker', 20_000_000, 15_000_000)],
      [{}, { breakerLevels: [0.6, 0.7, 0.8] }, rejected('daily_loss', 20_000_000, 5_000_000)],
      [{}, { dailyLoss: 0.5 }, rejected('drawdown', 20_000_000, 20_000_000)],
      [{}, { maxDrawdown: 0.3 }, rejected('exposure', 309_000_000, 300_000_000)], // 800 · 3 % · 3 = 72 on top of 2,400
      [{ gross: 0 }, {}, rejected('correlation', 100_000_000, 95_000_000)],
      [{ direction: -1 }, {}, rejected('too_small', null, null)],
      [{ entry: 10 }, {}, { kind: 'accept', qty: 70, leverage: 11, marginShare: 8_000_000 }], // 800 · 8 % · 11 = 704
    ];
    let the = WORST;
    for (const [changed, settings, decision] of relaxed) {
      the = { ...the, ...changed, settings: { ...the.settings, ...settings } };
      expect(decide(the)).toEqual(decision);
    }
  });

  const SOUND: Case = { settings: {}, ratio: 1, equity: 1000, gross: 0, open: [], direction: 1, entry: 10 };
  it.each<[string, Partial<Case>, unknown]>([
    ['everything is sound', {}, { kind: 'accept', qty: 88, leverage: 11, marginShare: 8_000_000 }],
    ['RISK-5: volatility spikes', { ratio: 2 }, { kind: 'accept', qty: 24, leverage: 3, marginShare: 8_000_000 }],
    ['RISK-6: level 1', { equity: 950, settings: { dailyLoss: 0.5 } }, { kind: 'accept', qty: 8, leverage: 3, marginShare: 3_000_000 }],
    ['RISK-6: level 2', { equity: 900 }, rejected('graded_breaker', 10_000_000, 10_000_000)],
    ['RISK-8: the daily loss alone', { equity: 940, settings: { dailyLoss: 0.06 } }, rejected('daily_loss', 6_000_000, 6_000_000)],
    ['RISK-11: a long beside a long', { open: [LONG_1] }, rejected('correlation', 100_000_000, 95_000_000)],
    [
      'RISK-11: as one, where that is the limit',
      { open: [LONG_1], settings: { maxCorrelation: 1 } },
      rejected('correlation', 100_000_000, 100_000_000),
    ],
    [
      'RISK-11: a short beside a long',
      { open: [LONG_1], direction: -1 },
      { kind: 'accept', qty: 88, leverage: 11, marginShare: 8_000_000 },
    ],
    [
      'RISK-11: a short beside a short',
      { open: [{ ...LONG_1, direction: -1 }], direction: -1 },
      rejected('correlation', 100_000_000, 95_000_000),
    ],
  ])('%s', (_, changed, decision) => expect(decide({ ...SOUND, ...changed })).toEqual(decision));

  it('RISK-6: level 3 closes all positions, level 2 does not', () => {
    const guard = newGuard(SETTINGS);
    guard.observeEquity(at(0), sats(1000));
    guard.observeEquity(at(1), sats(900));
    expect([guard.level, guard.mustClose]).toEqual([2, false]);
    guard.observeEquity(at(2), sats(850));
    expect([guard.level, guard.mustClose]).toEqual([3, true]);
    guard.observeEquity(at(6), sats(1000));
    expect([guard.level, guard.mustClose]).toEqual([2, false]);
  });
  it('RISK-6, RISK-8, RISK-9: one equity can trip all three, and a quiet one says nothing', () => {
    const guard = newGuard(SETTINGS);
    const quiet = guard.observeEquity(at(0), sats(1000));
    expect(quiet).toEqual([]);
    expect(guard.observeEquity(at(1), sats(999))).toBe(quiet);
    const changes = guard.observeEquity(at(2), sats(700));
    expect(changes.map(inWords)).toEqual(['graded 0→3 tripped 0.3', 'daily_loss 0→1 tripped 0.3', 'drawdown 0→1 tripped 0.3']);
    expect(guard.observeEquity(at(3), sats(700))).toBe(quiet);
    expect(changes.length).toBe(3);
  });

  it('RISK-13: a bypass is said once, follows the levels and stops nothing', () => {
    const guard = newGuard({ ...SETTINGS, breaker: 'bypass' });
    expect(guard.observeEquity(NaN as EpochMs, sats(1000))).toEqual([]);
    expect(guard.observeEquity(at(0), sats(1000)).map(inWords)).toEqual(['graded 0→0 bypassed 0']);
    expect(guard.observeEquity(at(1), sats(700)).map(inWords)).toEqual([
      'graded 0→3 tripped 0.3',
      'daily_loss 0→1 tripped 0.3',
      'drawdown 0→1 tripped 0.3',
    ]);
    expect([guard.level, guard.mustClose]).toEqual([3, false]);
    const signal = { instrument: id(0), direction: 1, confidence: 0.5, entry: 10 as Ticks } as const;
    const account = { equity: sats(700), gross: sats(0), openPositions: [], winRate: 0.5, instrument: whole(0) };
    expect(guard.check(signal, account)).toEqual({ kind: 'accept', qty: 61, leverage: 11, marginShare: 8_000_000 }); // 616
    guard.observeVolatility(id(0), at(1), 3);
    expect(guard.check(signal, account)).toEqual(rejected('volatility_breaker', 300_000_000, 150_000_000));
  });
  it('RISK-13: with a bypass no account breaker rejects, whatever happens', () => {
    fc.assert(
      fc.property(events, (told) => {
        const said = answers(newGuard({ ...SETTINGS, breaker: 'bypass' }), told);
        const text = JSON.stringify(said);
        for (const reason of ['graded_breaker', 'daily_loss', 'drawdown']) expect(text).not.toContain(`"reason":"${reason}"`);
        expect(said.flat().filter((answer) => JSON.stringify(answer)?.includes('bypassed')).length).toBeLessThanOrEqual(1);
        // What is said of levels and losses is the same as without it.
        const changesOf = (all: readonly unknown[]): readonly unknown[] =>
          told.flatMap(({ kind }, k) => (kind === 'equity' ? (all[k] as readonly [readonly { cause: string }[]])[0] : []));
        const plain = changesOf(answers(newGuard(SETTINGS), told));
        expect(changesOf(said).filter((change) => (change as { cause: string }).cause !== 'bypassed')).toEqual(plain);
      }),
      runs(200),
    );
  });

  it('RISK-12: two guards that were told the same are equal, however often one was asked, and go on equally', () => {
    fc.assert(
      fc.property(events, events, (before, after) => {
        const [asked, silent, fresh] = [newGuard(SETTINGS), newGuard(SETTINGS), newGuard(SETTINGS)];
        const facts = before.filter(({ kind }) => kind !== 'check');
        answers(asked, before);
        answers(silent, facts);
        const next = answers(asked, after);
        expect(answers(silent, after)).toEqual(next);
        // Told again from the beginning, as by a journal.
        expect(answers(fresh, [...before, ...after]).slice(before.length)).toEqual(next);
      }),
      runs(200),
    );
  });
  it('RISK-12: what was not sound says nothing: without it all is the same', () => {
    fc.assert(
      fc.property(events, (told) => {
        let last = -Infinity;
        const isSound = told.map((event) => {
          if (event.kind !== 'equity') return true;
          const isSaid = Number.isFinite(event.ts) && Number.isFinite(event.equity) && event.ts >= last;
          if (isSaid) last = event.ts;
          return isSaid;
        });
        const all = answers(newGuard(SETTINGS), told).filter((_, k) => isSound[k]);
        expect(answers(newGuard(SETTINGS), told.filter((_, k) => isSound[k]))).toEqual(all); // prettier-ignore
      }),
      runs(200),
    );
  });
  it('other names for the instruments change nothing but the names', () => {
    const orders = fc.constantFrom([0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]);
    fc.assert(
      fc.property(events, orders, (told, order) => {
        expect(answers(newGuard(LOW_CORRELATION), told, order)).toEqual(answers(newGuard(LOW_CORRELATION), told));
      }),
      runs(200),
    );
  });
  it('RISK-10: whatever it is told, decisions keep their bounds', () => {
    fc.assert(
      fc.property(events, (told) => {
        const said = answers(newGuard(SETTINGS), told);
        told.forEach((event, k) => {
          if (event.kind !== 'check') return;
          const decision = said[k] as RiskDecision;
          if (decision.kind === 'reject') {
            for (const value of [decision.value, decision.limit])
              expect(value === null || (Number.isSafeInteger(value) && value >= 0)).toBe(true);
            return;
          }
          expect(Number.isSafeInteger(decision.qty) && decision.qty > 0).toBe(true);
          expect(decision.leverage >= 1 && decision.leverage <= 20).toBe(true);
          expect(decision.marginShare >= 0 && decision.marginShare <= 13_000_000).toBe(true);
        });
      }),
      runs(200),
    );
  });
});
