import {
  formatDecimal,
  formatPrice,
  formatQuantity,
  formatSats,
  mulDiv,
  type ExitReason,
  type Instrument,
  type Lots,
  type Message,
  type OrderFilled,
  type OrderType,
  type Recorder,
  type Sats,
  type Ticks,
  type TradeRow,
} from '@orrery/core';

/** A position from flat to flat while it is being lived; amounts in sats, quantities in lots. */
interface Episode {
  readonly instrument: number;
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
}
interface Trade extends Readonly<Episode> {
  readonly exitTime: number | null;
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

const ORDER_TYPES: readonly OrderType[] = ['market', 'limit', 'stop_market', 'take_profit_market'];
const REASONS: readonly ExitReason[] = ['signal', 'limit', 'stop', 'take_profit'];

/** Folds the journal into round trips: a second, independent book beside the ledger, whose profits must add up to the ledger's. */
export class TradeBook implements Recorder {
  readonly tally: OrderTally = { submitted: 0, filled: 0, canceled: 0, rejected: 0, expired: 0, denied: {} };
  readonly #instruments: readonly Instrument[];
  readonly #open: (Episode | null)[];
  readonly #trades: Trade[] = [];
  /** Type of every order by its id, one byte each. */
  #types: Uint8Array = new Uint8Array(1024);

  constructor(instruments: readonly Instrument[]) {
    this.#instruments = instruments;
    this.#open = instruments.map(() => null);
  }

  record(_seq: number, _pos: number, _lane: 'in' | 'out', message: Message): void {
    switch (message.type) {
      case 'SubmitOrder':
        this.tally.submitted += 1;
        this.#remember(message.orderId, message.orderType);
        return;
      case 'OrderFilled':
        this.tally.filled += 1;
        this.#fill(message);
        return;
      case 'FundingCharged': {
        const episode = this.#open[message.instrument];
        if (episode !== null && episode !== undefined) episode.funding += message.amount;
        return;
      }
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

  /** All round trips by exit, then those still open, valued at the last closes (ticks). */
  rows(last: readonly Ticks[]): readonly TradeRow[] {
    const open = this.#open.flatMap((episode): Trade[] => {
      if (episode === null) return [];
      const instrument = this.#of(episode.instrument);
      const exitValue = episode.exitValue + Math.abs(episode.held) * (last[episode.instrument] ?? 0) * instrument.tickLotSats;
      return [{ ...episode, exitLots: episode.exitLots + Math.abs(episode.held), exitValue, exitTime: null, exitReason: 'end_of_data' }];
    });
    return [...this.#trades, ...open].map((trade, index) => this.#row(trade, index + 1));
  }

  #remember(orderId: number, type: OrderType): void {
    if (orderId >= this.#types.length) {
      const grown = new Uint8Array(this.#types.length * 2);
      grown.set(this.#types);
      this.#types = grown;
    }
    this.#types[orderId] = ORDER_TYPES.indexOf(type);
  }

  #fill(fill: OrderFilled): void {
    const episode = this.#open[fill.instrument] ?? null;
    const sign = fill.qty > 0 ? 1 : -1;
    if (episode === null) this.#begin(fill, fill.qty, fill.fee);
    else if (episode.sign === sign) this.#increase(episode, fill, fill.qty, fill.fee);
    else {
      const closing = Math.min(Math.abs(fill.qty), Math.abs(episode.held));
      const fee = mulDiv(fill.fee, closing, Math.abs(fill.qty));
      this.#reduce(episode, fill, sign * closing, fee);
      const rest = fill.qty - sign * closing;
      if (rest !== 0) this.#begin(fill, rest, fill.fee - fee);
    }
  }
  #begin(fill: OrderFilled, lots: number, fee: number): void {
    const episode: Episode = {
      instrument: fill.instrument,
      sign: lots > 0 ? 1 : -1,
      entryTime: fill.ts,
      held: 0,
      peak: 0,
      entryLots: 0,
      entryValue: 0,
      exitLots: 0,
      exitValue: 0,
      fees: 0,
      funding: 0,
    };
    this.#open[fill.instrument] = episode;
    this.#increase(episode, fill, lots, fee);
  }
  #increase(episode: Episode, fill: OrderFilled, lots: number, fee: number): void {
    episode.held += lots;
    episode.peak = Math.max(episode.peak, Math.abs(episode.held));
    episode.entryLots += Math.abs(lots);
    episode.entryValue += Math.abs(lots) * fill.price * this.#of(fill.instrument).tickLotSats;
    episode.fees += fee;
  }
  #reduce(episode: Episode, fill: OrderFilled, lots: number, fee: number): void {
    episode.held += lots;
    episode.exitLots += Math.abs(lots);
    episode.exitValue += Math.abs(lots) * fill.price * this.#of(fill.instrument).tickLotSats;
    episode.fees += fee;
    if (episode.held !== 0) return;
    this.#open[fill.instrument] = null;
    const exitReason = REASONS[this.#types[fill.orderId] ?? 0] ?? 'signal';
    this.#trades.push({ ...episode, exitTime: fill.ts, exitReason });
  }

  #row(trade: Trade, id: number): TradeRow {
    const instrument = this.#of(trade.instrument);
    const gross = trade.sign * (trade.exitValue - trade.entryValue);
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
      pnl: formatSats((gross - trade.fees + trade.funding) as Sats),
      exitReason: trade.exitReason,
      maxAdverse: null,
      maxFavourable: null,
    };
  }
  #of(id: number): Instrument {
    const instrument = this.#instruments[id];
    if (instrument === undefined) throw new RangeError(`no instrument ${id}`);
    return instrument;
  }
}

/** Exact where it is a multiple of the tick, else the average cut off after two digits more. */
function averagePrice(instrument: Instrument, value: number, lots: number): string {
  const unit = lots * instrument.tickLotSats;
  const ticks = mulDiv(value, 1, unit);
  if (ticks * unit === value) return formatPrice(instrument, ticks as Ticks);
  return formatDecimal(mulDiv(value, 100 * instrument.tick.units, unit), instrument.tick.decimals + 2);
}
