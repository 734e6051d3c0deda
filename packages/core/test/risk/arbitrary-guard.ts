import fc from 'fast-check';
import { RiskGuard, type EpochMs, type Instrument, type RiskSettings, type Sats, type Ticks } from '../../src/index.ts';
import { whole } from '../engine/fixture.ts';
import { BTC_2026, bracketsFrom, HIVE_2026 } from '../venue/bracket-tables.ts';
import { anyNumber } from './any-number.ts';
import { id, sats } from './fixture.ts';

const MINUTE = 60_000;
export const INSTRUMENTS = 3;

/** One thing that a guard is told or asked. */
export type Event =
  | { readonly kind: 'candle'; readonly instrument: number; readonly ts: number; readonly close: number }
  | { readonly kind: 'equity'; readonly ts: number; readonly equity: number }
  | { readonly kind: 'volatility'; readonly instrument: number; readonly ts: number; readonly ratio: number }
  | {
      readonly kind: 'check';
      readonly instrument: number;
      readonly direction: 1 | -1;
      readonly confidence: number;
      readonly entry: number;
      readonly equity: number;
      readonly gross: number;
      readonly winRate: number;
      readonly open: readonly { readonly instrument: number; readonly direction: 1 | -1 }[];
    };

/** Minute at which checks stand among the other events: behind candles of all instruments. */
const MIDDLE = 7 * 24 * 60;
const instrument = fc.nat(INSTRUMENTS - 1);
const direction = fc.constantFrom(1 as const, -1 as const);
/** Mostly what occurs, seldom anything. */
const odd = (usual: fc.Arbitrary<number>): fc.Arbitrary<number> =>
  fc.oneof({ weight: 20, arbitrary: usual }, { weight: 1, arbitrary: anyNumber });
const minute = fc.nat(14 * 24 * 60);
const closeTs = (last: number): number => (last + 1) * MINUTE - 1;
const ts = odd(minute.map(closeTs));
const usdt = (max: number): fc.Arbitrary<number> => odd(fc.integer({ min: 1, max }).map((amount) => sats(amount)));

const event: fc.Arbitrary<Event> = fc.oneof(
  fc.record({
    kind: fc.constant('candle' as const),
    instrument,
    ts: odd(minute.map((late) => closeTs(MIDDLE + late))),
    close: odd(fc.integer({ min: 1, max: 100 })),
  }),
  fc.record({ kind: fc.constant('equity' as const), ts, equity: usdt(10_000) }),
  fc.record({ kind: fc.constant('volatility' as const), instrument, ts, ratio: odd(fc.double({ min: 0, max: 5, noNaN: true })) }),
  fc.record({
    kind: fc.constant('check' as const),
    instrument,
    direction,
    confidence: odd(fc.double({ min: 0, max: 1, noNaN: true })),
    entry: odd(fc.integer({ min: 1, max: 100 })),
    equity: usdt(10_000),
    gross: usdt(20_000),
    winRate: odd(fc.double({ min: 0, max: 1, noNaN: true })),
    open: fc.array(fc.record({ instrument, direction }), { maxLength: 3 }),
  }),
);
/** Candles of all instruments, frame after frame, the last one before the middle: so that there are correlations. */
const history: fc.Arbitrary<readonly Event[]> = fc
  .array(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: INSTRUMENTS, maxLength: INSTRUMENTS }), { minLength: 30, maxLength: 50 })
  .map((frames) =>
    frames.flatMap((closes, k) =>
      closes.map((close, instrument) => ({
        kind: 'candle' as const,
        instrument,
        ts: (MIDDLE - frames.length + k + 1) * MINUTE - 1,
        close,
      })),
    ),
  );
/** Events of one guard, times rising but for the odd ones. */
export const events: fc.Arbitrary<readonly Event[]> = fc
  .tuple(history, fc.array(event, { maxLength: 80 }))
  .map(([candles, others]) => [...candles, ...others].toSorted((a, b) => timeOf(a) - timeOf(b)));
function timeOf(event: Event): number {
  return event.kind === 'check' || Number.isNaN(event.ts) ? MIDDLE * MINUTE : Math.min(1e300, Math.max(-1e300, event.ts));
}

const TABLES: readonly Instrument[] = [
  whole(),
  whole(1, { brackets: bracketsFrom(HIVE_2026) }),
  whole(2, { brackets: bracketsFrom(BTC_2026), minQty: '3' }),
];
/** What a guard answers to each of the events; `relabelled[k]` is the id that instrument k goes by there. */
export function answers(guard: RiskGuard, told: readonly Event[], relabelled: readonly number[] = [0, 1, 2]): readonly unknown[] {
  return told.map((event) => {
    switch (event.kind) {
      case 'candle':
        return guard.observeCandle(id(relabelled[event.instrument]!), event.ts as EpochMs, event.close);
      case 'equity':
        return [guard.observeEquity(event.ts as EpochMs, event.equity as Sats), guard.level, guard.mustClose];
      case 'volatility': {
        const change = guard.observeVolatility(id(relabelled[event.instrument]!), event.ts as EpochMs, event.ratio);
        return change === null ? null : { ...change, instrument: event.instrument };
      }
      case 'check': {
        const { direction, confidence, entry, equity, gross, winRate } = event;
        const signal = { instrument: id(relabelled[event.instrument]!), direction, confidence, entry: entry as Ticks };
        const openPositions = event.open.map((open) => ({ ...open, instrument: id(relabelled[open.instrument]!) }));
        const account = { equity: equity as Sats, gross: gross as Sats, winRate, openPositions, instrument: TABLES[event.instrument]! };
        return guard.check(signal, account);
      }
      default:
        return event satisfies never;
    }
  });
}
export const newGuard = (settings: RiskSettings): RiskGuard => new RiskGuard(INSTRUMENTS, MINUTE, settings);
