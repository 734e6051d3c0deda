/** Two swings are equal within this part of an ATR (STR-8). */
export const TOLERANCE_ATR = 0.1;
/** A gap that is lower than this part of an ATR is none (STR-7). */
export const LEAST_GAP_ATR = 0.25;
/** Live zones of one kind and direction; while there are so many, the oldest expires at the next candle. */
export const MAX_ZONES = 32;
/** Swings of one side that later ones are compared with. */
export const MAX_INTACT = 16;
/** Candles up to a break over which the mean volume is taken. */
export const VOLUME_WINDOW = 50;
