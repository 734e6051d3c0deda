import { floorDiv, mulDiv } from '../ledger/exact.ts';
import type { Instrument } from '../market/instrument.ts';
import type { SignalRejectReason } from '../messages.ts';
import { filterProblem } from '../order/filters.ts';
import type { Lots, RateE8, Sats, Ticks } from '../units.ts';
import { maxNotional } from '../venue/brackets.ts';
import { E8, toFractionE8, toRateE8 } from './fraction.ts';
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
/** A position that risk allows. */
export interface PositionSize {
  readonly kind: 'accept';
  /** Whole lots, above 0, without sign. */
  readonly qty: Lots;
  readonly leverage: number;
  /** Margin as a part of equity, in 1e-8, before the quantity was rounded down to lots. */
  readonly marginShare: RateE8;
}
/** Why there is none; value and limit are those of a `SignalRejected`. */
export interface RiskRejection {
  readonly kind: 'reject';
  readonly reason: SignalRejectReason;
  readonly value: RateE8 | null;
  readonly limit: RateE8 | null;
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
 * allows less, leverage gives way first, down to its base, then the margin, down to its least (RISK-4). What the venue cannot hold
 * is cut off whatever falls below its least (RISK-2).
 */
export function sizePosition(request: SizeRequest, settings: RiskSettings): PositionSize | RiskRejection {
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
  const room = Math.floor(settings.maxExposure * equity) - gross;
  if (!(room >= leastNotional)) return reject('exposure', (gross + leastNotional) / equity, settings.maxExposure);

  const leverage = Math.min(wantedLeverage, Math.floor(room / leastMargin));
  const margin = Math.min(wantedMargin, Math.floor(room / leverage));
  return inLots(request, leverage, margin === wantedMargin ? wantedShare : Math.max(least, mulDiv(margin, E8, equity)), margin);
}

/** Cuts the position to what the symbol's brackets and filters hold. */
function inLots(request: SizeRequest, leverage: number, share: number, margin: number): PositionSize | RiskRejection {
  const { instrument, direction, entry } = request;
  if (!(Number.isSafeInteger(entry) && entry > 0)) return TOO_SMALL;
  const lotValue = entry * instrument.tickLotSats;
  const notional = Math.min(margin * leverage, maxNotional(instrument.brackets, leverage));
  const most = Math.min(instrument.maxLots, instrument.marketMaxLots);
  const wanted = floorDiv(notional, lotValue);
  const qty = Math.min(wanted, most) as Lots;
  const isCut = notional < margin * leverage || qty < wanted;
  const side = direction === 1 ? 'buy' : 'sell';
  const order = { side, orderType: 'market', qty, price: null, trigger: null, isReducing: false, isWhole: false } as const;
  if (!(qty > 0) || filterProblem(instrument, order, entry) !== null) return TOO_SMALL;
  const held = isCut ? Math.min(share, Math.floor(((qty * lotValue) / leverage / Math.floor(request.equity)) * E8)) : share;
  return { kind: 'accept', qty, leverage, marginShare: held as RateE8 };
}

/** A rejection with what was measured and its limit, which are taken as null where they are no numbers. */
export function reject(reason: SignalRejectReason, value: number, limit: number): RiskRejection {
  return { kind: 'reject', reason, value: numberOrNull(value), limit: numberOrNull(limit) };
}
const TOO_SMALL: RiskRejection = { kind: 'reject', reason: 'too_small', value: null, limit: null };

function numberOrNull(value: number): RateE8 | null {
  return Number.isFinite(value) ? toRateE8(value) : null;
}
function clamp(value: number, min: number, max: number): number {
  return Number.isNaN(value) ? min : Math.min(max, Math.max(min, value));
}
