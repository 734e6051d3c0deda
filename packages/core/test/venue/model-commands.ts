import fc from 'fast-check';
import { expect } from 'vitest';
import type { Command, EpochMs, Fact, InstrumentId, OrderId } from '../../src/index.ts';
import { MINUTE } from '../engine/fixture.ts';
import { describeFact } from './table-facts.ts';
import { parseOrder } from './table-commands.ts';
import { keyOf, PlainLedger, size } from './reference/ledger.ts';
import type { ReferenceVenue } from './reference/venue.ts';
import type { RealVenue, Shape } from './model-world.ts';

/** What both sides are in, and what has been said so far. */
export interface Model {
  readonly reference: ReferenceVenue;
  readonly ledger: PlainLedger;
  /** Commands between frames, and the frames, to be told again to other venues. */
  readonly story: (Command | readonly (Shape | null)[])[];
  readonly said: Fact[];
  /** The sequence in the words of the tables, with what was said to each step. */
  readonly lines: string[];
  readonly orders: Map<number, { readonly reduceOnly: boolean; readonly side: string }>;
  frames: number;
}
type Step = fc.Command<Model, RealVenue>;

const LETTERS = ['', 'B:', 'C:'];
const textOf = (facts: readonly Fact[]): readonly string[] =>
  facts.map((fact) => describeFact(fact).replace(/^B:/, LETTERS[fact.instrument]!)).filter((words) => words !== '');
/** Facts by symbol: which symbol of a frame speaks first is not what is compared. */
const bySymbol = (facts: readonly Fact[]): readonly string[][] =>
  [0, 1, 2].map((id) => [...textOf(facts.filter(({ instrument }) => instrument === id))]);

/** How far the money of a liquidation may be apart, sats: the place on a path where margin is used up is a real number, and values are whole sats there. */
const NEAR = 8;

/** Takes over the few sats that a liquidation may be apart, so that they are not counted again; null where it is no such difference. */
function reconcile(model: Model, expected: readonly Fact[], actual: readonly Fact[]): void {
  const own = (facts: readonly Fact[]) =>
    [0, 1, 2].flatMap((id) => facts.filter((fact) => fact.type === 'PositionLiquidated' && fact.instrument === id));
  const [theirs, ours] = [own(actual), own(expected)];
  if (theirs.length !== ours.length) return;
  for (const [k, mine] of ours.entries()) {
    const real = theirs[k]!;
    if (mine.type !== 'PositionLiquidated' || real.type !== 'PositionLiquidated') continue;
    const [fee, absorbed] = [real.fee - mine.fee, real.absorbed - mine.absorbed];
    if (Math.abs(fee) > NEAR || Math.abs(absorbed) > NEAR) continue;
    const moved = BigInt(absorbed - fee);
    model.reference.state.wallet += moved;
    const position = model.reference.state.positions.find(({ symbol, side }) => symbol === mine.instrument && side === mine.positionSide)!;
    if (model.reference.rules.mode === 'isolated' && position.qty !== 0n) position.isolated += moved;
    Object.assign(mine, { fee: real.fee, absorbed: real.absorbed });
  }
}

/** Books what was said and holds both sides to each other. */
function settle(model: Model, real: RealVenue, step: string, expected: readonly Fact[], actual: readonly Fact[]): void {
  model.lines.push(`${step} | ${textOf(actual).join(', ')} | ${real.sim.account.wallet() / 1e8}`);
  reconcile(model, expected, actual);
  expect(bySymbol(actual)).toEqual(bySymbol(expected));
  for (const fact of actual) {
    if (fact.type === 'OrderFilled') {
      const { reduceOnly, side } = model.orders.get(fact.orderId)!;
      const held = model.ledger.position(fact.instrument, side).qty;
      // ORD-3, POS-2: never adds, never flips.
      if (reduceOnly) expect(held * BigInt(fact.qty) < 0n && size(BigInt(fact.qty)) <= size(held)).toBe(true);
    }
    model.ledger.book(fact);
    model.said.push(fact);
  }
  const { ledger, reference } = model;
  // LED-3, from both ends, to the last sat.
  expect(ledger.wallet).toBe(ledger.start + ledger.realized + ledger.funding - ledger.fees - ledger.clearance + ledger.absorbed);
  expect(ledger.net).toBe(ledger.start + ledger.cash - ledger.fees + ledger.funding - ledger.clearance + ledger.absorbed);
  expect([BigInt(real.sim.account.wallet()), reference.state.wallet]).toEqual([ledger.wallet, ledger.wallet]);
  for (const position of reference.state.positions) {
    const { qty, cost, isolated } = real.legOf(position.symbol, position.side === 'short' ? 1 : 0);
    expect([qty, cost, isolated].map(BigInt)).toEqual([position.qty, position.cost, position.isolated]);
    // LED-6: a position is the sum of what was traded, liquidations included.
    const booked = ledger.positions.get(keyOf(position.symbol, position.side)) ?? { qty: 0n, cost: 0n };
    expect([booked.qty, booked.cost]).toEqual([position.qty, position.cost]);
  }
  const { state, rules } = reference;
  // What is missing below 0 is taken over by the fund (LIQ-8), so an account without a position owes nothing.
  if (rules.mode === 'cross' && state.positions.every(({ qty }) => qty === 0n)) expect(state.wallet >= -fees(rules.taker)).toBe(true);
}
/** Trading fees alone may take a wallet below 0 when the last position closes by an order. */
const fees = (taker: bigint): bigint => taker * 100_000_000n;

