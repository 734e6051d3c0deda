import type { SessionIdle } from '@orrery/live';

const TRIES = 5;
const PAUSE_MS = 200;

/** Tells an emulator what has been handled, so that its market may move on (`POST /emulator/v1/idle`). */
export function acknowledgeTo(url: string, signal: AbortSignal): (idle: SessionIdle) => Promise<void> {
  const address = url.endsWith('/emulator/v1/idle') ? url : `${url}/emulator/v1/idle`;
  return async (idle) => {
    for (let tries = 1; !signal.aborted; tries++) {
      try {
        await post(address, JSON.stringify(idle), signal);
        return;
      } catch (cause) {
        if (signal.aborted) return;
        if (tries === TRIES) throw new Error(`--acknowledge ${address}: does not answer (${String(cause)})`, { cause });
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
    }
  };
}

/** `fetch` listens to its signal until it is collected as garbage, and there is a call a frame: each gets a signal of its own. */
async function post(address: string, body: string, signal: AbortSignal): Promise<void> {
  const call = new AbortController();
  const stop = (): void => call.abort();
  signal.addEventListener('abort', stop);
  try {
    const answer = await fetch(address, { method: 'POST', headers: { 'content-type': 'application/json' }, body, signal: call.signal });
    // An answer that is not read keeps its connection.
    await answer.arrayBuffer();
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
