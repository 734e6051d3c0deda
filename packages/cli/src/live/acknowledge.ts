import type { SessionIdle } from '@orrery/live';

/**
 * Tells an emulated venue that waits for its client how far a session is. A venue that cannot be told is no reason to stop.
 * @param url its `POST /emulator/v1/idle`
 */
export function acknowledge(url: string): (idle: SessionIdle) => Promise<void> {
  return async ({ frame, event }) => {
    const answer = await fetch(url, {
      method: 'POST',
      body: JSON.stringify({ frame, event }),
      headers: { 'content-type': 'application/json' },
    }).catch(() => null);
    await answer?.arrayBuffer();
  };
}
