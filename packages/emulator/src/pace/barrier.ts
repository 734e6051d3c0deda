/** What the client has reported at `POST /emulator/v1/idle`, and the way to wait for it. */
export class Barrier {
  /** True once any report has come. */
  hasReport = false;
  /** Close time of the last frame decided. */
  frame = 0;
  /** E of the last account event handled. */
  event = 0;
  #waiting: (() => void)[] = [];

  report(frame: number, event: number): void {
    this.hasReport = true;
    this.frame = Math.max(this.frame, frame);
    this.event = Math.max(this.event, event);
    this.wake();
  }
  /** Something changed that somebody may be waiting for. */
  wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
  /** The next change, or false when `withinMs` pass without any. */
  async change(withinMs: number = Infinity): Promise<boolean> {
    if (withinMs <= 0) return false;
    const { promise, resolve } = deferred<boolean>();
    this.#waiting.push(() => resolve(true));
    const timer = withinMs === Infinity ? undefined : setTimeout(() => resolve(false), withinMs);
    const changed = await promise;
    clearTimeout(timer);
    return changed;
  }
}

interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
}

function deferred<T>(): Deferred<T> {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
