import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { FaultInjector } from '../faults/injector.ts';
import type { RequestFault } from '../faults/plan.ts';
import { refusal, VenueError } from '../venue/venue-error.ts';
import type { RawParams } from './params.ts';
import type { RateLimits } from './rate-limits.ts';
import type { RequestCounts } from './request-counts.ts';
import type { Route, Routes } from './route.ts';
import { isSignature, signedPayload } from './signature.ts';

const MOST_BODY_BYTES = 262_144;
const DEFAULT_RECV_WINDOW = 5000;
const MOST_RECV_WINDOW = 60_000;
/** How far a client's clock may run ahead, ms. */
const MOST_AHEAD = 1000;

/** What the server works with. */
export interface ServerParts {
  readonly routes: Routes;
  /** Endpoints of the emulator's own, by method and path; they take the body's text. */
  readonly control: Readonly<Record<string, (body: string) => unknown>>;
  readonly apiKey: string;
  readonly secret: string;
  readonly limits: RateLimits;
  readonly faults: FaultInjector;
  readonly counts: RequestCounts;
  readonly requestTime: () => number;
  /** Told of each request before anything is done about it. */
  readonly onRequest: (name: string) => void;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The venue's REST side. It answers loopback names only, so that no web page can reach it through a name of its own. */
export function createHttpServer(parts: ServerParts): Server {
  return createServer((request, response) => {
    serve(parts, request, response).catch((error: unknown) => {
      // A client that hung up in the middle of its request gets no answer.
      if (response.headersSent || response.destroyed) return;
      const text = error instanceof Error ? error.message : String(error);
      write(response, { status: 500, body: { code: -1000, msg: text } });
    });
  });
}

/** Whether a request came by a name of this machine. */
export function isLoopbackHost(host: string | undefined): boolean {
  return /^(?:127\.0\.0\.1|localhost)(?::\d+)?$/.test(host ?? '');
}

async function serve(parts: ServerParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [path = '/', query = ''] = split(request.url ?? '/', '?');
  const name = `${request.method ?? 'GET'} ${path}`;
  parts.onRequest(name);
  const body = await readBody(request);
  if (!isLoopbackHost(request.headers.host)) {
    write(response, { status: 403, body: { code: -1002, msg: 'Only 127.0.0.1 is served.' } });
    return;
  }
  const control = parts.control[name];
  if (control !== undefined) {
    write(
      response,
      attempt(parts, () => ({ status: 200, body: control(body) })),
    );
    return;
  }
  parts.counts.asked(name);
  const fault = parts.faults.request(name);
  const refused = fault === null ? null : refusalOf(fault);
  if (refused !== null) {
    write(response, { ...refused, headers: { ...parts.limits.headers(false), ...refused.headers } });
    return;
  }
  const isLeftUndone = fault === 'unknown' && parts.faults.toss();
  const answer = isLeftUndone ? UNKNOWN : attempt(parts, () => answerTo(parts, name, query, body, request.headers['x-mbx-apikey']));
  deliver(parts, request, response, answer, fault);
}

/** Gives the answer, or what the fault leaves of it. */
function deliver(parts: ServerParts, request: IncomingMessage, response: ServerResponse, answer: Answer, fault: RequestFault | null): void {
  switch (fault) {
    case 'timeout':
      request.socket.destroy();
      return;
    case 'half-body': {
      const text = JSON.stringify(answer.body);
      response.writeHead(answer.status, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) });
      response.write(text.slice(0, text.length >> 1), () => request.socket.resetAndDestroy());
      return;
    }
    case 'delay':
      setTimeout(() => write(response, answer), parts.faults.delayMs);
      return;
    case 'unknown':
      write(response, UNKNOWN);
      return;
    default:
      write(response, answer);
  }
}

const UNKNOWN: Answer = { status: 503, body: { code: -1000, msg: 'Unknown error, please check your request or try again later.' } };

