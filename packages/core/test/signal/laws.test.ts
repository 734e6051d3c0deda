import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  KNOWN_AT,
  readSignal,
  SIGNAL_DIRECTION,
  SIGNAL_ENTRY,
  SIGNAL_REASON_BITS,
  SIGNAL_STOP,
  SIGNAL_STRIDE,
  SIGNAL_TARGET,
  SIGNAL_REASONS,
} from '../../src/index.ts';
import { eventsOf, logsOf, MIRROR, reflected, SOURCES, stream, tapeOf } from './streams.ts';

const RUNS = { numRuns: 80 };
const PRICES: readonly number[] = [SIGNAL_ENTRY, SIGNAL_STOP, SIGNAL_TARGET];

/** What the reflected market has to say of a signal. */
function mirrored(words: readonly number[]): number[] {
  return words.map((word, slot) => {
    if (slot === SIGNAL_DIRECTION) return -word;
    return PRICES.includes(slot) ? MIRROR - word : word;
  });
}

describe('laws of every source of signals', () => {
  it('any stream of candles gives scores in [0,1], finite prices above 0, and the entry between stop and target (SIG-2, SIG-3, SIG-4)', () => {
    let seen = 0;
    fc.assert(
      fc.property(stream, (bars) => {
        const tape = tapeOf(bars);
        for (const log of logsOf(tape)) {
          for (let event = 0; event < log.length; event++) {
            const signal = readSignal(log, event);
            const scores = [signal.confidence, ...Object.values(signal.parts), ...Object.values(signal.quality)];
            expect(scores).toHaveLength(11);
            expect(scores.filter((score) => !(score >= 0 && score <= 1))).toEqual([]);
            const { direction, entry, stop, target } = signal;
            expect(Math.min(stop, target)).toBeGreaterThan(0);
            expect(direction * (entry - stop)).toBeGreaterThan(0);
            expect(direction * (target - entry)).toBeGreaterThanOrEqual(1.5 * direction * (entry - stop));
            expect(Math.max(stop, target) + signal.volatilityRatio).toBeLessThan(Infinity);
            expect(entry).toBe(tape.close[signal.knownAt]);
            expect(signal.reasonBits).toBeGreaterThan(0);
            expect(signal.reasonBits).toBeLessThan(2 ** SIGNAL_REASONS.length);
            seen += 1;
          }
        }
      }),
      RUNS,
    );
    expect(seen).toBeGreaterThan(1000);
  });

  it('the reflected market yields the reflected signals, bit for bit, from candles to levels', () => {
    const seen = SOURCES.map(() => 0);
    fc.assert(
      fc.property(stream, (bars) => {
        const signals = logsOf(tapeOf(bars)).map(eventsOf);
        const inverted = logsOf(tapeOf(reflected(bars))).map(eventsOf);
        signals.forEach((events, k) => {
          seen[k] += events.length;
          expect(inverted[k], SOURCES[k]).toEqual(events.map(mirrored));
        });
      }),
      RUNS,
    );
    for (const [k, count] of seen.entries()) expect(count, SOURCES[k]).toBeGreaterThan(100);
  });

  it('blocks of any size give the same signals', () => {
    fc.assert(
      fc.property(stream, fc.array(fc.nat(40), { maxLength: 60 }), (bars, sizes) => {
        const tape = tapeOf(bars);
        expect(logsOf(tape, sizes).map(eventsOf)).toEqual(logsOf(tape).map(eventsOf));
      }),
      RUNS,
    );
  });

  it('the signals up to a row are the same when the candles behind it are cut off', () => {
    fc.assert(
      fc.property(stream, fc.nat(280), (bars, cut) => {
        const whole = logsOf(tapeOf(bars)).map(eventsOf);
        const rows = Math.min(bars.length, cut);
        expect(logsOf(tapeOf(bars.slice(0, rows))).map(eventsOf)).toEqual(
          whole.map((events) => events.filter((words) => words[KNOWN_AT]! < rows)),
        );
      }),
      RUNS,
    );
  });

  it('candles that are NaN give no signal, and 100 candles later signals are sound again', () => {
    fc.assert(
      fc.property(stream, fc.nat(280), (bars, at) => {
        const hole = { open: NaN, high: NaN, low: NaN, close: NaN, volume: NaN };
        const holed = bars.map((bar, row) => (row === at ? hole : bar));
        for (const log of logsOf(tapeOf(holed))) {
          const events = eventsOf(log);
          expect(events.flat().filter((word) => !Number.isFinite(word))).toEqual([]);
          expect(events.map((words) => words[KNOWN_AT]!).filter((row) => row >= at && row <= at + 100)).toEqual([]);
        }
      }),
      RUNS,
    );
  });

  it('an inverted market has as many longs as the market has shorts, so both together are balanced', () => {
    const balance = SOURCES.map(() => ({ long: 0, short: 0 }));
    fc.assert(
      fc.property(stream, (bars) => {
        for (const market of [bars, reflected(bars)]) {
          logsOf(tapeOf(market)).forEach((log, k) => {
            for (const words of eventsOf(log)) balance[k]![words[SIGNAL_DIRECTION]! > 0 ? 'long' : 'short'] += 1;
          });
        }
      }),
      RUNS,
    );
    for (const { long, short } of balance) {
      expect(long).toBe(short);
      expect(long).toBeGreaterThan(0);
    }
  });
});

describe('the form of a signal', () => {
  it('is as long as its stride, with one bit a reason', () => {
    const [log] = logsOf(tapeOf([]));
    expect(log!.stride).toBe(SIGNAL_STRIDE);
    expect(SIGNAL_REASON_BITS).toBeLessThan(SIGNAL_STRIDE);
    expect(SIGNAL_REASONS.length).toBeLessThanOrEqual(31);
  });
});
