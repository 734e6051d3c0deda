import { bracketOf, type BracketTable } from './brackets.ts';

/** What the liquidation price of one position depends on; amounts in USDT, quantity signed. */
export interface LiquidationInputs {
  /** Cross: cross wallet balance. Isolated: the position's isolated wallet. */
  readonly walletBalance: number;
  /** Of the other cross positions at their mark prices; 0 where isolated. */
  readonly otherMaintenance: number;
  readonly otherUnrealized: number;
  /** Above 0 long, below 0 short; base asset. */
  readonly quantity: number;
  readonly entryPrice: number;
  readonly brackets: BracketTable;
}

const SATS = 100_000_000;

/**
 * The mark price at which a one-way position is liquidated, in the quote asset; 0 where no price above 0 does.
 * Formula: BINANCE USDⓈ-M FAQ "How to calculate liquidation price of USDⓈ-M futures contracts":
 * (WB − TMM + UPNL + cum − side · q · EP) / (q · mmr − side · q), with the bracket that the value at that price falls into (LIQ-2).
 */
export function liquidationPrice(inputs: LiquidationInputs): number {
  const { walletBalance, otherMaintenance, otherUnrealized, quantity, entryPrice, brackets } = inputs;
  const size = Math.abs(quantity);
  if (size === 0) return 0;
  const free = walletBalance - otherMaintenance + otherUnrealized - quantity * entryPrice;
  for (let k = 0; k < brackets.floor.length; k++) {
    const price = (free + brackets.cum[k] / SATS) / (size * (brackets.rateE8[k] / SATS) - quantity);
    // The one that lies in the bracket that it was reckoned with; margin is continuous, so there is one at most.
    if (price > 0 && bracketOf(brackets, size * price * SATS) === k) return price;
  }
  return 0;
}
