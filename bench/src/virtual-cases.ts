import { DigestRecorder } from '@orrery/data/journal';
import { VirtualBook, type EpochMs, type InstrumentId, type RateE8, type Ticks, type VirtualPositionEvent } from '@orrery/core';
import type { BenchCase } from './cases.ts';
import type { Measured, Timing } from './measure.ts';
import { uniform } from './random.ts';

const SYMBOLS = 200;
const MINUTE = 60_000;
const START = 100_000;
/** Largest move of a candle's parts, in ticks: a thousandth of the price. */
const MOVE = 100;
/** Passes over which positions are opened, each at its symbol's price there. */
const OPENING = 100;

export interface VirtualSetup {
  /** Open when the passes that count begin. */
  readonly positions: number;
  readonly passes: number;
  readonly isSmart: boolean;
  /** Whether events go to the journal's hash, as in a run; else they are only counted. */
  readonly isHashed: boolean;
}
/** What the passes did. */
export interface VirtualWork {
  readonly looks: number;
  readonly spared: number;
}

interface VirtualResult extends VirtualWork {
  readonly events: number;
  readonly open: number;
  readonly gain: number;
  /** The digest of all events; null where they are not hashed. */
  readonly journal: string | null;
}

/** The pass alone and with its events journalled; every price told at every check, and spared where it is far from all levels. */
export function virtualCases(quick: boolean): readonly BenchCase[] {
  const setup = { positions: quick ? 10_000 : 100_000, passes: quick ? 10 : 25 };
  const count = setup.positions.toLocaleString('en');
  return [false, true].flatMap((isHashed) =>
    [false, true].map((isSmart): BenchCase => ({
      name: `virtual positions: ${count} in one pass${isHashed ? ', hashed' : ''}${isSmart ? ', smart monitoring' : ''}`,
      kind: 'virtual',
      rows: setup.positions * setup.passes,
      ...setup,
      isSmart,
      isHashed,
    })),
  );
}

/** The passes alone are timed; the positions are opened anew for each repetition. */
export function virtualCase(setup: VirtualSetup, repetitions: number): Measured<VirtualResult> & { readonly virtual: VirtualWork } {
  let best = onePass(setup);
  const expected = JSON.stringify(best.value);
  for (let k = 1; k < repetitions; k++) {
    const { value, timing, virtual } = onePass(setup);
    if (JSON.stringify(value) !== expected)
      throw new Error(`repetition ${k + 1} came to ${JSON.stringify(value)}, the first to ${expected}`);
    const least: Timing = { cpuNs: Math.min(best.timing.cpuNs, timing.cpuNs), wallNs: Math.min(best.timing.wallNs, timing.wallNs) };
    best = { value, virtual, timing: least };
  }
  return best;
}

function onePass({ positions, passes, ...setup }: VirtualSetup): Measured<VirtualResult> & { readonly virtual: VirtualWork } {
  const market = new WanderingMarket(setup);
  market.open(positions);
  const before = market.work();
  const events = market.events;
  const clock = performance.now();
  const cpu = process.cpuUsage();
  for (let k = 0; k < passes; k++) market.pass();
  const used = process.cpuUsage(cpu);
  const timing = { cpuNs: (used.user + used.system) * 1000, wallNs: (performance.now() - clock) * 1e6 };
  const after = market.work();
  const virtual = { looks: after.looks - before.looks, spared: after.spared - before.spared };
  const { book, gain, digest } = market;
  return {
    value: { ...virtual, events: market.events - events, open: book.open, gain, journal: digest?.digest() ?? null },
    virtual,
    timing,
  };
}

/** Symbols whose prices wander, and a book whose positions have stops of 1 % to 6 % and targets twice as far. */
class WanderingMarket {
  readonly book: VirtualBook;
  events = 0;
  /** Sum of what the closed ones returned. */
  gain = 0;
  readonly #random: () => number = uniform(7);
  readonly #prices: number[] = Array.from({ length: SYMBOLS }, () => START);
  readonly digest: DigestRecorder | null;
  #minute = 0;
  #lastId = 0;

  constructor({ isSmart, isHashed }: Pick<VirtualSetup, 'isSmart' | 'isHashed'>) {
    const fee = 50_000 as RateE8;
    const settings = { expiryMs: 1e12, fee, gradedStop: true, dynamicLevels: true };
    this.book = new VirtualBook(SYMBOLS, { ...settings, smartMonitoring: isSmart });
    this.digest = isHashed ? new DigestRecorder() : null;
  }

  push(event: VirtualPositionEvent): void {
    this.events += 1;
    if (event.kind === 'CLOSED') this.gain += event.pnl;
    if (this.digest !== null) this.digest.record(this.events, this.#minute, 'out', event);
  }
  /** As many at each pass, so that they stand at all distances from their levels; then what is missing at once. */
  open(positions: number): void {
    for (let k = 0; k < OPENING; k++) {
      for (let j = 0; j < positions / OPENING; j++) this.#add();
      this.pass();
    }
    while (this.book.open < positions) this.#add();
  }
  pass(): void {
    this.#minute += 1;
    const ts = (this.#minute * MINUTE) as EpochMs;
    for (let id = 0; id < SYMBOLS; id++) {
      const open = this.#prices[id];
      const close = open + this.#move();
      this.book.show(
        id as InstrumentId,
        open,
        Math.max(open, close) + Math.abs(this.#move()),
        Math.min(open, close) - Math.abs(this.#move()),
        close,
      );
      this.#prices[id] = close;
    }
    for (const { positionId, kind } of this.book.advance(ts, true, this)) this.book.answer(positionId, kind, null, ts, this);
  }
  work(): VirtualWork {
    const { virtualLooks = 0, virtualLooksSpared = 0 } = this.book.counters();
    return { looks: virtualLooks, spared: virtualLooksSpared };
  }

  #add(): void {
    const positionId = ++this.#lastId;
    const instrument = (positionId % SYMBOLS) as InstrumentId;
    const direction = this.#random() < 0.5 ? 1 : -1;
    const entry = this.#prices[instrument];
    const distance = Math.round(entry * (0.01 + 0.05 * this.#random()));
    const [stop, target] = [entry - direction * distance, entry + 2 * direction * distance];
    const ts = (this.#minute * MINUTE) as EpochMs;
    this.book.add({ instrument, positionId, ts, direction, entry: entry as Ticks, stop: stop as Ticks, target: target as Ticks }, this);
  }
  #move(): number {
    return Math.round((2 * this.#random() - 1) * MOVE);
  }
}
