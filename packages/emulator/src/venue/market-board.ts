import {
  buildSchedule,
  createInstrument,
  INTERVAL_MS,
  rateFromBps,
  toPrice,
  toTicks,
  type EpochMs,
  type Instrument,
  type InstrumentId,
  type Interval,
  type Schedule,
  type Tape,
  type Ticks,
} from '@orrery/core';
import type { Market } from '@orrery/data';

/** A row of a tape that belongs to the frame being handled. */
export interface FrameRow {
  readonly instrument: InstrumentId;
  readonly row: number;
}

/** What the venue's visitors can see of the market, and how far its time has come. */
export class MarketBoard {
  readonly market: Market;
  readonly instruments: readonly Instrument[];
  readonly interval: Interval;
  readonly intervalMs: number;
  /** Market time, ms UTC: the close of the frame being handled or shown last. */
  now: EpochMs;
  /** Frames whose candles everybody can see. */
  framesShown = 0;
  readonly framesTotal: number;
  /** Per instrument, how many closed candles are visible. */
  readonly #shown: Uint32Array;
  /** Per instrument, how many candles orders have met. */
  readonly #matched: Uint32Array;
  /** Price of the last fill inside the candle being handled, in ticks; 0 where there was none. */
  readonly #inside: Float64Array;
  readonly #schedule: Schedule;
  /** Positions of the schedule at which frames begin. */
  readonly #starts: Uint32Array;
  readonly #ids: ReadonlyMap<string, InstrumentId>;

  constructor(market: Market, interval: Interval, makerFeeBps: number, takerFeeBps: number) {
    const fees = { maker: rateFromBps(makerFeeBps), taker: rateFromBps(takerFeeBps) };
    this.market = market;
    this.interval = interval;
    this.intervalMs = INTERVAL_MS[interval];
    this.instruments = market.filters.map((filters, id) => createInstrument(id as InstrumentId, filters, fees));
    this.#ids = new Map(this.instruments.map(({ symbol, id }) => [symbol, id]));
    this.#shown = new Uint32Array(market.tapes.length);
    this.#matched = new Uint32Array(market.tapes.length);
    this.#inside = new Float64Array(market.tapes.length);
    this.#schedule = buildSchedule(market.tapes);
    this.#starts = frameStarts(this.#schedule);
    this.framesTotal = this.#starts.length;
    const opens = market.tapes.map((tape) => (tape.length === 0 ? Infinity : tape.closeTs[0] - tape.intervalMs + 1));
    this.now = Math.min(...opens) as EpochMs;
  }

  idOf(symbol: string): InstrumentId | undefined {
    return this.#ids.get(symbol);
  }
  tape(id: InstrumentId): Tape {
    return this.market.tapes[id];
  }
  closed(id: InstrumentId): number {
    return this.#shown[id];
  }
  /** Close time of the last frame shown, or 0. */
  get frame(): number {
    return this.framesShown === 0 ? 0 : this.closeOf(this.framesShown - 1);
  }
  closeOf(frame: number): number {
    const at = this.#starts[frame];
    return this.market.tapes[this.#schedule.instrument[at]].closeTs[this.#schedule.row[at]];
  }
  /** The candles that close together as the n-th frame, in instrument order. */
  rowsOf(frame: number): readonly FrameRow[] {
    const { instrument, row, length } = this.#schedule;
    const rows: FrameRow[] = [];
    const end = this.#starts[frame + 1] ?? length;
    for (let k = this.#starts[frame]; k < end; k++) rows.push({ instrument: instrument[k] as InstrumentId, row: row[k] });
    return rows;
  }

  /** From now on these candles have met the orders, though nobody sees them yet. */
  enter(frame: number): void {
    this.now = this.closeOf(frame) as EpochMs;
    this.#inside.fill(0);
    for (const { instrument, row } of this.rowsOf(frame)) this.#matched[instrument] = row + 1;
  }
  /** The frame's candles have closed for everybody. */
  show(frame: number): void {
    this.#inside.fill(0);
    this.now = this.closeOf(frame) as EpochMs;
    for (const { instrument, row } of this.rowsOf(frame)) {
      this.#shown[instrument] = row + 1;
      this.#matched[instrument] = row + 1;
    }
    this.framesShown = frame + 1;
  }
  noteFill(id: InstrumentId, price: Ticks): void {
    this.#inside[id] = price;
  }

  /** The last traded price that a visitor knows of. */
  last(id: InstrumentId): Ticks {
    if (this.#inside[id] !== 0) return this.#inside[id] as Ticks;
    const tape = this.tape(id);
    const shown = this.#shown[id];
    return toTicks(this.instruments[id], shown === 0 ? (tape.open[0] ?? NaN) : tape.close[shown - 1]);
  }

  /** The mark price that a visitor knows of, quote units: that of the last candle shown, where the data hold none the traded price. */
  mark(id: InstrumentId): number {
    const shown = this.#shown[id];
    const said = this.market.marks[id] ?? null;
    const price = said === null ? NaN : shown === 0 ? (said.open[0] ?? NaN) : said.close[shown - 1];
    return price > 0 ? price : toPrice(this.instruments[id], this.last(id));
  }

  /** The open that an order sent now meets on its arrival, with what is traded behind it; null after the data's end. */
  arrival(id: InstrumentId): { readonly open: Ticks; readonly lots: number } | null {
    const tape = this.tape(id);
    const instrument = this.instruments[id];
    for (let row = this.#matched[id]; row < tape.length; row++) {
      if (tape.volume[row] > 0)
        return { open: toTicks(instrument, tape.open[row]), lots: (tape.volume[row] * instrument.qtyScale) / instrument.step.units };
    }
    return null;
  }
}

function frameStarts({ length, frameEnd }: Schedule): Uint32Array {
  const starts: number[] = [];
  for (let k = 0; k < length; k++) if (k === 0 || frameEnd[k - 1] === 1) starts.push(k);
  return Uint32Array.from(starts);
}
