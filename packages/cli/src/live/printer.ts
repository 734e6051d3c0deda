import { formatQuantity, type Instrument } from '@orrery/core';
import type { SessionEnd, SessionProblem, SessionStatus } from '@orrery/live';
import { writeOutput } from '../terminal/output.ts';
import type { VerbContext } from '../verb.ts';

/** What a live run shows while it works: a line a frame for people, or JSON lines. */
export class LivePrinter {
  readonly #context: VerbContext;
  readonly #instruments: readonly Instrument[];

  constructor(context: VerbContext, instruments: readonly Instrument[]) {
    this.#context = context;
    this.#instruments = instruments;
  }
  frame(status: SessionStatus): void {
    this.#line('frame', { ...status, positions: this.#quantities(status.positions) });
    const { frame, equity, positions, openOrders, lagMs, halted } = status;
    const held = Object.entries(this.#quantities(positions)).map(([symbol, quantity]) => `${symbol} ${quantity}`);
    const time = new Date(frame + 1).toISOString().slice(0, 19).replace('T', ' ');
    this.#context.print(
      `${time}  equity ${equity}  ${held.join(', ') || 'flat'}  orders ${openOrders}  lag ${lagMs} ms${halted === null ? '' : `  HALTED: ${halted}`}`,
    );
  }
  problem({ kind, message }: SessionProblem, isHalting: boolean): void {
    this.#line('problem', { kind, message, isHalting });
    this.#context.log(`orrery: ${isHalting ? 'ENTRIES HALTED, ' : ''}${kind}: ${message}`);
  }
  end(end: SessionEnd): void {
    this.#line('end', { ...end, positions: this.#quantities(end.positions) });
    const { print } = this.#context;
    print(`${end.runId}: stopped after ${end.frames} frames, ${end.entries} journal entries, equity ${end.equity}, digest ${end.digest}`);
    for (const [symbol, quantity] of Object.entries(this.#quantities(end.positions))) print(`left open: ${symbol} ${quantity}`);
    for (const { symbol, order } of end.orders) print(`left working: ${symbol} order ${order.orderId}, ${order.orderType}`);
    if (end.halted !== null) print(`entries are halted: ${end.halted}`);
  }

  /** Keys are symbols, with a side behind them in hedge mode. */
  #quantities(positions: SessionStatus['positions']): Readonly<Record<string, string>> {
    const texts = Object.entries(positions).flatMap(([name, lots]) => {
      const instrument = this.#instruments.find(({ symbol }) => symbol === name.split(' ')[0]);
      return instrument === undefined ? [] : [[name, formatQuantity(instrument, lots)] as const];
    });
    return Object.fromEntries(texts);
  }
  #line(type: string, value: object): void {
    if (this.#context.json) writeOutput(`${JSON.stringify({ type, ...value })}\n`);
  }
}
