import {
  ABSORBED,
  COST,
  FEES,
  formatSats,
  FUNDING,
  LIQUIDATION_FEES,
  REALIZED,
  SLIPPAGE,
  type AccountSummary,
  type Instrument,
  type Ledger,
  type Sats,
  type Ticks,
} from '@orrery/core';
import type { Simulation } from './simulate.ts';

/**
 * The account at the end of a run.
 * @param last last closes by instrument, ticks
 * @param liquidations positions, or parts of some, that were closed for want of margin
 */
export function accountSummary(
  run: Simulation,
  instruments: readonly Instrument[],
  last: readonly Ticks[],
  liquidations: number,
): AccountSummary {
  const { ledger, desk } = run.engine;
  const total = (slot: number): number => ledger.totals[slot] ?? NaN;
  const text = (sats: number): string => formatSats(sats as Sats);
  return {
    startEquity: text(ledger.start),
    endEquity: text(desk.equity()),
    fees: text(total(FEES)),
    funding: text(total(FUNDING)),
    slippage: text(total(SLIPPAGE)),
    realizedPnl: text(total(REALIZED)),
    unrealizedPnl: text(openValue(ledger, instruments, last) - total(COST)),
    liquidations,
    liquidationFees: text(total(LIQUIDATION_FEES)),
    absorbed: text(total(ABSORBED)),
  };
}

/** All positions at the last closes, sats; in hedge mode the shorts stand behind all longs. */
function openValue({ qty }: Ledger, instruments: readonly Instrument[], last: readonly Ticks[]): number {
  return instruments.reduce((sum, { id, tickLotSats }) => {
    const held = (qty[id] ?? 0) + (qty[id + instruments.length] ?? 0);
    return sum + held * (last[id] ?? 0) * tickLotSats;
  }, 0);
}
