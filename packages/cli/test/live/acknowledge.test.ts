import { getEventListeners, once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { acknowledgeTo } from '../../src/live/acknowledge.ts';

let server: Server;
const heard: string[] = [];
let status = 200;

beforeEach(async () => {
  heard.length = 0;
  status = 200;
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => (body += part));
    request.on('end', () => {
      heard.push(`${request.method} ${request.url} ${body}`);
      response.writeHead(status).end('{}');
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterEach(() => server.close());

const url = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

it('tells an emulator once a call, and leaves nothing listening to the signal of the run', async () => {
  const run = new AbortController();
  const acknowledge = acknowledgeTo(url(), run.signal);
  for (let frame = 1; frame <= 20; frame++) await acknowledge({ frame, event: 0 });
  expect(heard).toHaveLength(20);
  expect(heard[19]).toBe('POST /emulator/v1/idle {"frame":20,"event":0}');
  expect(getEventListeners(run.signal, 'abort')).toHaveLength(0);
});

it('gives up after five refusals, naming the address', async () => {
  status = 503;
  await expect(acknowledgeTo(url(), new AbortController().signal)({ frame: 1, event: 0 })).rejects.toThrow(
    `--acknowledge ${url()}/emulator/v1/idle: does not answer (Error: HTTP 503)`,
  );
  expect(heard).toHaveLength(5);
});

it('says nothing once the run has been stopped', async () => {
  await acknowledgeTo(url(), AbortSignal.abort())({ frame: 1, event: 0 });
  expect(heard).toEqual([]);
});
