import type { AmendOrder, EpochMs, Fact, OrderId, OutboundCommand, SubmitOrder } from '@orrery/core';
import type { ExecutionGateway } from '../gateway/execution-gateway.ts';
import { isExit } from './exits.ts';
import { problemOf, type SessionProblem } from './problem.ts';

export interface OrderSenderOptions {
  readonly gateway: Pick<ExecutionGateway, 'send'>;
  /** Why an order that opens may not be sent now, or null. Orders that can only reduce are always sent. */
  readonly refusal: (command: SubmitOrder) => 'too_late' | 'halted' | null;
  /** Whether an amendment may not be sent now, because its order opens. */
  readonly refusesAmendment: (command: AmendOrder) => boolean;
  /** The venue's time, for facts that the session states itself, ms UTC. */
  readonly now: () => number;
  readonly onFact: (fact: Fact) => void;
  readonly onProblem: (problem: SessionProblem) => void;
}

/** Sends what the core asked for: in order per instrument, instruments beside one another. */
export class OrderSender {
  readonly #options: OrderSenderOptions;
  /** Orders that were not sent: nothing that belongs to them is sent either. */
  readonly #refused = new Set<OrderId>();

  constructor(options: OrderSenderOptions) {
    this.#options = options;
  }

  /** Resolves when everything was answered. What the venue fails at becomes a problem; the order's fate is settled by asking. */
  async send(commands: readonly OutboundCommand[]): Promise<void> {
    const lanes = new Map<number, OutboundCommand[]>();
    for (const command of commands) lanes.set(command.instrument, [...(lanes.get(command.instrument) ?? []), command]);
    await Promise.all([...lanes.values()].map((lane) => this.#sendLane(lane)));
  }

  async #sendLane(lane: readonly OutboundCommand[]): Promise<void> {
    for (const command of lane) {
      if (this.#isRefused(command)) continue;
      try {
        await this.#options.gateway.send(command);
      } catch (error) {
        this.#options.onProblem(problemOf(error, 'disagreement'));
      }
    }
  }

  #isRefused(command: OutboundCommand): boolean {
    if (command.type === 'SetLeverage') return false;
    const { instrument, orderId } = command;
    if (command.type === 'CancelOrder') return this.#refused.has(orderId);
    if (command.type === 'AmendOrder') return this.#refused.has(orderId) || this.#isAmendmentRefused(command);
    const ts = Math.max(command.ts, this.#options.now()) as EpochMs;
    if (command.parent !== null && this.#refused.has(command.parent)) {
      this.#refused.add(orderId);
      this.#options.onFact({ type: 'OrderCanceled', ts, instrument, orderId, reason: 'parent_gone' });
      return true;
    }
    const reason = isExit(command) ? null : this.#options.refusal(command);
    if (reason === null) return false;
    this.#refused.add(orderId);
    this.#options.onFact({ type: 'OrderRejected', ts, instrument, orderId, reason });
    return true;
  }

  #isAmendmentRefused(command: AmendOrder): boolean {
    if (!this.#options.refusesAmendment(command)) return false;
    const { instrument, orderId } = command;
    const ts = Math.max(command.ts, this.#options.now()) as EpochMs;
    this.#options.onFact({ type: 'AmendRejected', ts, instrument, orderId, reason: 'venue' });
    return true;
  }
}
