import { WIN_RATE_WINDOW } from './rules.ts';

/** Share of wins among the last closed positions, with one win and one loss added, so that it is never 0 or 1 (VIRT-10). */
export class WinRate {
  readonly #won: Uint8Array = new Uint8Array(WIN_RATE_WINDOW);
  #closed = 0;
  #wins = 0;

  note(isWin: boolean): void {
    const at = this.#closed % WIN_RATE_WINDOW;
    if (this.#closed >= WIN_RATE_WINDOW) this.#wins -= this.#won[at];
    this.#won[at] = isWin ? 1 : 0;
    this.#wins += this.#won[at];
    this.#closed += 1;
  }
  /** In (0,1); one half before anything is closed. */
  get value(): number {
    return (this.#wins + 1) / (Math.min(this.#closed, WIN_RATE_WINDOW) + 2);
  }
}
