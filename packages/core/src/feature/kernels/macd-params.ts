import { lengthParam, type ParamDefinition } from '../definition.ts';

/** Parameters of the MACD's line, which those of its signal and its histogram begin with. */
export const MACD_LINE_PARAMS: readonly ParamDefinition[] = [
  lengthParam('fast', 12, 'Candles of the fast average.', 2),
  lengthParam('slow', 26, 'Candles of the slow average.', 3),
];
/** Parameters of the MACD's signal and histogram. */
export const MACD_PARAMS: readonly ParamDefinition[] = [
  ...MACD_LINE_PARAMS,
  lengthParam('signal', 9, 'Values of the line that are averaged.'),
];

/** What is wrong with the parameters of any of the three, or null. */
export function checkMacd([fast, slow]: readonly number[]): string | null {
  return fast < slow ? null : `fast must be below slow, got ${fast} and ${slow}`;
}
