import {
  toTicks,
  type Desk,
  type InstrumentId,
  type Lots,
  type OrderId,
  type RateE8,
  type StrategyDefinition,
  type Ticks,
} from '@orrery/core';

/** A number from 0 to 1 that only the candle decides. */
function whim(ts: number, id: number, n: number): number {
  let hash = Math.imul((Math.floor(ts / 1000) ^ (id * 2_654_435_761) ^ (n * 40_503)) >>> 0, 2_246_822_519) >>> 0;
  hash = Math.imul((hash ^ (hash >>> 15)) >>> 0, 3_266_489_917) >>> 0;
  return ((hash ^ (hash >>> 16)) >>> 0) / 4_294_967_296;
}

interface Moment {
  readonly desk: Desk;
  readonly id: InstrumentId;
  readonly close: number;
  readonly qty: Lots;
  /** 0 to 1, each for itself. */
  readonly draw: (n: number) => number;
}

/** Does, candle by candle, whatever the table has at a drawn place. */
export function whimsical(id: string, share: number, acts: readonly ((moment: Moment) => void)[]): StrategyDefinition {
  return {
    id,
    description: 'does something else on every candle',
    params: {},
    models: [],
    build: () => ({
      id,
      scope: 'instrument',
      features: [],
      models: [],
      initialState: () => null,
      decide(_, candle, desk) {
        const at = candle.instrument as InstrumentId;
        const close = toTicks(desk.instrument(at), candle.close());
        const draw = (n: number): number => whim(candle.ts, at, n);
        const unit = desk.instrument(at).tickLotSats * close;
        const qty = Math.floor((share * desk.equity()) / unit / desk.instruments) as Lots;
        if (qty < 1) return;
        acts[Math.floor(draw(0) * acts.length)]?.({ desk, id: at, close, qty, draw });
      },
    }),
  };
}

const at = (close: number, part: number): Ticks => Math.max(1, Math.round(close * (1 + part))) as Ticks;
const isFlat = ({ desk, id }: Moment): boolean => desk.position(id) === 0;

