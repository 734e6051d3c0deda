import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BoundSum } from '../../src/venue/bound-sum.ts';

const COUNT = 5;
const step = fc.record({
  id: fc.nat({ max: COUNT - 1 }),
  sats: fc.integer({ min: -1e12, max: 1e12 }),
  isHeld: fc.boolean(),
  isOrdered: fc.boolean(),
  later: fc.boolean(),
});

describe('what all instruments bind (MARG-3), kept by difference', () => {
  it('is the sum over all of them, whatever changes within a moment or between two', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const parts = Array.from({ length: COUNT }, () => 0);
        const [holding, ordered, changed] = [new Set<number>(), new Set<number>(), new Set<number>()];
        const boundBy = (id: number): number => (holding.has(id) || ordered.has(id) ? parts[id]! : 0);
        const sum = new BoundSum(COUNT, boundBy, changed);
        let moment = 0;
        for (const { id, sats, isHeld, isOrdered, later } of steps) {
          parts[id] = sats;
          if (isHeld) holding.add(id);
          else holding.delete(id);
          if (isOrdered) ordered.add(id);
          else ordered.delete(id);
          changed.add(id);
          if (later) moment += 1;
          const wanted = parts.reduce((total, _, k) => total + boundBy(k), 0);
          expect(sum.at(moment, holding, ordered)).toBe(wanted);
        }
      }),
    );
  });

  it('asks within a moment only what has changed, and everything where a moment is not known', () => {
    const asked: number[] = [];
    const changed = new Set<number>();
    const held = new Set([0, 2]);
    const sum = new BoundSum(3, (id) => asked.push(id), changed);
    sum.at(7, held, new Set([2]));
    expect(asked).toEqual([0, 2]);
    changed.add(2);
    sum.at(7, held, new Set());
    expect(asked).toEqual([0, 2, 2]);
    sum.at(NaN, held, new Set());
    sum.at(NaN, held, new Set());
    expect(asked).toEqual([0, 2, 2, 0, 2, 0, 2]);
  });
});
