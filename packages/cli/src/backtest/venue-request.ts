import { INTERVAL_MS, isInterval, type Interval, type LimitFill, type MarginMode, type VenueConfig } from '@orrery/core';
import { InputError } from '../input-error.ts';
import type { Flags } from '../verb.ts';
import { FEE_TIERS, paidInBnb, type FeeTier } from './fee-tiers.ts';
import { within } from './within.ts';

/** A minute, the shortest candle: what takes longer would meet a later one. */
const MAX_LATENCY_MS = 59_999;

/** What the fee flags come to; both rates are what is charged in the end. */
export interface ChosenFees extends Pick<VenueConfig, 'feeTier' | 'bnbDiscount'> {
  readonly makerFeeBps: number;
  readonly takerFeeBps: number;
}

/**
 * Fees of the tier, or as they are given, less a tenth when they are paid in BNB.
 * @throws InputError for a fee out of bounds
 */
export function chosenFees(flags: Flags): ChosenFees {
  const tier = flags.text('fee-tier') as FeeTier;
  const bnbDiscount = flags.boolean('bnb-discount');
  const isGiven = (name: string): boolean => flags.number(name) !== undefined;
  const rate = (name: string, ofTier: number): number => {
    const full = isGiven(name) ? within(flags, name, -100, 1000) : ofTier;
    return bnbDiscount ? paidInBnb(full) : full;
  };
  const { maker, taker } = FEE_TIERS[tier];
  return {
    makerFeeBps: rate('maker-fee-bps', maker),
    takerFeeBps: rate('taker-fee-bps', taker),
    feeTier: isGiven('maker-fee-bps') && isGiven('taker-fee-bps') ? null : tier,
    bnbDiscount,
  };
}

/**
 * The venue that the flags describe; without finer candles for a verb that has no flag for them.
 * @throws InputError naming the flag, its value and the mend
 */
export function chosenVenue(
  flags: Flags,
  interval: Interval,
  { feeTier, bnbDiscount }: ChosenFees,
  universe: VenueConfig['universe'],
): VenueConfig {
  return {
    marginMode: flags.text('margin') as MarginMode,
    hedgeMode: flags.boolean('hedge'),
    leverage: within(flags, 'leverage', 1, 150, true),
    spreadBps: within(flags, 'half-spread-bps', 0, 1000),
    impactBps: within(flags, 'impact-bps', 0, 1000),
    maxVolumeShare: within(flags, 'max-volume-share', 0, 1),
    limitFill: flags.text('limit-fill') as LimitFill,
    latencyMs: chosenLatency(flags.text('latency-ms')),
    fine: chosenFine(flags.string('fine') ?? 'none', interval),
    universe,
    feeTier,
    bnbDiscount,
  };
}

function chosenLatency(text: string): VenueConfig['latencyMs'] {
  const [, least = '', most = least] = /^(\d{1,9})(?:\.\.(\d{1,9}))?$/.exec(text.trim()) ?? [];
  const range = [Number(least), Number(most)] as const;
  if (least === '' || range[0] > range[1] || range[1] > MAX_LATENCY_MS) {
    throw new InputError(`--latency-ms ${text}: takes whole ms from 0 to ${MAX_LATENCY_MS}, one number or MIN..MAX, e.g. 40..120`);
  }
  return range;
}

function chosenFine(text: string, interval: Interval): string | null {
  if (text === 'none') return null;
  if (text === 'auto') return text;
  if (!isInterval(text)) throw new InputError(`--fine ${text}: takes auto, none, or an interval such as 1m`);
  const isFiner = INTERVAL_MS[text] < INTERVAL_MS[interval] && INTERVAL_MS[interval] % INTERVAL_MS[text] === 0;
  if (!isFiner) throw new InputError(`--fine ${text}: has to be shorter than --interval ${interval} and to divide it`);
  return text;
}
