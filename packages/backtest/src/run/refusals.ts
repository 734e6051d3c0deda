import type { Message, Recorder } from '@orrery/core';

/** Counts what the venue would not do, by reason: orders, changes of orders, leverages. */
export class Refusals implements Recorder {
  readonly orders: Record<string, number> = {};
  readonly amendments: Record<string, number> = {};
  readonly leverages: Record<string, number> = {};

  record(_seq: number, _pos: number, _lane: 'in' | 'out', message: Message): void {
    switch (message.type) {
      case 'OrderRejected':
        add(this.orders, message.reason);
        return;
      case 'OrderExpired':
        // The others are what their terms asked for.
        if (message.reason === 'insufficient_margin' || message.reason === 'take_bound') add(this.orders, message.reason);
        return;
      case 'AmendRejected':
        add(this.amendments, message.reason);
        return;
      case 'LeverageRejected':
        add(this.leverages, message.reason);
        return;
      default:
        return;
    }
  }
}

function add(counts: Record<string, number>, reason: string): void {
  counts[reason] = (counts[reason] ?? 0) + 1;
}