/** Faults that leave the request undone. */
function refusalOf(fault: RequestFault): Answer | null {
  switch (fault) {
    case 'blocked':
      return { status: 451, body: { code: 0, msg: 'Service unavailable from a restricted location.' } };
    case 'rate-limited':
      return { status: 429, body: { code: -1003, msg: 'Too many requests.' }, headers: { 'Retry-After': '1' } };
    case 'internal':
      return { status: 500, body: { code: -1000, msg: 'Internal server error.' } };
    case 'unavailable':
      return { status: 503, body: { code: -1000, msg: 'Service Unavailable.' } };
    case 'throttled':
      return { status: 503, body: { code: -1008, msg: refusal(-1008).message } };
    case 'unknown':
    case 'timeout':
    case 'half-body':
    case 'delay':
      return null;
    default:
      throw new Error(`unknown fault ${String(fault satisfies never)}`);
  }
}

/** A refusal becomes an answer; anything else is a defect and shows as 500. */
function attempt(parts: ServerParts, act: () => Answer): Answer {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof VenueError)) throw error;
    parts.counts.refuse(error.code);
    return { status: error.status, body: { code: error.code, msg: error.message }, headers: parts.limits.headers(false) };
  }
}

function answerTo(parts: ServerParts, name: string, query: string, body: string, key: string | string[] | undefined): Answer {
  const params = rawParams(query, body);
  const route = parts.routes[name];
  const now = Date.now();
  const weight = route === undefined ? 1 : typeof route.weight === 'number' ? route.weight : route.weight(params);
  const orders = route?.orders ?? 0;
  const limited = parts.limits.request(now, weight) ?? (orders > 0 ? parts.limits.order(now, orders) : null);
  const headers = parts.limits.headers(orders > 0);
  if (limited !== null) {
    parts.counts.refuse(limited.code);
    const retry = { 'Retry-After': String(limited.retryAfterSeconds) };
    return { status: limited.status, body: { code: limited.code, msg: limited.text }, headers: { ...headers, ...retry } };
  }
  if (route === undefined) {
    const [method = '', path = ''] = split(name, ' ');
    throw new VenueError(-5000, `Path ${path}, Method ${method} is invalid`, 404);
  }
  authorize(parts, route, params, signedPayload(query, body), key);
  return { status: 200, body: route.handle(params), headers };
}

function authorize(parts: ServerParts, { security }: Route, params: RawParams, payload: string, key: string | string[] | undefined): void {
  if (security === 'none') return;
  if (typeof key !== 'string' || key === '') throw refusal(-2014, 401);
  if (key !== parts.apiKey) throw refusal(-2015, 401);
  if (security === 'key') return;
  const timestamp = numberParam(params, 'timestamp');
  if (timestamp === null) throw new VenueError(-1102, "Mandatory parameter 'timestamp' was not sent, was empty/null, or malformed.");
  const signature = params['signature'];
  if (signature === undefined) throw new VenueError(-1102, "Mandatory parameter 'signature' was not sent, was empty/null, or malformed.");
  const window = params['recvWindow'] === undefined ? DEFAULT_RECV_WINDOW : numberParam(params, 'recvWindow');
  if (window === null || window > MOST_RECV_WINDOW) throw refusal(-1131);
  const now = parts.requestTime();
  if (timestamp >= now + MOST_AHEAD || now - timestamp > window) throw refusal(-1021);
  if (!isSignature(parts.secret, payload, signature)) throw refusal(-1022);
}

function numberParam(params: RawParams, name: string): number | null {
  const text = params[name];
  return text !== undefined && /^\d{1,16}$/.test(text) ? Number(text) : null;
}

/** Query and body together; where both name a parameter, the query's counts. */
function rawParams(query: string, body: string): RawParams {
  return Object.fromEntries([...new URLSearchParams(body), ...new URLSearchParams(query)]);
}

function write(response: ServerResponse, { status, body, headers }: Answer): void {
  const text = JSON.stringify(body);
  response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text), ...headers });
  response.end(text);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > MOST_BODY_BYTES) throw new Error('the body is too large');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString();
}

function split(text: string, at: string): readonly string[] {
  const place = text.indexOf(at);
  return place < 0 ? [text] : [text.slice(0, place), text.slice(place + 1)];
}
