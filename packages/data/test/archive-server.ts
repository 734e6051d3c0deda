import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { zipSync } from 'fflate';
import { afterEach } from 'vitest';

const HOUR = 3_600_000;
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** What a test makes the server do to a request instead of answering; true when it has taken it over. */
export type Fault = (path: string, response: ServerResponse, nth: number) => boolean;

/** A real HTTP server on this machine that holds an archive and a REST API of hourly candles and eight-hourly funding. */
export interface ArchiveServer {
  readonly url: string;
  /** Paths asked for, in order. */
  readonly asked: string[];
  readonly files: Map<string, Uint8Array>;
  fault: Fault;
  serverTime: number;
}

/** Line of the hourly candle that opens at a time; the same from every source. */
export function hourLine(time: number): string {
  const price = 100 + ((time / HOUR) % 50);
  return `${time},${price},${price + 2},${price - 1},${price + 1},10,${time + HOUR - 1},1005,7,4,402,0`;
}

export function hours(from: number, to: number): string[] {
  return Array.from({ length: (to - from) / HOUR }, (_, k) => hourLine(from + k * HOUR));
}

/** Puts a zip and its checksum into the archive. */
export function addFile(server: ArchiveServer, path: string, lines: readonly string[]): void {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const zip = zipSync({ [name.replace('.zip', '.csv')]: new TextEncoder().encode(`${lines.join('\n')}\n`) });
  server.files.set(path, zip);
  const hash = createHash('sha256').update(zip).digest('hex');
  server.files.set(`${path}.CHECKSUM`, new TextEncoder().encode(`${hash}  ${name}\n`));
}

export const monthly = (symbol: string, month: string): string => `/data/futures/um/monthly/klines/${symbol}/1h/${symbol}-1h-${month}.zip`;
export const daily = (symbol: string, day: string): string => `/data/futures/um/daily/klines/${symbol}/1h/${symbol}-1h-${day}.zip`;

export async function startServer(): Promise<ArchiveServer> {
  const counts = new Map<string, number>();
  const state = {
    url: '',
    asked: [] as string[],
    files: new Map<string, Uint8Array>(),
    fault: (() => false) as Fault,
    serverTime: Date.now(),
  };
  const server = createServer((request, response) => answer(state, counts, request, response));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  state.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return state;
}

function answer(state: ArchiveServer, counts: Map<string, number>, request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const path = decodeURIComponent(url.pathname);
  state.asked.push(path);
  const nth = (counts.get(path) ?? 0) + 1;
  counts.set(path, nth);
  if (state.fault(path, response, nth)) return;
  const file = state.files.get(path);
  if (file !== undefined) response.end(file);
  else if (path === '/fapi/v1/time') response.end(JSON.stringify({ serverTime: state.serverTime }));
  else if (path === '/fapi/v1/klines') response.end(JSON.stringify(restCandles(state, url.searchParams)));
  else if (path === '/fapi/v1/fundingRate') response.end(JSON.stringify(restFunding(state, url.searchParams)));
  else response.writeHead(404).end();
}

/** As the venue: up to `limit` candles, the last one still open. */
function restCandles({ serverTime }: ArchiveServer, query: URLSearchParams): unknown[][] {
  const rows: unknown[][] = [];
  const [start, end, limit] = ['startTime', 'endTime', 'limit'].map((name) => Number(query.get(name)));
  for (let time = Math.ceil(start / HOUR) * HOUR; time <= Math.min(end, serverTime) && rows.length < limit; time += HOUR) {
    rows.push(
      hourLine(time)
        .split(',')
        .map((text, c) => (c === 0 || c === 6 || c === 8 ? Number(text) : text)),
    );
  }
  return rows;
}

function restFunding({ serverTime }: ArchiveServer, query: URLSearchParams): unknown[] {
  const rows: unknown[] = [];
  const [start, end] = ['startTime', 'endTime'].map((name) => Number(query.get(name)));
  for (let time = Math.ceil(start / (8 * HOUR)) * 8 * HOUR; time <= Math.min(end, serverTime); time += 8 * HOUR) {
    rows.push({ symbol: query.get('symbol'), fundingTime: time + 3, fundingRate: '0.00010000', markPrice: '100.0' });
  }
  return rows;
}
