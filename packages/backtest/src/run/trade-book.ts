import {
  formatDecimal,
  formatPrice,
  formatQuantity,
  formatSats,
  mulDiv,
  slotOf,
  type ExitReason,
  type FundingCharged,
  type Instrument,
  type LiquidationCause,
  type Lots,
  type Message,
  type OrderFilled,
  type PositionLiquidated,
  type Recorder,
  type Sats,
  type Tape,
  type Ticks,
  type TradeRow,
} from '@orrery/core';
import { ExcursionScan, type Excursion } from './excursions.ts';
import { longFunding } from './hedged-funding.ts';
import { OrderMemory } from './order-memory.ts';

/** A position from flat to flat while it is being lived; amounts in sats, quantities in lots. */
interface Episode {
  readonly instrument: number;
  readonly slot: number;
  readonly sign: 1 | -1;
  readonly entryTime: number;
  held: number;
  peak: number;
  entryLots: number;
  entryValue: number;
  exitLots: number;
  exitValue: number;
  fees: number;
  funding: number;
  /** Clearance fees less what the insurance fund took over. */
  clearance: number;
}
interface Trade extends Readonly<Episode> {
  readonly exitTime: number | null;
  readonly exitReason: ExitReason;
}
/** What changes a position, whoever asked for it. */
interface Execution {
  readonly instrument: number;
  readonly slot: number;
  readonly ts: number;
  readonly qty: number;
  readonly price: number;
  readonly fee: number;
  readonly clearance: number;
  readonly exitReason: ExitReason;
}

/** Counts of what became of the orders. */
export interface OrderTally {
  submitted: number;
  filled: number;
  canceled: number;
  rejected: number;
  expired: number;
  readonly denied: Record<string, number>;
}

const CAUSES: Readonly<Record<LiquidationCause, ExitReason>> = { margin: 'liquidation', adl: 'adl', delisting: 'delisted' };

/**
 * Folds the journal into round trips, in hedge mode one for each position side: a second, independent book beside the ledger, whose
 * profits must add up to the ledger's.
 */
export class TradeBook implements Recorder {
  readonly tally: OrderTally = { submitted: 0, filled: 0, canceled: 0, rejected: 0, expired: 0, denied: {} };
  readonly #instruments: readonly Instrument[];
  /** By slot: one an instrument, the shorts of hedge mode behind them. */
  readonly #open: (Episode | null)[];
  readonly #trades: Trade[] = [];
  readonly #orders: OrderMemory = new OrderMemory();

  constructor(instruments: readonly Instrument[]) {
    this.#instruments = instruments;
    this.#open = [...instruments, ...instruments].map(() => null);
  }

  record(_seq: number, _pos: number, _lane: 'in' | 'out', message: Message): void {
    switch (message.type) {
      case 'SubmitOrder':
        this.tally.submitted += 1;
        this.#orders.remember(message);
        return;
      case 'OrderFilled':
        this.tally.filled += 1;
        this.#fill(message);
        return;
      case 'PositionLiquidated':
        this.#liquidate(message);
        return;
      case 'FundingCharged':
        this.#fund(message);
        return;
      case 'OrderCanceled':
        this.tally.canceled += 1;
        return;
      case 'OrderRejected':
        this.tally.rejected += 1;
        return;
      case 'OrderExpired':
        this.tally.expired += 1;
        return;
      case 'OrderDenied':
        this.tally.denied[message.reason] = (this.tally.denied[message.reason] ?? 0) + 1;
        return;
      default:
        return;
    }
  }

