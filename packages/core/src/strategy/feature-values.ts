import type { CandleView } from '../market/candle-view.ts';

/** Current values of the declared features by name. */
export type FeatureValues<Name extends string> = { readonly [K in Name]: number };

interface Bound {
  view: CandleView | null;
}

/**
 * Makes the class whose instances read features by name. One class a strategy, its getters on the prototype, so that every
 * instrument's instance has the same shape and a read costs what an array read costs.
 */
export function featureValuesClass<Name extends string>(names: readonly Name[]): new () => FeatureValues<Name> & Bound {
  class Values implements Bound {
    view: CandleView | null = null;
  }
  names.forEach((name, slot) => {
    Object.defineProperty(Values.prototype, name, {
      enumerable: true,
      get(this: Bound): number {
        return this.view === null ? NaN : this.view.feature(slot);
      },
    });
  });
  // The getters that were just defined are what the type says.
  return Values as unknown as new () => FeatureValues<Name> & Bound;
}
