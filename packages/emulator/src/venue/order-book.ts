import type { InstrumentId, Lots, OrderId, SubmitOrder } from '@orrery/core';
import { hasEnded, type AlgoRecord, type IncomeRecord, type OrderRecord, type TradeRecord } from './order-records.ts';

/** The venue's own numbering starts here, so that its ids are never mistaken for a client's counters. */
const FIRST_ORDER_ID = 8_000_000_001;
const FIRST_ALGO_ID = 3_000_000_001;
const FIRST_TRADE_ID = 500_000_001;
const FIRST_TRANSFER_ID = 900_000_001;

/** Everything that the account ever ordered and what came of it, with the ways to find it again. */
export class OrderBook {
  readonly orders: OrderRecord[] = [];
  readonly algos: AlgoRecord[] = [];
  readonly trades: TradeRecord[] = [];
  readonly incomes: IncomeRecord[] = [];
  /** Regular orders that can still change, in the order of their placing. */
  readonly openOrders: Set<OrderRecord> = new Set();
  readonly openAlgos: Set<AlgoRecord> = new Set();
  readonly #bySimId: Map<OrderId, OrderRecord | AlgoRecord> = new Map();
  readonly #commands: Map<OrderId, SubmitOrder> = new Map();
  #nextSimId = 1;

  /** The number that the next order will have. */
  peekSimId(): OrderId {
    return this.#nextSimId as OrderId;
  }
  nextSimId(): OrderId {
    return this.#nextSimId++ as OrderId;
  }
  nextOrderId(): number {
    return FIRST_ORDER_ID + this.orders.length;
  }
  nextAlgoId(): number {
    return FIRST_ALGO_ID + this.algos.length;
  }
  nextTradeId(): number {
    return FIRST_TRADE_ID + this.trades.length;
  }
  nextIncomeId(): number {
    return FIRST_TRANSFER_ID + this.incomes.length;
  }

  addOrder(order: OrderRecord): void {
    this.orders.push(order);
    this.openOrders.add(order);
    this.#bySimId.set(order.simId, order);
  }
  /** What an order was to the simulated venue when it was placed. */
  noteCommand(command: SubmitOrder): void {
    this.#commands.set(command.orderId, command);
  }
  placed(orderId: OrderId): SubmitOrder | undefined {
    return this.#commands.get(orderId);
  }
  /** What is left of an open order, to be placed anew; null where nothing is. */
  commandOf(record: OrderRecord | AlgoRecord): SubmitOrder | null {
    const command = this.#commands.get(record.simId);
    if (command === undefined || hasEnded(record)) return null;
    const order = record.kind === 'algo' ? record.child : record;
    if (order === null) return command;
    const qty = (order.quantity - order.executed) as Lots;
    const { price } = order;
    return price === null ? { ...command, qty } : { ...command, orderType: 'limit', qty, price, trigger: null };
  }

  /** A triggered order's child: known by its own id, matched under its parent's. */
  addChild(order: OrderRecord): void {
    this.orders.push(order);
    this.openOrders.add(order);
  }
  addAlgo(algo: AlgoRecord): void {
    this.algos.push(algo);
    this.openAlgos.add(algo);
    this.#bySimId.set(algo.simId, algo);
  }
  /** The record that an order of the simulated venue stands for. */
  bySimId(simId: OrderId): OrderRecord | AlgoRecord | undefined {
    return this.#bySimId.get(simId);
  }
  openOrdersOf(instrument: InstrumentId): OrderRecord[] {
    return [...this.openOrders].filter((order) => order.instrument === instrument);
  }
  openAlgosOf(instrument: InstrumentId): AlgoRecord[] {
    return [...this.openAlgos].filter((algo) => algo.instrument === instrument);
  }
  /** The newest order of a symbol with this id or client id. */
  findOrder(instrument: InstrumentId, orderId: number | undefined, clientOrderId: string | undefined): OrderRecord | undefined {
    return this.orders.findLast(
      (order) =>
        order.instrument === instrument && (orderId === undefined ? order.clientOrderId === clientOrderId : order.orderId === orderId),
    );
  }
  findAlgo(algoId: number | undefined, clientAlgoId: string | undefined): AlgoRecord | undefined {
    return this.algos.findLast((algo) => (algoId === undefined ? algo.clientAlgoId === clientAlgoId : algo.algoId === algoId));
  }
}
