import type { SessionIdle } from '@orrery/live';

const TRIES = 5;
const PAUSE_MS = 200;

/** Tells an emulator what has been handled, so that its market may move on (`POST /emulator/v1/idle`). */
export function acknowledgeTo(url: string, signal: AbortSignal): (idle: SessionIdle) => Promise<void> {
  const address = url.endsWith('/emulator/v1/idle') ? url : `${url}/emulator/v1/idle`;
  return async (idle) => {
    for (let tries = 1; !signal.aborted; tries++) {
      try {
        const { ok, status } = await fetch(address, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(idle),
          signal,
        });
        if (ok) return;
        throw new Error(`HTTP ${status}`);
      } catch (cause) {
        if (signal.aborted) return;
        if (tries === TRIES) throw new Error(`--acknowledge ${address}: does not answer (${String(cause)})`, { cause });
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
    }
  };
}
