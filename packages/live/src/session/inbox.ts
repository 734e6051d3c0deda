import type { Fact } from '@orrery/core';
import type { SessionProblem } from './problem.ts';

/** Facts that may wait for the consumer; more than any venue sends in the time of a decision. */
const LIMIT = 65_536;

/** What waits for the one consumer besides candles, which wait in the barrier. */
export class Inbox {
  #facts: Fact[] = [];
  #problems: SessionProblem[] = [];
  #reconnected = false;
  #wake: (() => void) | null = null;
  #isWoken = false;

  /** @throws RangeError when the consumer is hopelessly behind: a fact that is dropped would be worse than a stop */
  fact(fact: Fact): void {
    if (this.#facts.length >= LIMIT) throw new RangeError(`${LIMIT} facts wait to be handled; the session cannot keep up`);
    this.#facts.push(fact);
    this.wake();
  }
  problem(problem: SessionProblem): void {
    this.#problems.push(problem);
    this.wake();
  }
  /** The user stream is back: what was missed has to be asked for. */
  reconnected(): void {
    this.#reconnected = true;
    this.wake();
  }
  /** Lets the consumer look again. */
  wake(): void {
    this.#isWoken = true;
    this.#wake?.();
  }
  /** Resolves when something came in since the last call. */
  async next(): Promise<void> {
    while (!this.#isWoken) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    this.#isWoken = false;
  }
  takeFacts(): readonly Fact[] {
    const taken = this.#facts;
    this.#facts = [];
    return taken;
  }
  takeProblems(): readonly SessionProblem[] {
    const taken = this.#problems;
    this.#problems = [];
    return taken;
  }
  takeReconnected(): boolean {
    const taken = this.#reconnected;
    this.#reconnected = false;
    return taken;
  }
}
