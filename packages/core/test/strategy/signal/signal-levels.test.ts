import { describe, expect, it } from 'vitest';
import { type Row } from '../../engine/fixture.ts';
import { runSignals, told, type WrittenSignal } from './signal-table.ts';

const CANDLES: readonly Row[] = Array.from({ length: 4 }, () => [100, 101, 99, 100] as const);
/** Levels of the one signal of a run, in ticks of 1. */
function raised(signal: Omit<WrittenSignal, 'row'>): string | undefined {
  return told(runSignals({ rows: [CANDLES], signals: [[[{ row: 1, ...signal }]]] }).entries).find((line) => line.includes('raised'));
}

describe('levels of a signal in ticks', () => {
  it('are the nearest ones', () => {
    expect(raised({ direction: 1, entry: 100.4, stop: 89.6, target: 120.2 })).toBe('1 raised 1 long 100/90/120');
    expect(raised({ direction: -1, entry: 100.4, stop: 110.6, target: 80.2 })).toBe('1 raised 1 short 100/111/80');
  });
  it('go against the direction at half a tick: around 100, a long and a short are mirror images', () => {
    expect(raised({ direction: 1, entry: 100.5, stop: 90.5, target: 120.5 })).toBe('1 raised 1 long 100/90/120');
    expect(raised({ direction: -1, entry: 99.5, stop: 109.5, target: 79.5 })).toBe('1 raised 1 short 100/110/80');
  });
  it('make no signal where rounding leaves no distance between them', () => {
    expect(raised({ direction: 1, entry: 100.4, stop: 99.6, target: 120 })).toBe(undefined);
    expect(raised({ direction: -1, entry: 99.5, stop: 100.4, target: 80 })).toBe(undefined);
  });
});
