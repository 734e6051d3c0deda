/** Ln 2 in two parts: the high one ends in 21 zero bits, so that its product with any exponent of a double is exact. */
export const LN2_HIGH = 6.9314718036912381649e-1;
export const LN2_LOW = 1.90821492927058770002e-10;
