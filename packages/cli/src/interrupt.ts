import process from 'node:process';
import { EXIT } from './exit-code.ts';

/** Ctrl-C. Only a verb that asks for the signal takes it over: any other one is ended by it at once, as every program is. */
export interface Interrupt {
  /** Aborted by the first Ctrl-C; the second ends the program. Whoever uses it has to let the event loop turn, or neither is noticed. */
  readonly signal: () => AbortSignal;
  readonly isAborted: () => boolean;
}

export function watchInterrupt(): Interrupt {
  let controller: AbortController | null = null;
  return {
    isAborted: () => controller?.signal.aborted === true,
    signal() {
      if (controller !== null) return controller.signal;
      const watched = new AbortController();
      controller = watched;
      process.on('SIGINT', () => {
        if (watched.signal.aborted) process.exit(EXIT.interrupted);
        process.stderr.write('orrery: stopping; press Ctrl-C again to stop at once\n');
        watched.abort();
      });
      // What ends a service is as good as a hand on the keyboard.
      process.on('SIGTERM', () => watched.abort());
      return watched.signal;
    },
  };
}