const now = (model: Model): EpochMs => (model.frames * MINUTE - 1) as EpochMs;

export interface Ask {
  readonly symbol: number;
  readonly side: 'buy' | 'sell';
  readonly kind: 'market' | 'limit' | 'stop' | 'target' | 'stop limit' | 'target limit' | 'trail' | 'target trail';
  /** Of a trailing stop, percent. */
  readonly callback: number;
  readonly qty: number;
  /** Parts of ten of a percent-like step from the last price. */
  readonly level: number;
  readonly limit: number;
  readonly tif: '' | 'ioc' | 'gtx' | 'fok';
  readonly closing: '' | 'reduce' | 'all';
  readonly leg: 'long' | 'short';
}

class Order implements Step {
  readonly #ask: Ask;
  #text = '(an order)';
  constructor(ask: Ask) {
    this.#ask = ask;
  }
  check({ reference }: Readonly<Model>): boolean {
    return this.#ask.symbol < reference.state.last.length;
  }
  run(model: Model, real: RealVenue): void {
    const id = model.orders.size + 1;
    const words = this.#words(model.reference);
    this.#text = `${id}: ${LETTERS[this.#ask.symbol]!}${words}`;
    const command = { ...parseOrder(words, id), instrument: this.#ask.symbol as InstrumentId, ts: now(model) };
    const { side, reduceOnly, terms } = command;
    const positionSide = terms?.positionSide ?? 'both';
    const isClosing =
      positionSide === 'both' ? reduceOnly || terms?.closePosition === true : (positionSide === 'long') === (side === 'sell');
    model.orders.set(id, { reduceOnly: isClosing, side: positionSide });
    model.story.push(command);
    settle(model, real, this.toString(), model.reference.submit(command), real.handle(command));
  }
  toString(): string {
    return this.#text;
  }

  #words({ rules, state }: ReferenceVenue): string {
    const { symbol, side, kind, callback, qty, level, limit, tif, closing, leg } = this.#ask;
    const last = Number(state.last[symbol]!);
    const at = (offset: number): number => Math.max(2, Math.round(last * (1 + offset / 200)));
    // A trigger on the side of the price where it is not met yet.
    const rises = kind.startsWith('stop') === (side === 'buy');
    const trigger = Math.max(1, rises ? Math.max(last + 1, at(Math.abs(level))) : Math.min(last - 1, at(-Math.abs(level))));
    const type = {
      market: 'market',
      limit: `limit ${at(level)}`,
      stop: `stop ${trigger}`,
      target: `target ${trigger}`,
      'stop limit': `stop ${trigger} limit ${Math.max(1, trigger + limit)}`,
      'target limit': `target ${trigger} limit ${Math.max(1, trigger + limit)}`,
      trail: `trail ${callback}%`,
      'target trail': `trail ${callback}% from ${trigger}`,
    }[kind];
    const isWhole = closing === 'all' && (kind === 'stop' || kind === 'target');
    const force = kind === 'limit' ? tif : kind.endsWith('limit') && tif === 'ioc' ? tif : '';
    const ends = closing === 'reduce' && !rules.isHedged ? 'reduce' : '';
    // In hedge mode closePosition is for orders that close.
    const isWrongWay = rules.isHedged && isWhole && (leg === 'long') !== (side === 'sell');
    return [side, isWhole && !isWrongWay ? 'all' : qty, type, force, ends, rules.isHedged ? leg : '']
      .filter((word) => word !== '')
      .join(' ');
  }
}

