import { createTape, type InstrumentId } from '@orrery/core';
import { describe, expect, it } from 'vitest';
import { inSampleWarnings } from '../../src/run/trained-on.ts';

const HOUR = 3_600_000;
const JANUARY = Date.UTC(2025, 0, 1);
/** Two hours from 2025-01-01 on. */
const tape = createTape(0 as InstrumentId, HOUR, 2);
tape.length = 2;
tape.closeTs.set([JANUARY + HOUR - 1, JANUARY + 2 * HOUR - 1]);

describe('a model that has seen the candles of a run', () => {
  it('is warned of, with the days that it was trained on', () => {
    expect(inSampleWarnings([tape], [{ model: 'm-1', from: Date.UTC(2024, 10, 1), to: JANUARY + HOUR }])).toEqual([
      'model m-1 was trained on candles from 2024-11-01 to 2025-01-01, which this run goes over: its result flatters the model; test on others',
    ]);
  });
  it.each([
    ['before the run', JANUARY - HOUR, JANUARY],
    ['after it', JANUARY + 2 * HOUR, JANUARY + 9 * HOUR],
  ])('is not, where it was trained %s', (_, from, to) => {
    expect(inSampleWarnings([tape], [{ model: 'm-1', from, to }])).toEqual([]);
  });
  it('is not, in a run without candles', () => {
    expect(inSampleWarnings([createTape(0 as InstrumentId, HOUR, 2)], [{ model: 'm-1', from: 0, to: JANUARY }])).toEqual([]);
  });
});
