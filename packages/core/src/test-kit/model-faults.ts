import { shorter, type Arbitrary } from './arbitrary.ts';

/**
 * One thing that a model may do wrong: about one request, counted from 1, or about every one. In prediction columns, which
 * are not asked for one by one, `request` is the row counted from 1, and whatever is no answer is NaN.
 * - fails: the answer is a failure
 * - silent: there is no answer
 * - late: the answer comes that many frames later
 * - out-of-range: every value of the answer is `value`, which may be NaN or infinite
 */
export type ModelFault =
  | { readonly kind: 'fails' | 'silent'; readonly request: number | 'every' }
  | { readonly kind: 'late'; readonly request: number | 'every'; readonly frames: number }
  | { readonly kind: 'out-of-range'; readonly request: number | 'every'; readonly value: number };

const REACH = 200;
const SHARE = 0.5;
const VALUES = [NaN, Infinity, -Infinity, -1, 2, 1e9, -1e9];

/** Plans of at most one fault a request. They shrink towards the few that matter. */
export function modelFaults(): Arbitrary<readonly ModelFault[]> {
  return {
    generate(random) {
      const plan: ModelFault[] = [];
      for (let request = 1; request <= REACH; request++) {
        if (random.next() >= SHARE) continue;
        const kind = (['fails', 'silent', 'late', 'out-of-range'] as const)[random.int(0, 3)];
        if (kind === 'late') plan.push({ kind, request, frames: random.int(1, 4) });
        else if (kind === 'out-of-range') plan.push({ kind, request, value: VALUES[random.int(0, VALUES.length - 1)] });
        else plan.push({ kind, request });
      }
      return plan;
    },
    shrink: shorter,
  };
}

/** A plan in words, e.g. `request 2 fails, every request is answered with NaN`. */
export function describeModelFaults(plan: readonly ModelFault[]): string {
  return plan.length === 0 ? 'every request is answered as it should' : plan.map(describe).join(', ');
}

function describe(fault: ModelFault): string {
  const name = fault.request === 'every' ? 'every request' : `request ${fault.request}`;
  switch (fault.kind) {
    case 'fails':
      return `${name} fails`;
    case 'silent':
      return `${name} is never answered`;
    case 'late':
      return `${name} is answered ${fault.frames} frame${fault.frames === 1 ? '' : 's'} late`;
    case 'out-of-range':
      return `${name} is answered with ${fault.value}`;
    default:
      throw new RangeError(`unknown fault ${String(fault satisfies never)}`);
  }
}
