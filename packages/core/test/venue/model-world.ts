import {
  createInstrument,
  createTape,
  GrowingFunding,
  SimVenue,
  type Command,
  type Fact,
  type Instrument,
  type InstrumentId,
  type LeverageBracket,
  type RateE8,
  type Sats,
  type Tape,
  type VenueAssumptions,
} from '../../src/index.ts';
import { MINUTE, ROOMY_VENUE, WHOLE } from '../engine/fixture.ts';
import type { Bracket, Rules } from './reference/state.ts';

/** What a sequence is played on. Three symbols, of which the first `symbols` are there. */
export interface Account {
  readonly symbols: number;
  readonly isolated: boolean;
  readonly hedge: boolean;
  readonly touch: boolean;
  readonly fills: Rules['fills'];
  /** USDT */
  readonly wallet: number;
  readonly leverage: number;
  /** Percent. */
  readonly clearance: number;
  readonly fees: boolean;
}

/** Candle of one symbol and, where one is due at its open, a funding rate in percent. */
export interface Shape {
  readonly row: readonly [number, number, number, number];
  readonly percent: number | null;
}
export const FIRST_PRICES = [100, 60, 35] as const;
export const LENGTH = 100;

/** Floor in USDT, maintenance rate in percent, leverage: two or three steps, near enough that small positions cross them. */
const STEPS = [
  [
    [0, 2, 40],
    [1500, 5, 15],
    [4000, 12, 6],
  ],
  [
    [0, 3, 25],
    [900, 8, 10],
  ],
  [
    [0, 1, 50],
    [700, 4, 20],
    [2000, 10, 8],
  ],
] as const;
const TOP = 1_000_000;

export function rulesOf(account: Account): Rules {
  const brackets = STEPS.slice(0, account.symbols).map((steps) =>
    steps.map(([floor, percent, leverage], k): Bracket => ({
      floor: BigInt(floor),
      cap: BigInt(steps[k + 1]?.[0] ?? TOP),
      rate: BigInt(percent) * 1000000n,
      leverage: BigInt(leverage),
    })),
  );
  return {
    mode: account.isolated ? 'isolated' : 'cross',
    isHedged: account.hedge,
    isTouchEnough: account.touch,
    fills: account.fills,
    wallet: BigInt(account.wallet) * 100000000n,
    leverage: BigInt(account.leverage),
    brackets,
    maker: account.fees ? 20000n : 0n,
    taker: account.fees ? 50000n : 0n,
    clearance: BigInt(account.clearance) * 1000000n,
  };
}

function instrumentOf(id: number, symbol: number, account: Account): Instrument {
  const steps = STEPS[symbol]!;
  const brackets = steps.map(([floor, percent, leverage], k): LeverageBracket => ({
    notionalFloor: String(floor),
    notionalCap: String(steps[k + 1]?.[0] ?? TOP),
    maintMarginRatio: String(percent / 100),
    initialLeverage: leverage,
  }));
  const fees = { maker: (account.fees ? 20_000 : 0) as RateE8, taker: (account.fees ? 50_000 : 0) as RateE8 };
  const filters = { ...WHOLE, symbol: `T${symbol}USDT`, minNotional: '0', liquidationFee: String(account.clearance / 100), brackets };
  return createInstrument(id as InstrumentId, filters, fees);
}
function assumptionsOf(account: Account): VenueAssumptions {
  return {
    ...ROOMY_VENUE,
    fills: account.fills,
    limitFill: account.touch ? 'touch' : 'through',
    hedgeMode: account.hedge,
    startWallet: (account.wallet * 1e8) as Sats,
    marginMode: account.isolated ? 'isolated' : 'cross',
    leverage: account.leverage,
  };
}

/** The real venue over tapes that grow by a frame, or, where all frames are given, over tapes that are there from the beginning. */
export class RealVenue {
  readonly sim: SimVenue;
  readonly tapes: readonly Tape[];
  readonly #funding: readonly GrowingFunding[];
  readonly #order: readonly number[];
  #frame = 0;

  /**
   * @param order which symbol stands at which place
   * @param frames all that there will be, or null
   */
  constructor(account: Account, order: readonly number[], frames: readonly (readonly (Shape | null)[])[] | null) {
    this.#order = order;
    this.tapes = order.map((_, id) => createTape(id as InstrumentId, MINUTE, LENGTH + 2));
    this.#funding = order.map(() => new GrowingFunding(LENGTH + 2));
    const instruments = order.map((symbol, id) => instrumentOf(id, symbol, account));
    this.#put(
      0,
      order.map((symbol) => ({ row: flat(FIRST_PRICES[symbol]!), percent: null })),
    );
    for (const [k, frame] of (frames ?? []).entries())
      this.#put(
        k + 1,
        order.map((symbol) => frame[symbol] ?? null),
      );
    this.#grows = frames === null;
    this.sim = new SimVenue({ instruments, tapes: this.tapes, funding: this.#funding }, assumptionsOf(account));
    // The prices that everything begins with.
    this.#drive([]);
  }
  readonly #grows: boolean;

  handle(command: Command): readonly Fact[] {
    const facts: Fact[] = [];
    this.sim.handle({ ...command, instrument: this.#order.indexOf(command.instrument) as InstrumentId }, facts);
    return facts.map((fact) => this.#named(fact));
  }
  frame(shapes: readonly (Shape | null)[]): readonly Fact[] {
    if (this.#grows) {
      this.#put(
        this.#frame,
        this.#order.map((symbol) => shapes[symbol] ?? null),
      );
      this.#order.forEach((_, id) => this.sim.noticeFunding(id as InstrumentId));
    }
    const facts: Fact[] = [];
    this.#drive(facts);
    return facts.map((fact) => this.#named(fact));
  }
  /** Position of a symbol in its account. */
  legOf(symbol: number, side: number) {
    return this.sim.account.legs[this.#order.indexOf(symbol)]![side]!;
  }

  #named(fact: Fact): Fact {
    return { ...fact, instrument: this.#order[fact.instrument]! as InstrumentId };
  }
  #put(frame: number, shapes: readonly (Shape | null)[]): void {
    for (const [id, shape] of shapes.entries()) {
      if (shape === null) continue;
      const tape = this.tapes[id]!;
      const at = tape.length++;
      tape.closeTs[at] = (frame + 1) * MINUTE - 1;
      [tape.open[at], tape.high[at], tape.low[at], tape.close[at]] = shape.row as [number, number, number, number];
      tape.volume[at] = 1000;
      if (shape.percent !== null) this.#funding[id]!.append(frame * MINUTE, shape.percent * 1_000_000);
    }
  }
  #drive(out: Fact[]): void {
    const ts = (this.#frame + 1) * MINUTE - 1;
    this.#frame += 1;
    let isAwake = false;
    for (const [id, tape] of this.tapes.entries()) {
      const row = tape.closeTs.subarray(0, tape.length).indexOf(ts);
      if (row < 0 || this.sim.wake[id]! > ts) continue;
      isAwake = true;
      this.sim.match(tape, row, out);
    }
    if (isAwake) this.sim.endFrame(ts, out);
  }
}

function flat(price: number): Shape['row'] {
  return [price, price, price, price];
}
