import type { EpochMs, Lots, OrderFilled, Sats, WorkingOrder } from '@orrery/core';
import type { TellerParts } from './fact-teller.ts';
import type { AlgoRecord, OrderRecord } from './order-records.ts';
import { algoUpdate, orderUpdate } from './user-events.ts';

/** What a conditional order goes through: waiting, triggered, at its end. */
export class AlgoLife {
  readonly #parts: Pick<TellerParts, 'board' | 'book' | 'announce'>;

  constructor(parts: Pick<TellerParts, 'board' | 'book' | 'announce'>) {
    this.#parts = parts;
  }

  /** The order that has filled: the one that it has placed, there and then where its trigger was met just now. */
  trigger(algo: AlgoRecord, { qty, ts }: Pick<OrderFilled, 'qty' | 'ts'>): OrderRecord {
    return algo.child ?? this.place(algo, qty, ts);
  }

  /** A conditional order becomes an order of the matching engine. @param lots signed; what it does where it closes a whole position */
  place(algo: AlgoRecord, lots: Lots, at: EpochMs): OrderRecord {
    const { board, book, announce } = this.#parts;
    const instrument = board.instruments[algo.instrument];
    algo.triggerTime = at;
    algo.updateTime = at;
    algo.isActivated = algo.type === 'TRAILING_STOP_MARKET';
    algo.status = 'TRIGGERING';
    announce(algoUpdate(instrument, algo, at));
    const child: OrderRecord = {
      kind: 'order',
      simId: algo.simId,
      orderId: book.nextOrderId(),
      clientOrderId: algo.clientAlgoId,
      instrument: algo.instrument,
      side: algo.side,
      positionSide: algo.positionSide,
      type: algo.price === null ? 'MARKET' : 'LIMIT',
      timeInForce: algo.timeInForce,
      goodTillDate: algo.goodTillDate,
      reduceOnly: algo.reduceOnly,
      forced: null,
      time: at,
      price: algo.price,
      quantity: algo.closePosition ? (Math.abs(lots) as Lots) : algo.quantity,
      status: 'NEW',
      executed: 0 as Lots,
      executedValue: 0 as Sats,
      updateTime: at,
    };
    book.addChild(child);
    algo.child = child;
    algo.status = 'TRIGGERED';
    announce(algoUpdate(instrument, algo, at));
    announce(orderUpdate(instrument, child, 'NEW', at));
    return child;
  }

  end(algo: AlgoRecord, status: 'FINISHED' | 'REJECTED' | 'EXPIRED' | 'CANCELED', at: EpochMs): void {
    const { board, book, announce } = this.#parts;
    algo.status = status;
    algo.updateTime = at;
    book.openAlgos.delete(algo);
    announce(algoUpdate(board.instruments[algo.instrument], algo, at));
  }

  /** Tells of triggers that were met without a fill, and of trailing stops that follow the price now. */
  look(workingOrders: (id: AlgoRecord['instrument']) => readonly WorkingOrder[], at: EpochMs): void {
    for (const algo of this.#parts.book.openAlgos) {
      if (algo.child !== null) continue;
      const working = workingOrders(algo.instrument).find(({ command }) => command.orderId === algo.simId);
      if (working === undefined) continue;
      if (working.isTriggered) this.place(algo, working.left as Lots, at);
      else if (!Number.isNaN(working.best)) algo.isActivated = true;
    }
  }
}
