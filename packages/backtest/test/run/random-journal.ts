import {
  applyFill,
  applyFunding,
  applyLiquidation,
  createInstrument,
  createLedger,
  fundingAmount,
  slotOf,
  type EpochMs,
  type Instrument,
  type InstrumentId,
  type Ledger,
  type Lots,
  type Message,
  type OrderId,
  type OrderType,
  type PositionSide,
  type PriceE8,
  type RateE8,
  type Sats,
  type SymbolFilters,
  type Ticks,
} from '@orrery/core';
import fc from 'fast-check';

const filtersOf = (symbol: string, tickSize: string, stepSize: string): SymbolFilters => ({
  symbol,
  tickSize,
  stepSize,
  minQty: stepSize,
  maxQty: '1000000',
  marketMaxQty: '1000000',
  minNotional: '5',
});
const FEES = { maker: 0 as RateE8, taker: 0 as RateE8 };
export const PAIR: readonly Instrument[] = [
  createInstrument(0 as InstrumentId, filtersOf('AUSDT', '0.1', '0.001'), FEES),
  createInstrument(1 as InstrumentId, filtersOf('BUSDT', '0.0001', '1'), FEES),
];
const TYPES: readonly OrderType[] = ['market', 'limit', 'stop_market', 'take_profit', 'trailing_stop_market'];
const CAUSES = ['margin', 'adl', 'delisting'] as const;

/** What may happen next; `part` says how much of the position a liquidation closes, in tenths. */
type Event =
  | {
      readonly kind: 'fill';
      readonly id: number;
      readonly isShort: boolean;
      readonly lots: number;
      readonly price: number;
      readonly slip: number;
      readonly fee: number;
      readonly type: number;
    }
  | {
      readonly kind: 'liquidation';
      readonly id: number;
      readonly isShort: boolean;
      readonly part: number;
      readonly price: number;
      readonly fee: number;
      readonly absorbed: number;
      readonly cause: number;
    }
  | { readonly kind: 'funding'; readonly id: number; readonly rate: number; readonly mark: number };

const id = fc.nat(1);
const isShort = fc.boolean();
const price = fc.integer({ min: 500, max: 2000 });
export const events: fc.Arbitrary<readonly Event[]> = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant('fill' as const),
        id,
        isShort,
        lots: fc.integer({ min: -50, max: 50 }).filter((lots) => lots !== 0),
        price,
        slip: fc.integer({ min: -3, max: 3 }),
        fee: fc.integer({ min: -500, max: 5000 }),
        type: fc.nat(TYPES.length - 1),
      }),
    },
    fc.record({
      kind: fc.constant('liquidation' as const),
      id,
      isShort,
      part: fc.integer({ min: 1, max: 10 }),
      price,
      fee: fc.nat(10_000),
      absorbed: fc.nat(10_000),
      cause: fc.nat(2),
    }),
    fc.record({ kind: fc.constant('funding' as const), id, rate: fc.integer({ min: -300_000, max: 300_000 }), mark: price }),
  ),
  { maxLength: 60 },
);

/** A journal of these events and the ledger that they lead to; what cannot happen to the positions held is left out. */
export function journalOf(list: readonly Event[], isHedged: boolean): { readonly messages: readonly Message[]; readonly ledger: Ledger } {
  const ledger = createLedger(4, 1_000_000_000_000 as Sats);
  const messages: Message[] = [];
  let ts = 0;
  for (const event of list) {
    ts += 1000;
    const instrument = PAIR[event.id];
    const at = { ts: ts as EpochMs, instrument: instrument.id };
    if (event.kind === 'funding') {
      const net = (ledger.qty[instrument.id] + ledger.qty[instrument.id + 2]) * event.mark * instrument.tickLotSats;
      const amount = fundingAmount(net as Sats, event.rate as RateE8);
      if (ledger.qty[instrument.id] === 0 && ledger.qty[instrument.id + 2] === 0) continue;
      applyFunding(ledger, instrument.id, amount);
      const mark = (event.mark * instrument.tick.units * (100_000_000 / instrument.priceScale)) as PriceE8;
      messages.push({ ...at, type: 'FundingCharged', time: ts as EpochMs, rate: event.rate as RateE8, mark, amount });
      continue;
    }
    const positionSide: PositionSide = isHedged ? (event.isShort ? 'short' : 'long') : 'both';
    const slot = slotOf(instrument.id, positionSide, 2);
    const held = ledger.qty[slot];
    if (event.kind === 'liquidation') {
      const qty = (-Math.sign(held) * Math.ceil((Math.abs(held) * event.part) / 10)) as Lots;
      if (held === 0) continue;
      const [fee, absorbed, ticks] = [event.fee as Sats, event.absorbed as Sats, event.price as Ticks];
      applyLiquidation(ledger, instrument, { qty, price: ticks, fee, absorbed }, slot);
      const cause = CAUSES[event.cause];
      messages.push({ ...at, type: 'PositionLiquidated', cause, positionSide, qty, price: ticks, mark: 1 as PriceE8, fee, absorbed });
      continue;
    }
    // A position of hedge mode is never turned: what closes it is cut to it.
    const sign = event.isShort ? -1 : 1;
    const isClosing = isHedged && Math.sign(event.lots) !== sign;
    const qty = (isClosing ? -sign * Math.min(Math.abs(event.lots), Math.abs(held)) : event.lots) as Lots;
    if (qty === 0) continue;
    const orderId = ts as OrderId;
    const [ticks, reference, fee] = [event.price as Ticks, (event.price - event.slip) as Ticks, event.fee as Sats];
    applyFill(ledger, instrument, qty, ticks, reference, fee, slot);
    messages.push(submit(at, orderId, qty, TYPES[event.type], positionSide));
    messages.push({ ...at, type: 'OrderFilled', orderId, fill: 1, qty, price: ticks, reference, fee, isMaker: false, isDone: true });
  }
  return { messages, ledger };
}

function submit(
  at: { readonly ts: EpochMs; readonly instrument: InstrumentId },
  orderId: OrderId,
  qty: number,
  orderType: OrderType,
  positionSide: PositionSide,
): Message {
  return {
    ...at,
    type: 'SubmitOrder',
    orderId,
    side: qty > 0 ? 'buy' : 'sell',
    orderType,
    qty: Math.abs(qty) as Lots,
    price: null,
    trigger: null,
    timeInForce: 'gtc',
    reduceOnly: false,
    parent: null,
    terms:
      positionSide === 'both'
        ? null
        : {
            positionSide,
            workingType: 'contract_price',
            priceProtect: false,
            closePosition: false,
            callbackRate: null,
            goodTillDate: null,
          },
  };
}
