import type { JournalEntry } from '../messages.ts';
import type { Session } from './session.ts';

interface Life {
  readonly instrument: number;
  /** Signed lots of a market order without a parent; 0 for others. */
  readonly immediate: number;
  readonly fills: Set<number>;
  filled: number;
  /** Fills that make it whole; Infinity until that is known. */
  wanted: number;
  hasEnded: boolean;
}

/** Which orders are open, told from the journal alone. */
export class OrderStates {
  readonly #lives: Map<number, Life> = new Map();
  #read = 0;

  catchUp(session: Session): void {
    for (; this.#read < session.entries.length; this.#read++) this.note(session.entries[this.#read]);
  }
  /** Where the engine's book or its count of market orders under way differs, or null. */
  difference(session: Session): string | null {
    const { orders } = session.engine;
    for (let id = 0; id < orders.inFlight.length; id++) {
      const lives = [...this.#lives].filter(([, life]) => life.instrument === id && !life.hasEnded);
      const open = lives.map(([orderId]) => orderId).join(' ');
      const kept = orders
        .of(id as never)
        .map(({ orderId }) => orderId)
        .join(' ');
      if (open !== kept) return `the engine has orders "${kept}" of symbol ${id} open, the journal says "${open}"`;
      const underWay = lives.reduce((sum, [, life]) => sum + (life.immediate === 0 ? 0 : life.immediate - life.filled), 0);
      if (orders.inFlight[id] !== underWay) {
        return `the engine counts ${orders.inFlight[id]} lots of symbol ${id} under way, the journal says ${underWay}`;
      }
    }
    return null;
  }

  /** False for a report of an order that changes nothing: a repetition, or about an order that has ended. */
  note({ message }: JournalEntry): boolean {
    if (message.type === 'SubmitOrder') {
      const isImmediate = message.orderType === 'market' && message.parent === null;
      this.#lives.set(message.orderId, {
        instrument: message.instrument,
        immediate: isImmediate ? (message.side === 'buy' ? message.qty : -message.qty) : 0,
        fills: new Set(),
        filled: 0,
        wanted: Infinity,
        hasEnded: false,
      });
      return true;
    }
    if (!('orderId' in message)) return true;
    const life = this.#lives.get(message.orderId);
    if (life === undefined || life.hasEnded) return false;
    if (message.type === 'OrderRejected' || message.type === 'OrderCanceled' || message.type === 'OrderExpired') life.hasEnded = true;
    if (message.type !== 'OrderFilled') return true;
    if (life.fills.has(message.fill)) return false;
    life.fills.add(message.fill);
    life.filled += message.qty;
    if (message.isDone) life.wanted = message.fill;
    life.hasEnded = life.fills.size >= life.wanted;
    return true;
  }
}