class Cancel implements Step {
  readonly #pick: number;
  #text = 'cancel';
  constructor(pick: number) {
    this.#pick = pick;
  }
  check({ reference }: Readonly<Model>): boolean {
    return reference.state.orders.some(({ type }) => type !== 'market');
  }
  run(model: Model, real: RealVenue): void {
    const open = model.reference.state.orders.filter(({ type }) => type !== 'market');
    const { id, symbol } = open[this.#pick % open.length]!;
    this.#text = `cancel ${id}`;
    const command: Command = { type: 'CancelOrder', ts: now(model), instrument: symbol as InstrumentId, orderId: id as OrderId };
    model.story.push(command);
    settle(model, real, this.toString(), model.reference.cancel(id, command.ts), real.handle(command));
  }
  toString(): string {
    return this.#text;
  }
}

class Leverage implements Step {
  readonly #symbol: number;
  readonly #leverage: number;
  constructor(symbol: number, leverage: number) {
    this.#symbol = symbol;
    this.#leverage = leverage;
  }
  check({ reference }: Readonly<Model>): boolean {
    return this.#symbol < reference.state.last.length;
  }
  run(model: Model, real: RealVenue): void {
    const command = { type: 'SetLeverage', ts: now(model), instrument: this.#symbol as InstrumentId, leverage: this.#leverage } as const;
    model.story.push(command);
    settle(model, real, this.toString(), model.reference.setLeverage(command), real.handle(command));
  }
  toString(): string {
    return `${LETTERS[this.#symbol]!}leverage ${this.#leverage}`;
  }
}

/** How a candle moves, in half percents of the last close. */
export interface Move {
  readonly gap: number;
  readonly up: number;
  readonly down: number;
  readonly body: number;
  readonly percent: number | null;
  readonly isMissing: boolean;
}

class Frame implements Step {
  readonly #moves: readonly Move[];
  #text = 'frame';
  constructor(moves: readonly Move[]) {
    this.#moves = moves;
  }
  check(): boolean {
    return true;
  }
  run(model: Model, real: RealVenue): void {
    const { reference } = model;
    const shapes: (Shape | null)[] = reference.state.last.map((last, symbol) => shapeOf(Number(last), this.#moves[symbol]!));
    if (!shapes.some((shape) => shape !== null))
      shapes[0] = shapeOf(Number(reference.state.last[0]!), { ...this.#moves[0]!, isMissing: false });
    this.#text = shapes
      .map((shape) => (shape === null ? 'x' : `${shape.row.join(' ')}${shape.percent === null ? '' : ` fund ${shape.percent}%`}`))
      .join(' & ');
    model.story.push(shapes);
    const candles = shapes.map((shape) =>
      shape === null ? null : (shape.row.map(BigInt) as unknown as readonly [bigint, bigint, bigint, bigint]),
    );
    const rates = shapes.map((shape) => (shape === null || shape.percent === null ? null : BigInt(shape.percent * 1_000_000)));
    const ts = (model.frames + 1) * MINUTE - 1;
    const expected = reference.frame(candles, rates, model.frames * MINUTE, ts);
    model.frames += 1;
    settle(model, real, this.#text, expected, real.frame(shapes));
  }
  toString(): string {
    return `\n${this.#text}`;
  }
}
function shapeOf(last: number, move: Move): Shape | null {
  if (move.isMissing) return null;
  const step = (halves: number): number => Math.round((last * halves) / 200);
  const open = Math.max(5, last + step(move.gap));
  const high = open + step(move.up);
  const low = Math.max(3, open - step(move.down));
  return { row: [open, high, low, low + (move.body % (high - low + 1))], percent: move.percent };
}

const move: fc.Arbitrary<Move> = fc.record({
  gap: fc.oneof(
    { weight: 5, arbitrary: fc.constant(0) },
    { weight: 3, arbitrary: fc.integer({ min: -8, max: 8 }) },
    { weight: 1, arbitrary: fc.integer({ min: -50, max: 50 }) },
  ),
  up: fc.oneof({ weight: 3, arbitrary: fc.nat(12) }, { weight: 1, arbitrary: fc.nat(50) }),
  down: fc.oneof({ weight: 3, arbitrary: fc.nat(12) }, { weight: 1, arbitrary: fc.nat(50) }),
  body: fc.nat(40),
  percent: fc.oneof({ weight: 6, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.constantFrom(-2, -1, 0, 1, 2, 3) }),
  isMissing: fc.oneof({ weight: 12, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
});
const ask: fc.Arbitrary<Ask> = fc.record({
  symbol: fc.nat(2),
  side: fc.constantFrom('buy', 'sell'),
  kind: fc.constantFrom('market', 'market', 'limit', 'limit', 'stop', 'target', 'stop limit', 'target limit', 'trail', 'target trail'),
  callback: fc.integer({ min: 1, max: 10 }),
  qty: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 60 })),
  level: fc.oneof(fc.integer({ min: -8, max: 8 }), fc.integer({ min: -20, max: 20 })),
  limit: fc.integer({ min: -3, max: 3 }),
  tif: fc.constantFrom('', '', '', 'ioc', 'gtx', 'fok'),
  closing: fc.constantFrom('', '', '', 'reduce', 'all'),
  leg: fc.constantFrom('long', 'short'),
});

/** Commands of a sequence; what a step means depends on prices and orders when it is its turn. */
export const steps: readonly fc.Arbitrary<Step>[] = [
  ask.map((one) => new Order(one)),
  ask.map((one) => new Order(one)),
  ask.map((one) => new Order(one)),
  fc.nat(9).map((pick) => new Cancel(pick)),
  fc.tuple(fc.nat(2), fc.constantFrom(1, 2, 5, 10, 15, 20, 25, 40, 50)).map(([symbol, leverage]) => new Leverage(symbol, leverage)),
  fc.tuple(move, move, move).map((moves) => new Frame(moves)),
  fc.tuple(move, move, move).map((moves) => new Frame(moves)),
  fc.tuple(move, move, move).map((moves) => new Frame(moves)),
];
export { bySymbol };
