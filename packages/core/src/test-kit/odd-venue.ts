import { Queue, type Sink } from '../engine/queue.ts';
import type { Venue } from '../engine/venue.ts';
import type { Tape } from '../market/tape.ts';
import type { Command, Fact, FundingCharged, OrderFilled } from '../messages.ts';
import type { Lots, Sats } from '../units.ts';
import type { Oddity } from './odd-facts.ts';

type OrderReport = Extract<Fact, { readonly orderId: unknown }>;
type Report = OrderReport | FundingCharged;
interface Delayed {
  readonly report: Report;
  readonly instrument: number;
  /** Candle of the instrument, from 1, in which it comes. */
  readonly due: number;
}

/** A venue whose execution reports arrive as a plan says. What happens there is what happens at the inner one. */
export class OddVenue implements Venue {
  /** Asked at every candle, as a late report may be due. */
  readonly wake: Float64Array;
  /** Repetitions and reports of orders that have ended: all that may not change anything. */
  readonly added: Set<Fact> = new Set();
  readonly #inner: Venue;
  readonly #plan: ReadonlyMap<Oddity['report'], Oddity>;
  readonly #candles: Float64Array;
  /** Whether the inner venue was asked in this frame. */
  #isAwake = false;
  /** Instruments that have a candle in the frame at hand. */
  readonly #frame: number[] = [];
  #delayed: Delayed[] = [];
  #reports = 0;

  constructor(inner: Venue, symbols: number, plan: readonly Oddity[]) {
    this.#inner = inner;
    this.#plan = new Map(plan.map((oddity) => [oddity.report, oddity]));
    this.#candles = new Float64Array(symbols);
    this.wake = new Float64Array(symbols).fill(-Infinity);
  }
  get timerDue(): number {
    return this.#inner.timerDue;
  }
  match(tape: Tape, row: number, out: Sink<Fact>): void {
    const id = tape.instrument;
    this.#candles[id] += 1;
    if (this.#inner.wake[id] <= tape.closeTs[row]) {
      this.#isAwake = true;
      this.#pass(out, (sink) => this.#inner.match(tape, row, sink));
    }
    this.#frame.push(id);
  }
  endFrame(ts: number, out: Sink<Fact>): void {
    if (this.#isAwake) this.#pass(out, (sink) => this.#inner.endFrame(ts, sink));
    this.#isAwake = false;
    for (const id of this.#frame) {
      const isDue = (delayed: Delayed): boolean => delayed.instrument === id && delayed.due <= this.#candles[id];
      for (const { report } of this.#delayed.filter(isDue)) out.push(report);
      this.#delayed = this.#delayed.filter((delayed) => !isDue(delayed));
    }
    this.#frame.length = 0;
  }
  fireTimers(ts: number, pos: number, out: Sink<Fact>): void {
    this.#inner.fireTimers(ts, pos, out);
  }
  handle(command: Command, out: Sink<Fact>): void {
    this.#pass(out, (sink) => this.#inner.handle(command, sink));
  }
  /** What has been held back and not been delivered yet; given out once. */
  flush(): readonly Fact[] {
    const left = this.#delayed.map(({ report }) => report);
    this.#delayed = [];
    return left;
  }

  #pass(out: Sink<Fact>, act: (sink: Sink<Fact>) => void): void {
    const facts: Queue<Fact> = new Queue();
    act(facts);
    const said: { readonly fact: Fact; readonly oddity: Oddity | undefined }[] = [];
    while (facts.size > 0) {
      const fact = facts.shift();
      const oddity = isReport(fact) ? this.#plan.get(++this.#reports) : undefined;
      said.push({ fact, oddity: oddity ?? (fact.type === 'FundingCharged' ? this.#plan.get('funding') : undefined) });
    }
    for (let k = 0; k < said.length - 1; k++) {
      if (said[k].oddity?.kind === 'swapped') [said[k], said[k + 1]] = [said[k + 1], { ...said[k], oddity: undefined }];
    }
    for (const { fact, oddity } of said) {
      if (oddity === undefined || !isReport(fact)) out.push(fact);
      else this.#report(fact, oddity, out);
    }
  }

  #report(report: Report, oddity: Oddity, out: Sink<Fact>): void {
    switch (oddity.kind) {
      case 'late':
        this.#delayed.push({ report, instrument: report.instrument, due: this.#candles[report.instrument] + oddity.candles });
        return;
      case 'swapped':
        out.push(report);
        return;
      case 'split':
        for (const part of partsOf(report)) out.push(part);
        return;
      case 'split-twice':
        for (const [k, part] of partsOf(report).entries()) {
          out.push(part);
          if (k === 0) this.#add({ ...part }, out);
        }
        return;
      case 'twice':
        out.push(report);
        this.#add({ ...report }, out);
        return;
      case 'after-end':
        out.push(report);
        if ('orderId' in report && isEnd(report)) for (const ghost of ghostsOf(report)) this.#add(ghost, out);
        return;
      default:
        throw new RangeError(`unknown oddity ${String(oddity satisfies never)}`);
    }
  }
  #add(fact: Fact, out: Sink<Fact>): void {
    this.added.add(fact);
    out.push(fact);
  }
}

function isReport(fact: Fact): fact is Report {
  return 'orderId' in fact || fact.type === 'FundingCharged';
}

function isEnd(report: OrderReport): boolean {
  return report.type === 'OrderFilled' ? report.isDone : report.type !== 'OrderAccepted';
}

/** The second part first; together they are the whole. A fill of one lot cannot be split. */
function partsOf(report: Report): readonly Report[] {
  if (report.type !== 'OrderFilled' || !report.isDone || Math.abs(report.qty) < 2) return [report];
  const qty = Math.trunc(report.qty / 2) as Lots;
  const fee = Math.floor(report.fee / 2) as Sats;
  const first: OrderFilled = { ...report, qty, fee, isDone: false };
  const second: OrderFilled = { ...report, fill: report.fill + 1, qty: (report.qty - qty) as Lots, fee: (report.fee - fee) as Sats };
  return [second, first];
}

/** What a confused stream may still say of an order that is gone. */
function ghostsOf({ ts, instrument, orderId }: OrderReport): readonly Report[] {
  const fill: OrderFilled = {
    type: 'OrderFilled',
    ts,
    instrument,
    orderId,
    fill: 99,
    qty: 1 as Lots,
    price: 1 as OrderFilled['price'],
    reference: 1 as OrderFilled['price'],
    fee: 1 as Sats,
    isMaker: false,
    isDone: true,
  };
  return [{ type: 'OrderAccepted', ts, instrument, orderId }, fill];
}
