import { maxLeverageOf, maxNotional, type BracketTable } from '../venue/brackets.ts';
import { E8, toFractionE8 } from './fraction.ts';
import { LEVERAGE_BOUNDS, type RiskSettings } from './settings.ts';

/** Weights of confidence and win rate, in tenths. Source: the product's specification, section 4. */
const CONFIDENCE_TENTHS = 7;
const WIN_RATE_TENTHS = 3;

/** Base and highest leverage as whole numbers from 3 to 20, the highest not below the base, whatever the settings hold. */
function leverageRange(settings: Pick<RiskSettings, 'baseLeverage' | 'maxLeverage'>): { readonly base: number; readonly max: number } {
  const base = wholeWithin(settings.baseLeverage, LEVERAGE_BOUNDS.min, LEVERAGE_BOUNDS.max);
  return { base, max: wholeWithin(settings.maxLeverage, base, LEVERAGE_BOUNDS.max) };
}

/**
 * base + (max − base) · (0.7 · confidence + 0.3 · win rate), rounded down to a whole number (RISK-1). Both rates are taken to 1e-8 and within
 * [0,1], so that the sum is exact; what is no finite number counts as 0.
 * @param isCapped gives the base alone: volatility spikes, or the graded breaker asks for care
 */
export function leverageFor(
  confidence: number,
  winRate: number,
  settings: Pick<RiskSettings, 'baseLeverage' | 'maxLeverage'>,
  isCapped: boolean,
): number {
  const { base, max } = leverageRange(settings);
  if (isCapped) return base;
  const merit = CONFIDENCE_TENTHS * toFractionE8(confidence) + WIN_RATE_TENTHS * toFractionE8(winRate);
  return base + Math.floor(((max - base) * merit) / (10 * E8));
}

/**
 * The highest leverage up to `wanted` at which the symbol's brackets hold a position of this margin; 1 where they hold it at none (RISK-2).
 * @param margin sats, from 0
 */
export function leverageWithin(brackets: BracketTable, wanted: number, margin: number): number {
  let leverage = Math.min(wanted, maxLeverageOf(brackets));
  while (leverage > 1 && margin * leverage > maxNotional(brackets, leverage)) leverage--;
  return leverage;
}

function wholeWithin(value: number, min: number, max: number): number {
  return Number.isNaN(value) ? min : Math.floor(Math.min(max, Math.max(min, value)));
}
