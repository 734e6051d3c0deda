import {
  parseSats,
  type Instrument,
  type Message,
  type OrderFilled,
  type PositionLiquidated,
  type Recorder,
  type SymbolTotals,
  type Ticks,
  type TradeRow,
} from '@orrery/core';

/** Sums of one symbol in sats, and what it holds in lots, both sides of hedge mode together. */
interface Sums {
  /** Received for what was sold less paid for what was bought. */
  cash: number;
  held: number;
  fees: number;
  funding: number;
  slippage: number;
  liquidationFees: number;
  absorbed: number;
  turnover: number;
  liquidations: number;
}

/** Folds the journal into money by symbol. Added up over all symbols, each amount is the account's. */
export class SymbolBook implements Recorder {
  readonly #instruments: readonly Instrument[];
  readonly #sums: readonly Sums[];

  constructor(instruments: readonly Instrument[]) {
    this.#instruments = instruments;
    this.#sums = instruments.map(() => ({
      cash: 0,
      held: 0,
      fees: 0,
      funding: 0,
      slippage: 0,
      liquidationFees: 0,
      absorbed: 0,
      turnover: 0,
      liquidations: 0,
    }));
  }
  /** Positions, or parts of some, that were closed for want of margin; all symbols together. */
  get liquidations(): number {
    return this.#sums.reduce((total, { liquidations }) => total + liquidations, 0);
  }

  record(_seq: number, _pos: number, _lane: 'in' | 'out', message: Message): void {
    switch (message.type) {
      case 'OrderFilled': {
        const sums = this.#trade(message);
        sums.fees += message.fee;
        sums.slippage += message.qty * (message.price - message.reference) * this.#unit(message.instrument);
        return;
      }
      case 'PositionLiquidated': {
        const sums = this.#trade(message);
        sums.liquidationFees += message.fee;
        sums.absorbed += message.absorbed;
        if (message.cause === 'margin') sums.liquidations += 1;
        return;
      }
      case 'FundingCharged':
        this.#of(message.instrument).funding += message.amount;
        return;
      default:
        return;
    }
  }

  /**
   * One row a symbol, in the order of the run.
   * @param trades the run's round trips; those still open are counted in no symbol
   * @param last last closes by instrument, ticks
   */
  totals(trades: readonly TradeRow[], last: readonly Ticks[]): readonly SymbolTotals[] {
    const counts = new Map(this.#instruments.map(({ symbol }) => [symbol, { trades: 0, wins: 0 }]));
    for (const { symbol, exitTime, pnl } of trades) {
      const count = counts.get(symbol);
      if (count === undefined || exitTime === null) continue;
      count.trades += 1;
      if (parseSats(pnl) > 0) count.wins += 1;
    }
    return this.#instruments.map(({ symbol, tickLotSats }, id) => {
      const { cash, held, ...sums } = this.#of(id);
      const { trades: closed, wins } = counts.get(symbol) ?? { trades: 0, wins: 0 };
      return { symbol, trades: closed, wins, grossPnl: cash + held * (last[id] ?? 0) * tickLotSats, ...sums };
    });
  }

  #trade({ instrument, qty, price }: OrderFilled | PositionLiquidated): Sums {
    const sums = this.#of(instrument);
    const value = qty * price * this.#unit(instrument);
    sums.cash -= value;
    sums.held += qty;
    sums.turnover += Math.abs(value);
    return sums;
  }
  #unit(id: number): number {
    return this.#instruments[id]?.tickLotSats ?? NaN;
  }
  #of(id: number): Sums {
    const sums = this.#sums[id];
    if (sums === undefined) throw new RangeError(`no instrument ${id}`);
    return sums;
  }
}
