import type { Arbitrary } from './arbitrary.ts';
import { shorter } from './arbitrary.ts';

/**
 * One thing that a venue's stream may do to a report of an order or of funding; they are counted from 1 as the venue means them.
 * - late: comes that many candles of its symbol later
 * - swapped: comes after the one that follows it at the same moment
 * - split: a fill comes in two parts, the second part first
 * - split-twice: the same, and the second part is repeated while the first is still to come
 * - twice: comes two times in a row; `funding` means every report of funding
 * - after-end: once it has ended its order, that order is reported as accepted and filled once more
 */
export type Oddity =
  | { readonly kind: 'late'; readonly report: number; readonly candles: number }
  | { readonly kind: 'swapped' | 'split' | 'split-twice' | 'after-end'; readonly report: number }
  | { readonly kind: 'twice'; readonly report: number | 'funding' };

/** Reports that a plan reaches. */
const REACH = 120;
const SHARE = 0.4;

/** Plans of at most one oddity a report. They shrink towards the few that matter. */
export function oddFacts(): Arbitrary<readonly Oddity[]> {
  return {
    generate(random) {
      const plan: Oddity[] = random.next() < 0.5 ? [{ kind: 'twice', report: 'funding' }] : [];
      for (let report = 1; report <= REACH; report++) {
        if (random.next() >= SHARE) continue;
        const kind = (['late', 'swapped', 'split', 'split-twice', 'twice', 'after-end'] as const)[random.int(0, 5)];
        plan.push(kind === 'late' ? { kind, report, candles: random.int(1, 4) } : { kind, report });
      }
      return plan;
    },
    shrink: function* (plan) {
      yield* shorter(plan);
      for (const [k, oddity] of plan.entries()) {
        if (oddity.kind === 'late' && oddity.candles > 1) yield plan.with(k, { ...oddity, candles: 1 });
      }
    },
  };
}

/** A plan in words, e.g. `report 3 comes 2 candles late, report 5 comes twice`. */
export function describeOddities(plan: readonly Oddity[]): string {
  return plan.length === 0 ? 'every report comes as it should' : plan.map(describe).join(', ');
}

function describe(oddity: Oddity): string {
  const name = oddity.report === 'funding' ? 'funding' : `report ${oddity.report}`;
  switch (oddity.kind) {
    case 'late':
      return `${name} comes ${oddity.candles} candle${oddity.candles === 1 ? '' : 's'} late`;
    case 'swapped':
      return `${name} comes after the next one`;
    case 'split':
      return `${name} comes in two parts, the second first`;
    case 'split-twice':
      return `${name} comes in two parts, the second first and twice`;
    case 'twice':
      return `${name} comes twice`;
    case 'after-end':
      return `${name} is followed by more reports of its order`;
    default:
      throw new RangeError(`unknown oddity ${String(oddity satisfies never)}`);
  }
}
