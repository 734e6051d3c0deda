import { createRandom, markets, runOn, type Arbitrary } from '@orrery/core';
import fc from 'fast-check';
import mine from './ema-cross.ts';

/** Lets fast-check draw and shrink what the test kit draws and shrinks. */
export class Drawn<T> extends fc.Arbitrary<T> {
  readonly #inner: Arbitrary<T>;
  constructor(inner: Arbitrary<T>) {
    super();
    this.#inner = inner;
  }
  generate(random: fc.Random): fc.Value<T> {
    return new fc.Value(this.#inner.generate(createRandom(random.nextInt())), undefined);
  }
  canShrinkWithoutContext(value: unknown): value is T {
    return value !== undefined;
  }
  shrink(value: T): fc.Stream<fc.Value<T>> {
    return fc
      .stream(this.#inner.shrink(value)[Symbol.iterator]() as IterableIterator<T>)
      .map((simpler) => new fc.Value(simpler, undefined));
  }
}

fc.assert(
  fc.property(new Drawn(markets({ symbols: 2 })), (market) => runOn(mine, market).error === null),
  { numRuns: 20 },
);
