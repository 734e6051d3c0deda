import type { Instrument } from '../market/instrument.ts';
import type { BracketRequest, OrderRequest } from '../order/request.ts';
import type { Amendment, Desk } from '../strategy/desk.ts';
import type { PositionSide, SignalVerdict } from '../messages.ts';
import type { EpochMs, InstrumentId, Lots, OrderId, Sats } from '../units.ts';

/** Passes everything on, and keeps the first wish that holds something that is no finite number. */
export class WatchingDesk implements Desk {
  fault: string | null = null;
  readonly #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
  }
  get instruments(): number {
    return this.#desk.instruments;
  }
  get isHedged(): boolean {
    return this.#desk.isHedged;
  }
  instrument(id: InstrumentId): Instrument {
    return this.#desk.instrument(id);
  }
  position(id: InstrumentId): Lots {
    return this.#desk.position(id);
  }
  positionOf(id: InstrumentId, side: PositionSide): Lots {
    return this.#desk.positionOf(id, side);
  }
  equity(): Sats {
    return this.#desk.equity();
  }
  lastPrice(id: InstrumentId): number {
    return this.#desk.lastPrice(id);
  }
  target(id: InstrumentId, qty: Lots): void {
    this.#watch('target', { id, qty });
    this.#desk.target(id, qty);
  }
  targetShare(id: InstrumentId, share: number): void {
    this.#watch('target', { id, share });
    this.#desk.targetShare(id, share);
  }
  order(request: OrderRequest): OrderId | null {
    this.#watch('order', request);
    return this.#desk.order(request);
  }
  bracket(request: BracketRequest): OrderId | null {
    this.#watch('bracket', request);
    return this.#desk.bracket(request);
  }
  cancel(id: InstrumentId, orderId: OrderId): void {
    this.#watch('cancel', { id, orderId });
    this.#desk.cancel(id, orderId);
  }
  cancelAll(id: InstrumentId): void {
    this.#watch('cancelAll', { id });
    this.#desk.cancelAll(id);
  }
  amend(id: InstrumentId, orderId: OrderId, change: Amendment): boolean {
    this.#watch('amend', { id, orderId, ...change });
    return this.#desk.amend(id, orderId, change);
  }
  setLeverage(id: InstrumentId, leverage: number): void {
    this.#watch('setLeverage', { id, leverage });
    this.#desk.setLeverage(id, leverage);
  }
  predict(modelSlot: number, id: InstrumentId, input: readonly number[]): number {
    this.#watch('predict', { modelSlot, id, ...Object.fromEntries(input.map((value, k) => [`input ${k + 1}`, value])) });
    return this.#desk.predict(modelSlot, id, input);
  }
  timer(id: InstrumentId, due: EpochMs): number {
    this.#watch('timer', { id, due });
    return this.#desk.timer(id, due);
  }
  mayEnter(id: InstrumentId): boolean {
    return this.#desk.mayEnter(id);
  }
  conclude(verdict: SignalVerdict): void {
    this.#watch('conclude', verdict);
    this.#desk.conclude(verdict);
  }

  #watch(wish: string, values: object): void {
    const wrong = Object.entries(values).find(([, value]) => typeof value === 'number' && !Number.isFinite(value));
    if (wrong !== undefined) this.fault ??= `${wish} was asked for with ${wrong[0]} = ${String(wrong[1])}`;
  }
}