export const wait = (): void => {};
/** An entry whose exits are so near that they often fall into its own candle. */
export function bracketAtMarket(moment: Moment): void {
  const { desk, id, close, qty, draw } = moment;
  if (!isFlat(moment)) return;
  desk.cancelAll(id);
  const sign = draw(1) < 0.5 ? 1 : -1;
  const [stop, target] = [at(close, -sign * 0.004 * (0.2 + draw(2))), at(close, sign * 0.006 * (0.2 + draw(3)))];
  desk.bracket({ instrument: id, side: sign > 0 ? 'buy' : 'sell', qty, stop, target });
}
export function bracketAtLimit(moment: Moment): void {
  const { desk, id, close, qty, draw } = moment;
  if (!isFlat(moment)) return;
  desk.cancelAll(id);
  const sign = draw(1) < 0.5 ? 1 : -1;
  const price = at(close, -sign * 0.003 * draw(4));
  const [stop, target] = [at(price, -sign * 0.004 * (0.2 + draw(2))), at(price, sign * 0.006 * (0.2 + draw(3)))];
  desk.bracket({ instrument: id, side: sign > 0 ? 'buy' : 'sell', qty, price, stop, target });
}
/** A limit behind a trigger: it may fill there, or rest. */
export function stopLimit(moment: Moment): void {
  const { desk, id, close, qty, draw } = moment;
  if (!isFlat(moment)) return;
  const sign = draw(1) < 0.5 ? 1 : -1;
  const trigger = at(close, sign * 0.003 * (0.1 + draw(2)));
  const price = at(trigger, sign * 0.002 * (draw(3) - 0.5));
  desk.order({ instrument: id, side: sign > 0 ? 'buy' : 'sell', orderType: 'stop', qty, trigger, price });
}
export function takeProfitLimit(moment: Moment): void {
  const { desk, id, close, draw } = moment;
  const held = desk.position(id);
  if (held === 0) return;
  const sign = held > 0 ? 1 : -1;
  const trigger = at(close, sign * 0.004 * (0.1 + draw(2)));
  const price = at(trigger, -sign * 0.001 * draw(3));
  const qty = Math.abs(held) as Lots;
  desk.order({ instrument: id, side: held > 0 ? 'sell' : 'buy', orderType: 'take_profit', qty, trigger, price, reduceOnly: true });
}
export function trail(moment: Moment): void {
  const { desk, id, close, draw } = moment;
  const held = desk.position(id);
  if (held === 0) return;
  const sign = held > 0 ? 1 : -1;
  const activation = draw(2) < 0.5 ? {} : { trigger: at(close, sign * 0.002 * (0.1 + draw(3))) };
  const callbackRate = Math.round(100_000 + 500_000 * draw(4)) as RateE8;
  desk.order({
    instrument: id,
    side: held > 0 ? 'sell' : 'buy',
    orderType: 'trailing_stop_market',
    qty: Math.abs(held) as Lots,
    reduceOnly: true,
    ...activation,
    terms: { callbackRate: (Math.round(callbackRate / 10_000) * 10_000) as RateE8 },
  });
}
export function closeWhole(moment: Moment): void {
  const { desk, id, close, draw } = moment;
  const held = desk.position(id);
  if (held === 0) return;
  const sign = held > 0 ? 1 : -1;
  desk.order({
    instrument: id,
    side: held > 0 ? 'sell' : 'buy',
    orderType: 'stop_market',
    qty: 0 as Lots,
    trigger: at(close, -sign * 0.005 * (0.1 + draw(2))),
    terms: { closePosition: true, workingType: draw(3) < 0.5 ? 'mark_price' : 'contract_price' },
  });
}
const resting = new WeakMap<Desk, Map<number, OrderId>>();
export function restAndAmend(moment: Moment): void {
  const { desk, id, close, qty, draw } = moment;
  const mine = resting.get(desk) ?? new Map<number, OrderId>();
  resting.set(desk, mine);
  const known = mine.get(id);
  if (known !== undefined && desk.amend(id, known, { qty, price: at(close, -0.002 * draw(2)) })) return;
  const order = desk.order({ instrument: id, side: 'buy', orderType: 'limit', qty, price: at(close, -0.002 * draw(2)) });
  if (order !== null) mine.set(id, order);
}
export function immediate({ desk, id, close, qty, draw }: Moment): void {
  const timeInForce = (['ioc', 'fok', 'gtx'] as const)[Math.floor(draw(1) * 3)] ?? 'ioc';
  const side = draw(2) < 0.5 ? 'buy' : 'sell';
  desk.order({ instrument: id, side, orderType: 'limit', qty, price: at(close, 0.002 * (draw(3) - 0.5)), timeInForce });
}
export function goFlat({ desk, id }: Moment): void {
  desk.cancelAll(id);
  desk.target(id, 0 as Lots);
}
export function gamble(moment: Moment): void {
  const { desk, id, qty, draw } = moment;
  if (isFlat(moment)) desk.order({ instrument: id, side: draw(1) < 0.5 ? 'buy' : 'sell', orderType: 'market', qty });
}

const sideOf = ({ draw }: Moment): 'long' | 'short' => (draw(1) < 0.5 ? 'long' : 'short');
/** Hedge mode. */
export function openSide(moment: Moment): void {
  const { desk, id, qty, close, draw } = moment;
  const positionSide = sideOf(moment);
  if (desk.positionOf(id, positionSide) !== 0) return;
  const isLong = positionSide === 'long';
  const sign = isLong ? 1 : -1;
  if (draw(2) < 0.5) {
    const [stop, target] = [at(close, -sign * 0.004 * (0.2 + draw(3))), at(close, sign * 0.006 * (0.2 + draw(4)))];
    desk.bracket({ instrument: id, side: isLong ? 'buy' : 'sell', qty, stop, target, positionSide });
  } else desk.order({ instrument: id, side: isLong ? 'buy' : 'sell', orderType: 'market', qty, terms: { positionSide } });
}
export function closeSide(moment: Moment): void {
  const { desk, id } = moment;
  const positionSide = sideOf(moment);
  const qty = Math.abs(desk.positionOf(id, positionSide)) as Lots;
  if (qty > 0)
    desk.order({ instrument: id, side: positionSide === 'long' ? 'sell' : 'buy', orderType: 'market', qty, terms: { positionSide } });
}
export function protectSide(moment: Moment): void {
  const { desk, id, close, draw } = moment;
  const positionSide = sideOf(moment);
  const qty = Math.abs(desk.positionOf(id, positionSide)) as Lots;
  const sign = positionSide === 'long' ? 1 : -1;
  const trigger = at(close, -sign * 0.005 * (0.1 + draw(2)));
  if (qty > 0)
    desk.order({ instrument: id, side: sign > 0 ? 'sell' : 'buy', orderType: 'stop_market', qty, trigger, terms: { positionSide } });
}
