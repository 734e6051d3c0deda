import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/index.ts';
import { runs } from '../laws/options.ts';
import { bySymbol, steps, type Model } from './model-commands.ts';
import { FIRST_PRICES, LENGTH, RealVenue, rulesOf, type Account, type Shape } from './model-world.ts';
import { PlainLedger } from './reference/ledger.ts';
import { ReferenceVenue } from './reference/venue.ts';

const account: fc.Arbitrary<Account> = fc.record({
  symbols: fc.constantFrom(1, 2, 3, 3),
  isolated: fc.boolean(),
  hedge: fc.boolean(),
  touch: fc.boolean(),
  fills: fc.constantFrom('pessimistic', 'heuristic', 'optimistic'),
  wallet: fc.oneof(fc.integer({ min: 50, max: 800 }), fc.integer({ min: 200, max: 3000 })),
  leverage: fc.constantFrom(5, 10, 20, 50),
  clearance: fc.constantFrom(0, 1, 3),
  fees: fc.boolean(),
});

/** How often what is rare happened in all sequences of this run. */
const seen = {
  sequences: 0,
  commands: 0,
  frames: 0,
  liquidations: 0,
  partial: 0,
  absorbed: 0,
  filled: 0,
  refused: 0,
  funded: 0,
  ambiguous: 0,
};
function count(model: Model): void {
  seen.sequences += 1;
  seen.commands += model.story.length;
  seen.frames += model.frames - 1;
  seen.liquidations += model.reference.liquidations;
  seen.ambiguous += model.reference.ambiguous;
  for (const fact of model.said) {
    if (fact.type === 'PositionLiquidated' && fact.absorbed > 0) seen.absorbed += 1;
    if (fact.type === 'OrderFilled') seen.filled += 1;
    if (fact.type === 'OrderRejected') seen.refused += 1;
    if (fact.type === 'FundingCharged') seen.funded += 1;
  }
  const pairs = model.said.filter(({ type }) => type === 'PositionLiquidated');
  for (let k = 1; k < pairs.length; k++)
    if (pairs[k]!.ts === pairs[k - 1]!.ts && pairs[k]!.instrument === pairs[k - 1]!.instrument) seen.partial += 1;
}

/** Tells the same story to another venue. */
function retold(told: Account, model: Model, order: readonly number[], isKnown: boolean): readonly Fact[] {
  const frames = model.story.filter((part): part is readonly (Shape | null)[] => Array.isArray(part));
  const real = new RealVenue(told, order, isKnown ? frames : null);
  return model.story.flatMap((part) => ('type' in part ? real.handle(part) : real.frame(part)));
}

// A long run: ORRERY_FC_SEED=random ORRERY_FC_RUNS=10000 npx vitest run packages/core/test/venue/model.test.ts
describe('the venue as a whole', () => {
  it('LED-6, LIQ-1, FILL-7, MARG-4, ORD-3: says what the reference says, command by command', { timeout: 3_600_000 }, () => {
    fc.assert(
      fc.property(account, fc.commands([...steps], { maxCommands: LENGTH, size: '+1' }), (told, commands) => {
        const places = [0, 1, 2].slice(0, told.symbols);
        const rules = rulesOf(told);
        const model: Model = {
          story: [],
          said: [],
          lines: [],
          orders: new Map(),
          frames: 1,
          reference: new ReferenceVenue(rules, FIRST_PRICES.slice(0, told.symbols).map(BigInt)),
          ledger: new PlainLedger(rules.wallet, (orderId) => model.orders.get(orderId)!.side),
        };
        try {
          fc.modelRun(() => ({ model, real: new RealVenue(told, places, null) }), commands);
        } catch (error) {
          throw new Error(`step | what the venue said | its wallet:\n${model.lines.join('\n')}`, { cause: error });
        }
        count(model);
        // A venue that has all candles from the beginning sleeps through those that it need not see.
        expect(bySymbol(retold(told, model, places, true))).toEqual(bySymbol(model.said));
        // Another order of the symbols changes nothing, unless two positions were equally near to being closed (LIQ-5).
        if (!model.reference.isTied) expect(bySymbol(retold(told, model, places.toReversed(), true))).toEqual(bySymbol(model.said));
      }),
      runs(300),
    );
    const { sequences, liquidations, absorbed, partial, funded, refused, ambiguous } = seen;
    expect(liquidations).toBeGreaterThan(sequences / 10);
    for (const often of [absorbed, partial, funded, refused, ambiguous]) expect(often).toBeGreaterThan(sequences / 100);
  });
});
