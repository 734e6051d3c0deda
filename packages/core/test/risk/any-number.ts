import fc from 'fast-check';

/** Any double, the odd ones and the usual ones often. */
export const anyNumber: fc.Arbitrary<number> = fc.oneof(
  fc.constantFrom(NaN, Infinity, -Infinity, 0, -0, 1, -1, 5e-324, Number.MAX_VALUE, Number.MAX_SAFE_INTEGER),
  fc.double({ min: 0, max: 1 }),
  fc.double(),
);
