import type {
  Engine,
  EpochMs,
  InstrumentId,
  JournalEntry,
  Lots,
  Message,
  OrderAmended,
  OrderId,
  OutboundCommand,
  SubmitOrder,
} from '@orrery/core';
import type { KnownAccount, KnownOrder } from '../gateway/execution-gateway.ts';

const HOUR_MS = 3_600_000;
/** The venue may charge a position that was opened some seconds after the funding time. */
const CHARGED_LATE_MS = 60_000;

/**
 * What a gateway has to know of a run that is gone on with. Every open order may have been sent: whether it was is the first
 * thing to be asked.
 * @param entries all that the run ever wrote, what it has just written again included
 * @param began when the run began by the venue's time, ms UTC: funding of earlier hours is not the run's
 */
export function knownAccount(engine: Engine<unknown>, entries: readonly JournalEntry[], began: number): KnownAccount {
  const since = (Math.max(0, Math.ceil((began - CHARGED_LATE_MS) / HOUR_MS)) * HOUR_MS) as EpochMs;
  const told = new Told(began);
  for (const { message } of entries) told.take(message);
  const orders: KnownOrder[] = [];
  for (let id = 0; id < engine.desk.instruments; id++) {
    for (const { orderId, isAccepted, fills, filled } of engine.orders.of(id as InstrumentId)) {
      const command = told.commands.get(orderId);
      if (command === undefined) continue;
      orders.push({ command, isAccepted, fills, filled: Math.abs(filled), mayHaveBeenSent: true });
    }
  }
  const { funding, liquidations, heard } = told;
  return {
    orders: orders.toSorted((a, b) => a.command.orderId - b.command.orderId),
    positions: [...engine.ledger.qty] as Lots[],
    funding,
    liquidations,
    leverage: [...engine.desk.leverage],
    heard: heard as EpochMs,
    since,
  };
}

/** What a journal says of orders and of the account. */
class Told {
  readonly commands = new Map<OrderId, SubmitOrder>();
  readonly funding: KnownAccount['funding'][number][] = [];
  readonly liquidations: KnownAccount['liquidations'][number][] = [];
  heard: number;

  constructor(began: number) {
    this.heard = began;
  }
  take(message: Message): void {
    if (message.type === 'SubmitOrder') this.commands.set(message.orderId, message);
    else if (message.type === 'OrderAmended') this.#amend(message);
    else if (message.type === 'FundingCharged') {
      this.funding.push({ instrument: message.instrument, time: (Math.round(message.time / HOUR_MS) * HOUR_MS) as EpochMs });
    } else if (message.type === 'PositionLiquidated') {
      const { instrument, ts, positionSide, qty, price } = message;
      this.liquidations.push({ instrument, time: ts, positionSide, qty, price });
    }
    // Only these have the time of the venue's matching engine.
    if (message.type === 'OrderFilled' || message.type === 'PositionLiquidated') this.heard = Math.max(this.heard, message.ts);
  }
  #amend({ orderId, qty, price }: OrderAmended): void {
    const command = this.commands.get(orderId);
    if (command !== undefined) this.commands.set(orderId, { ...command, qty, price });
  }
}

/**
 * Cancels, amendments and leverages that were asked for and not answered, in their order: whether they were sent nobody knows, and
 * sending them twice does no harm. Of an instrument's leverages the last one counts.
 */
export function openRequests(engine: Engine<unknown>, entries: readonly JournalEntry[]): readonly OutboundCommand[] {
  const open = new Map<string, OutboundCommand>();
  for (const { message } of entries) {
    if (message.type === 'CancelOrder' || message.type === 'AmendOrder') open.set(`${message.type} ${message.orderId}`, message);
    else if (message.type === 'SetLeverage') open.set(`leverage ${message.instrument}`, message);
    else if (message.type === 'OrderAmended' || message.type === 'AmendRejected') open.delete(`AmendOrder ${message.orderId}`);
    else if (message.type === 'LeverageChanged' || message.type === 'LeverageRejected') open.delete(`leverage ${message.instrument}`);
  }
  return [...open.values()].filter(
    (command) => command.type === 'SetLeverage' || engine.orders.find(command.instrument, command.orderId) !== undefined,
  );
}
