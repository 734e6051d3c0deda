/** Counts what is under way, so that somebody can wait for quiet. */
export class Activity {
  #underWay = 0;
  #waiting: (() => void)[] = [];
  readonly #onQuiet: () => void;

  /** @param onQuiet called each time when the last of what was under way has ended */
  constructor(onQuiet: () => void) {
    this.#onQuiet = onQuiet;
  }

  get isQuiet(): boolean {
    return this.#underWay === 0;
  }

  /** Counts a piece of work until it has ended, well or not. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    this.#underWay += 1;
    try {
      return await work();
    } finally {
      this.#underWay -= 1;
      if (this.#underWay === 0) {
        this.#onQuiet();
        const waiting = this.#waiting;
        this.#waiting = [];
        for (const resume of waiting) resume();
      }
    }
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    while (this.#underWay > 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
}
