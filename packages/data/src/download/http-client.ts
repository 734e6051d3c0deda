import { setTimeout as sleep } from 'node:timers/promises';

export interface HttpOptions {
  /** Tries after the first one. */
  readonly retries: number;
  /** An answer that sends nothing for this long is given up and tried again, ms. */
  readonly idleTimeoutMs: number;
  /** First pause before a retry, ms; it doubles each time. */
  readonly backoffMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Sent along to this address and to none that it redirects to. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Makes the query anew for each try, as a signature ages. No message holds it. */
  readonly query?: (() => string) | undefined;
  readonly onBytes?: ((bytes: number) => void) | undefined;
}

/** What a server answered for good: 4xx other than "later". */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly status: number;
  readonly body: string;

  constructor(message: string, status: number, body: string) {
    super(message);
    this.status = status;
    this.body = body;
  }
}

const LONGEST_PAUSE_MS = 120_000;

type Attempt =
  | { readonly kind: 'done'; readonly bytes: Uint8Array | null }
  | { readonly kind: 'again'; readonly why: string; readonly afterMs: number | null };

/**
 * Body of an address, or null when the server says 404. Lost connections, 5xx, 429, 418 and silence are tried again, after
 * pauses that grow (with jitter) or that the server asks for.
 * @throws Error when all tries failed, HttpError for other refusals; 451 says that the region is the cause.
 */
export async function fetchBytes(url: string, options: HttpOptions): Promise<Uint8Array | null> {
  for (let tried = 0; ; tried++) {
    options.signal?.throwIfAborted();
    const attempt = await tryOnce(url, options);
    if (attempt.kind === 'done') return attempt.bytes;
    if (tried >= options.retries) throw new Error(`${url}: gave up after ${tried + 1} tries: ${attempt.why}; try again later`);
    await pause(tried, attempt.afterMs, options);
  }
}

/** Waits before another try: what the server asked for, else doubling times, each drawn between half and whole. */
export async function pause(tried: number, askedMs: number | null, options: HttpOptions): Promise<void> {
  const wait = askedMs ?? options.backoffMs * 2 ** tried * (0.5 + Math.random() / 2);
  await sleep(Math.min(wait, LONGEST_PAUSE_MS), undefined, options.signal === undefined ? {} : { signal: options.signal });
}

async function tryOnce(url: string, options: HttpOptions): Promise<Attempt> {
  const silence = new AbortController();
  const signal = options.signal === undefined ? silence.signal : AbortSignal.any([options.signal, silence.signal]);
  const timer = setTimeout(() => silence.abort(), options.idleTimeoutMs);
  try {
    const response = await fetch(options.query === undefined ? url : `${url}?${options.query()}`, {
      signal,
      headers: options.headers ?? {},
      redirect: options.headers === undefined ? 'follow' : 'error',
    });
    const bytes = await readBody(response, timer, response.ok ? options.onBytes : undefined);
    return judge(url, response, bytes);
  } catch (cause) {
    if (cause instanceof HttpError) throw cause;
    options.signal?.throwIfAborted();
    const why = silence.signal.aborted ? `nothing came for ${options.idleTimeoutMs / 1000} s` : reasonOf(cause);
    return { kind: 'again', why, afterMs: null };
  } finally {
    clearTimeout(timer);
  }
}

async function readBody(response: Response, timer: NodeJS.Timeout, onBytes?: (bytes: number) => void): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part !== undefined && !part.done; part = await reader?.read()) {
    timer.refresh();
    chunks.push(part.value);
    onBytes?.(part.value.length);
  }
  return Buffer.concat(chunks);
}

function judge(url: string, response: Response, bytes: Uint8Array): Attempt {
  const { status } = response;
  if (response.ok) return { kind: 'done', bytes };
  if (status === 404) return { kind: 'done', bytes: null };
  if (status === 451) {
    throw new HttpError(
      `${url}: not served to your region (HTTP 451); download from another network, or import archive files that you have`,
      status,
      '',
    );
  }
  const text = new TextDecoder().decode(bytes);
  if (status !== 429 && status !== 418 && status < 500) throw refused(url, status, text);
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return { kind: 'again', why: `the server answered ${status}`, afterMs: Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null };
}

function refused(url: string, status: number, body: string): HttpError {
  const shown = body === '' ? '' : ` (${body.slice(0, 200).replaceAll(/\s+/g, ' ')})`;
  return new HttpError(`${url}: the server answered ${status}${shown}`, status, body);
}

/** Node wraps the reason of a failed fetch in its cause. */
function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return cause.cause instanceof Error ? cause.cause.message || cause.message : cause.message;
}