  /**
   * All round trips by exit, then those still open, valued at the last closes (ticks).
   * @param tapes by instrument, for how far the price went while each was held; without them no trade says so
   */
  rows(last: readonly Ticks[], tapes: readonly Tape[] = []): readonly TradeRow[] {
    const open = this.#open.flatMap((episode): Trade[] => {
      if (episode === null) return [];
      const instrument = this.#of(episode.instrument);
      const exitValue = episode.exitValue + Math.abs(episode.held) * (last[episode.instrument] ?? 0) * instrument.tickLotSats;
      return [{ ...episode, exitLots: episode.exitLots + Math.abs(episode.held), exitValue, exitTime: null, exitReason: 'end_of_data' }];
    });
    // One position of a slot follows another, so one pass over its candles serves them all.
    const scans = this.#open.map((_, slot) => {
      const tape = tapes[slot % this.#instruments.length];
      return tape === undefined ? null : new ExcursionScan(tape);
    });
    return [...this.#trades, ...open].map((trade, index) => this.#row(trade, index + 1, scans[trade.slot] ?? null));
  }

  #fill({ instrument, ts, qty, price, fee, orderId }: OrderFilled): void {
    const slot = slotOf(instrument, this.#orders.positionSide(orderId), this.#instruments.length);
    this.#execute({ instrument, slot, ts, qty, price, fee, clearance: 0, exitReason: this.#orders.exitReason(orderId) });
  }
  #liquidate({ instrument, positionSide, ts, qty, price, fee, absorbed, cause }: PositionLiquidated): void {
    const slot = slotOf(instrument, positionSide, this.#instruments.length);
    this.#execute({ instrument, slot, ts, qty, price, fee: 0, clearance: fee - absorbed, exitReason: CAUSES[cause] });
  }
  #fund(charge: FundingCharged): void {
    const [long, short] = [this.#open[charge.instrument] ?? null, this.#open[charge.instrument + this.#instruments.length] ?? null];
    if (long !== null && short !== null) {
      const part = longFunding(this.#of(charge.instrument), charge, long.held);
      long.funding += part;
      short.funding += charge.amount - part;
      return;
    }
    const only = long ?? short;
    if (only !== null) only.funding += charge.amount;
  }

  #execute(execution: Execution): void {
    const { slot, qty, fee } = execution;
    const episode = this.#open[slot] ?? null;
    const sign = qty > 0 ? 1 : -1;
    if (episode === null) this.#begin(execution, qty, fee);
    else if (episode.sign === sign) this.#increase(episode, execution, qty, fee);
    else {
      const closing = Math.min(Math.abs(qty), Math.abs(episode.held));
      const part = mulDiv(fee, closing, Math.abs(qty));
      this.#reduce(episode, execution, sign * closing, part);
      const rest = qty - sign * closing;
      if (rest !== 0) this.#begin(execution, rest, fee - part);
    }
  }
  #begin(execution: Execution, lots: number, fee: number): void {
    const episode: Episode = {
      instrument: execution.instrument,
      slot: execution.slot,
      sign: lots > 0 ? 1 : -1,
      entryTime: execution.ts,
      held: 0,
      peak: 0,
      entryLots: 0,
      entryValue: 0,
      exitLots: 0,
      exitValue: 0,
      fees: 0,
      funding: 0,
      clearance: 0,
    };
    this.#open[execution.slot] = episode;
    this.#increase(episode, execution, lots, fee);
  }
  #increase(episode: Episode, { price }: Execution, lots: number, fee: number): void {
    episode.held += lots;
    episode.peak = Math.max(episode.peak, Math.abs(episode.held));
    episode.entryLots += Math.abs(lots);
    episode.entryValue += Math.abs(lots) * price * this.#of(episode.instrument).tickLotSats;
    episode.fees += fee;
  }
  #reduce(episode: Episode, { price, ts, clearance, exitReason }: Execution, lots: number, fee: number): void {
    episode.held += lots;
    episode.exitLots += Math.abs(lots);
    episode.exitValue += Math.abs(lots) * price * this.#of(episode.instrument).tickLotSats;
    episode.fees += fee;
    episode.clearance += clearance;
    if (episode.held !== 0) return;
    this.#open[episode.slot] = null;
    this.#trades.push({ ...episode, exitTime: ts, exitReason });
  }

  #row(trade: Trade, id: number, scan: ExcursionScan | null): TradeRow {
    const instrument = this.#of(trade.instrument);
    const gross = trade.sign * (trade.exitValue - trade.entryValue);
    const excursion = scan === null ? null : excursionOf(trade, instrument, scan);
    return {
      id,
      symbol: instrument.symbol,
      side: trade.sign > 0 ? 'long' : 'short',
      quantity: formatQuantity(instrument, trade.peak as Lots),
      entryTime: trade.entryTime,
      entryPrice: averagePrice(instrument, trade.entryValue, trade.entryLots),
      exitTime: trade.exitTime,
      exitPrice: averagePrice(instrument, trade.exitValue, trade.exitLots),
      fees: formatSats(trade.fees as Sats),
      funding: formatSats(trade.funding as Sats),
      pnl: formatSats((gross - trade.fees + trade.funding - trade.clearance) as Sats),
      exitReason: trade.exitReason,
      maxAdverse: excursion?.adverse ?? null,
      maxFavourable: excursion?.favourable ?? null,
    };
  }
  #of(id: number): Instrument {
    const instrument = this.#instruments[id];
    if (instrument === undefined) throw new RangeError(`no instrument ${id}`);
    return instrument;
  }
}

function excursionOf(trade: Trade, { tick, tickLotSats, priceScale }: Instrument, scan: ExcursionScan): Excursion | null {
  const entryPrice = ((trade.entryValue / (trade.entryLots * tickLotSats)) * tick.units) / priceScale;
  return scan.of(trade.sign, entryPrice, trade.entryTime, trade.exitTime ?? Infinity);
}

/** Exact where it is a multiple of the tick, else the average cut off after two digits more. */
function averagePrice(instrument: Instrument, value: number, lots: number): string {
  const unit = lots * instrument.tickLotSats;
  const ticks = mulDiv(value, 1, unit);
  if (ticks * unit === value) return formatPrice(instrument, ticks as Ticks);
  return formatDecimal(mulDiv(value, 100 * instrument.tick.units, unit), instrument.tick.decimals + 2);
}
