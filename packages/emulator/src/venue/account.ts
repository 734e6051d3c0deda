import {
  applyFill,
  applyFunding,
  applyLiquidation,
  createLedger,
  parseSats,
  REALIZED,
  slotOf,
  WALLET,
  type FundingCharged,
  type Instrument,
  type InstrumentId,
  type Ledger,
  type Lots,
  type OrderFilled,
  type PositionLiquidated,
  type PositionSide,
  type PositionMargin,
  type Sats,
  type SimVenue,
} from '@orrery/core';
import type { VenuePositionSide } from './order-records.ts';

const ONE_WAY = ['BOTH'] as const;
const HEDGED = ['LONG', 'SHORT'] as const;
const CORE_SIDES = { BOTH: 'both', LONG: 'long', SHORT: 'short' } as const;

/** A position as the answers tell of it. */
export interface HeldPosition extends PositionMargin {
  readonly instrument: Instrument;
  readonly positionSide: VenuePositionSide;
  /** Signed. */
  readonly qty: Lots;
  readonly cost: Sats;
  /** What is set aside for it; 0 in a cross account. */
  readonly isolated: Sats;
  readonly liquidationPrice: number;
  /** Quote units. */
  readonly mark: number;
}

/**
 * The account as clients see it. Money and margin are the simulated venue's. The ledger beside it holds what has been told so far: within
 * a frame events tell of one change after the other, while the venue stands at the frame's end already; it also says what a trade realised.
 */
export class Account {
  ledger: Ledger;
  /** Market time of the last change; never 0, because clients take 0 for "no such asset". */
  updateTime: number;
  readonly #instruments: readonly Instrument[];
  readonly #venue: () => SimVenue;

  constructor(instruments: readonly Instrument[], venue: () => SimVenue, startEquity: string, now: number) {
    this.#instruments = instruments;
    this.#venue = venue;
    this.ledger = createLedger(2 * instruments.length, parseSats(startEquity));
    this.updateTime = now;
  }

  get isHedged(): boolean {
    return (this.#venue().account.legs[0]?.length ?? 1) === 2;
  }
  get isIsolated(): boolean {
    return this.#venue().account.isIsolated;
  }
  /** Positions of a symbol, in the venue's words. */
  get sides(): readonly VenuePositionSide[] {
    return this.isHedged ? HEDGED : ONE_WAY;
  }

  /** Books a fill as told and returns the profit that it realised. */
  fill(instrument: Instrument, side: VenuePositionSide, { qty, price, reference, fee }: OrderFilled): Sats {
    const before = this.ledger.totals[REALIZED];
    applyFill(this.ledger, instrument, qty, price, reference, fee, this.slot(instrument.id, CORE_SIDES[side]));
    return (this.ledger.totals[REALIZED] - before) as Sats;
  }
  liquidate(instrument: Instrument, fact: PositionLiquidated): Sats {
    const before = this.ledger.totals[REALIZED];
    applyLiquidation(this.ledger, instrument, fact, this.slot(instrument.id, fact.positionSide));
    return (this.ledger.totals[REALIZED] - before) as Sats;
  }
  fund({ instrument, amount }: FundingCharged): void {
    applyFunding(this.ledger, instrument, amount);
  }
  slot(id: InstrumentId, side: PositionSide): number {
    return slotOf(id, side, this.#instruments.length);
  }
  /** Wallet balance as told. */
  toldWallet(): Sats {
    return this.ledger.totals[WALLET] as Sats;
  }

  wallet(): Sats {
    return this.#venue().account.wallet();
  }
  crossWallet(): Sats {
    return this.#venue().account.crossWallet();
  }
  available(): Sats {
    return this.#venue().account.available();
  }
  leverageOf(id: InstrumentId): number {
    return this.#venue().account.leverage[id] ?? 0;
  }
  markOf(id: InstrumentId): number {
    return this.#venue().account.markPriceOf(id);
  }
  /** What the open orders of a symbol bind beyond its positions. */
  orderMarginOf(id: InstrumentId): number {
    return this.#venue().account.marginOf(id).orders;
  }
  held(id: InstrumentId, side: VenuePositionSide): Lots {
    return (this.#venue().account.legs[id]?.[side === 'SHORT' ? 1 : 0]?.qty ?? 0) as Lots;
  }
  isHolding(id: InstrumentId): boolean {
    return this.#venue().account.holding.has(id);
  }
  /** The positions of a symbol, empty ones included: one, or the two of hedge mode. */
  positionsOf(instrument: Instrument): readonly HeldPosition[] {
    const { account } = this.#venue();
    return account.legs[instrument.id].map(({ qty, cost, isolated }, side) => ({
      ...account.positionMargin(instrument.id, side),
      instrument,
      positionSide: this.sides[side],
      qty: qty as Lots,
      cost: cost as Sats,
      isolated: isolated as Sats,
      liquidationPrice: account.liquidationPriceOf(instrument.id, side),
      mark: account.markPriceOf(instrument.id),
    }));
  }
  /** All that is held or ordered, added up; sats. */
  totals(): {
    readonly unrealized: number;
    readonly crossUnrealized: number;
    readonly maintenance: number;
    readonly initial: number;
    readonly orders: number;
  } {
    const total = { unrealized: 0, maintenance: 0, initial: 0, orders: 0 };
    const { account } = this.#venue();
    for (const { id } of this.#instruments) {
      if (!account.holding.has(id) && this.#venue().workingOrders(id).length === 0) continue;
      const margin = account.marginOf(id);
      total.unrealized += margin.unrealized;
      total.maintenance += margin.maintenance;
      total.initial += margin.initial;
      total.orders += margin.orders;
    }
    return { ...total, crossUnrealized: account.isIsolated ? 0 : total.unrealized };
  }
}
