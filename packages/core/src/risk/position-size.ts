import { floorDiv, mulDiv } from '../ledger/exact.ts';
import type { Instrument } from '../market/instrument.ts';
import { filterProblem } from '../order/filters.ts';
import type { Lots, RateE8, Sats, Ticks } from '../units.ts';
import { maxNotional } from '../venue/brackets.ts';
import { reject, type RiskDecision } from './decision.ts';
import { E8, toFractionE8 } from './fraction.ts';
import { leverageFor, leverageWithin } from './leverage.ts';
import { MARGIN_SHARE_BOUNDS, type RiskSettings } from './settings.ts';

/** What a position's size follows from. */
export interface SizeRequest {
  readonly instrument: Instrument;
  readonly direction: 1 | -1;
  readonly entry: Ticks;
  readonly equity: Sats;
  /** Value of all positions without sign. */
  readonly gross: Sats;
  readonly confidence: number;
  readonly winRate: number;
  /** Base leverage, whatever the confidence: volatility spikes. */
  readonly isSpiking: boolean;
  /** Base leverage and the least margin: the graded breaker is at level 1. */
  readonly isCautious: boolean;
}
/** Least and largest margin share in 1e-8, within 3 % to 13 %, whatever the settings hold. */
function shareRange({ minMarginShare, maxMarginShare }: RiskSettings): { readonly least: number; readonly most: number } {
  const least = toFractionE8(clamp(minMarginShare, MARGIN_SHARE_BOUNDS.min, MARGIN_SHARE_BOUNDS.max));
  return { least, most: Math.max(least, toFractionE8(clamp(maxMarginShare, MARGIN_SHARE_BOUNDS.min, MARGIN_SHARE_BOUNDS.max))) };
}

/** least + (most − least) · confidence, in 1e-8, rounded down (RISK-3); a confidence that is no finite number counts as 0. */
export function marginShareFor(confidence: number, settings: RiskSettings): RateE8 {
  const { least, most } = shareRange(settings);
  return (least + Math.floor(((most - least) * toFractionE8(confidence)) / E8)) as RateE8;
}

/**
 * Margin from the confidence, leverage from confidence and win rate, quantity from both in whole lots rounded down (RISK-3). Where exposure
 * allows less, the margin gives way first, down to its least, then leverage, down to its base (RISK-4). What the venue cannot hold
 * is cut off whatever falls below its least (RISK-2).
 */
export function sizePosition(request: SizeRequest, settings: RiskSettings): RiskDecision {
  const { instrument, confidence, winRate, isSpiking, isCautious } = request;
  const equity = Math.floor(request.equity);
  if (!(equity > 0 && equity <= Number.MAX_SAFE_INTEGER)) return TOO_SMALL;
  const { least } = shareRange(settings);
  const wantedShare = isCautious ? least : marginShareFor(confidence, settings);
  const leastMargin = mulDiv(equity, least, E8);
  const wantedMargin = mulDiv(equity, wantedShare, E8);
  if (!(leastMargin > 0)) return TOO_SMALL;

  const { brackets } = instrument;
  const leastLeverage = leverageWithin(brackets, leverageFor(0, 0, settings, true), leastMargin);
  const wantedLeverage = leverageWithin(brackets, leverageFor(confidence, winRate, settings, isSpiking || isCautious), wantedMargin);
  const leastNotional = leastMargin * leastLeverage;
  const gross = Math.max(0, request.gross);
  const room = Math.floor(settings.maxExposure * equity - gross);
  if (!(room >= leastNotional)) return reject('exposure', (gross + leastNotional) / equity, settings.maxExposure);

  const leverage = Math.min(wantedLeverage, Math.floor(room / leastMargin));
  const wanted = wantedMargin * leverage;
  const share = wanted <= room ? wantedShare : Math.max(least, shareOf(room, leverage, equity));
  return inLots(request, leverage, share, Math.min(wanted, room));
}

/** Cuts a position of this value to what the symbol's brackets and filters hold. */
function inLots(request: SizeRequest, leverage: number, share: number, allowed: number): RiskDecision {
  const { instrument, direction, entry } = request;
  if (!(Number.isSafeInteger(entry) && entry > 0)) return TOO_SMALL;
  const lotValue = entry * instrument.tickLotSats;
  const notional = Math.min(allowed, maxNotional(instrument.brackets, leverage));
  const lots = floorDiv(notional, lotValue);
  const qty = Math.min(lots, instrument.maxLots, instrument.marketMaxLots) as Lots;
  const side = direction === 1 ? 'buy' : 'sell';
  const order = { side, orderType: 'market', qty, price: null, trigger: null, isReducing: false, isWhole: false } as const;
  if (!(qty > 0) || filterProblem(instrument, order, entry) !== null) return TOO_SMALL;
  const isCut = notional < allowed || qty < lots;
  const held = isCut ? shareOf(qty * lotValue, leverage, request.equity) : share;
  return { kind: 'accept', qty, leverage, marginShare: held as RateE8 };
}

/** The margin of a position's value as a part of equity, in 1e-8, rounded down. */
function shareOf(notional: number, leverage: number, equity: number): number {
  return mulDiv(Math.floor(notional / leverage), E8, Math.floor(equity));
}

const TOO_SMALL = reject('too_small', NaN, NaN);

function clamp(value: number, min: number, max: number): number {
  return Number.isNaN(value) ? min : Math.min(max, Math.max(min, value));
}
