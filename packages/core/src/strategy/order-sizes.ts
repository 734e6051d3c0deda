import { toTicks, type Instrument } from '../market/instrument.ts';
import type { OrderType, Side } from '../messages.ts';
import type { OrderRequest } from '../order/request.ts';
import type { InstrumentId, Lots, RateE8, Ticks } from '../units.ts';
import type { Desk } from './desk.ts';
import type { Bracket, ProtectedBy, TrailingStop, TriggerTerms } from './order-forms.ts';
import { StrategyError } from './strategy-error.ts';

/** Shares, prices and rates of one symbol as the lots, ticks and rates that a desk takes. */
export class OrderSizes {
  readonly #desk: Desk;
  readonly #id: InstrumentId;
  readonly #instrument: Instrument;

  constructor(desk: Desk, id: InstrumentId) {
    this.#desk = desk;
    this.#id = id;
    this.#instrument = desk.instrument(id);
  }

  /** Lots of a share of the allotment (equity / number of symbols) at a price, or at the last one; rounded down. */
  lots(share: number, price: number = this.#desk.lastPrice(this.#id)): Lots {
    if (!Number.isFinite(share) || !(price > 0)) throw new StrategyError(`an order for a share of ${share} at ${price}`);
    const unit = toTicks(this.#instrument, price) * this.#instrument.tickLotSats;
    return Math.floor((Math.abs(share) * this.#desk.equity()) / this.#desk.instruments / unit) as Lots;
  }
  ticks(what: string, price: number): Ticks {
    if (!Number.isFinite(price)) throw new StrategyError(`${what} is ${price}`);
    return toTicks(this.#instrument, price);
  }

  /** Prices of a bracket, and what its exits look at. */
  bracket({ price, stop, target, workingType, priceProtect }: Omit<Bracket, 'share'>): {
    readonly price?: Ticks;
    readonly stop?: Ticks;
    readonly target?: Ticks;
  } & TriggerTerms {
    return {
      ...(price === undefined ? {} : { price: this.ticks('price', price) }),
      ...(stop === undefined ? {} : { stop: this.ticks('stop', stop) }),
      ...(target === undefined ? {} : { target: this.ticks('target', target) }),
      ...triggerTerms({ workingType, priceProtect }),
    };
  }
  /** What a trailing stop adds to an order. */
  trailing({ callback, activation, ...terms }: TrailingStop): Pick<OrderRequest, 'orderType' | 'trigger' | 'terms'> {
    if (!Number.isFinite(callback)) throw new StrategyError(`callback is ${callback}`);
    return {
      orderType: 'trailing_stop_market',
      ...(activation === undefined ? {} : { trigger: this.ticks('activation', activation) }),
      terms: { ...triggerTerms(terms), callbackRate: Math.round(callback * 1e8) as RateE8 },
    };
  }
  /** The orders that close a whole position, whatever its size is then. */
  protection({ stop, target, ...terms }: ProtectedBy): readonly Pick<OrderRequest, 'orderType' | 'trigger' | 'qty' | 'terms'>[] {
    const closing = (orderType: OrderType, what: string, price: number | undefined) =>
      price === undefined
        ? []
        : [{ orderType, trigger: this.ticks(what, price), qty: 0 as Lots, terms: { ...triggerTerms(terms), closePosition: true } }];
    return [...closing('stop_market', 'stop', stop), ...closing('take_profit_market', 'target', target)];
  }
}

/** The side that opens a share: above 0 buys. */
export function sideOf(share: number): Side {
  return share > 0 ? 'buy' : 'sell';
}

/** Only what was said: absent fields take the desk's defaults. */
function triggerTerms({ workingType, priceProtect }: { [Field in keyof TriggerTerms]: TriggerTerms[Field] | undefined }): TriggerTerms {
  return { ...(workingType === undefined ? {} : { workingType }), ...(priceProtect === undefined ? {} : { priceProtect }) };
}
