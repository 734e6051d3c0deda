/** Slots of what the equity curve is told of a frame: time of its close (ms), equity and gross position value at it (sats). */
export const TIME = 0;
export const EQUITY = 1;
export const GROSS = 2;
export const MOMENT_LENGTH = 3;
