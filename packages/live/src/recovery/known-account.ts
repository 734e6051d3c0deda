import type { CancelOrder, Engine, EpochMs, InstrumentId, JournalEntry, Lots, OrderId, SubmitOrder } from '@orrery/core';
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
  const commands = new Map<OrderId, SubmitOrder>();
  const funding: KnownAccount['funding'][number][] = [];
  for (const { message } of entries) {
    if (message.type === 'SubmitOrder') commands.set(message.orderId, message);
    if (message.type === 'FundingCharged')
      funding.push({ instrument: message.instrument, time: (Math.round(message.time / HOUR_MS) * HOUR_MS) as EpochMs });
  }
  const orders: KnownOrder[] = [];
  const positions: Lots[] = [];
  engine.ledger.qty.forEach((lots, id) => {
    positions.push(lots as Lots);
    for (const { orderId, isAccepted, fills, filled } of engine.orders.of(id as InstrumentId)) {
      const command = commands.get(orderId);
      if (command === undefined) continue;
      orders.push({ command, isAccepted, fills, filled: Math.abs(filled), mayHaveBeenSent: true });
    }
  });
  return { orders: orders.toSorted((a, b) => a.command.orderId - b.command.orderId), positions, funding, since };
}

/** Cancels that were asked for, of orders that are still open: whether they were sent nobody knows, and sending twice does no harm. */
export function openCancels(engine: Engine<unknown>, entries: readonly JournalEntry[]): readonly CancelOrder[] {
  return entries.flatMap(({ message }) =>
    message.type === 'CancelOrder' && engine.orders.find(message.instrument, message.orderId) !== undefined ? [message] : [],
  );
}
