import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { InputError, readKeys } from '@orrery/data';
import { CALM, cancelOf, KEY, order, Rig, SECRET } from './rig.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'orrery-keys-'));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

async function keyFile(content: string, mode = 0o600): Promise<string> {
  const file = path.join(folder, 'keys');
  await writeFile(file, content);
  await chmod(file, mode);
  return file;
}

describe('keys', () => {
  it('come from the environment, or from a file in one of two forms, which goes first', async () => {
    const env = { BINANCE_API_KEY: 'key', BINANCE_API_SECRET: 'secret' };
    expect(await readKeys({ env })).toEqual({ apiKey: 'key', secret: 'secret' });
    expect(await readKeys({ env: {} })).toBeUndefined();
    const json = await keyFile('{"apiKey":"a","secret":"b"}\n');
    expect(await readKeys({ env, file: json })).toEqual({ apiKey: 'a', secret: 'b' });
    const lines = await keyFile('# mine\nexport BINANCE_API_KEY="c"\nBINANCE_API_SECRET=d=\n');
    expect(await readKeys({ env, file: lines })).toEqual({ apiKey: 'c', secret: 'd=' });
  });
  it('are refused from a file that others may read', async () => {
    for (const mode of [0o640, 0o604, 0o644, 0o620]) {
      await expect(readKeys({ env: {}, file: await keyFile('{"apiKey":"a","secret":"b"}', mode) })).rejects.toThrow(
        'others may read it; run chmod 600',
      );
    }
  });
  it.each([
    ['{"apiKey":"hush"}', 'is no JSON object'],
    ['{"apiKey":"hush"', 'is no JSON object'],
    ['BINANCE_API_KEY=hush', 'has no lines'],
    ['{"apiKey":"hush hush","secret":"b"}', 'apiKey is empty or has blanks in it'],
    ['{"apiKey":"hush","secret":""}', 'secret is empty'],
  ])('are asked for anew, without a word of them, when the file holds %j', async (content, message) => {
    const asked = readKeys({ env: {}, file: await keyFile(content) });
    await expect(asked).rejects.toThrow(InputError);
    await expect(asked).rejects.toThrow(message);
    await expect(asked).rejects.not.toThrow(/hush/);
  });
  it('need both parts, and a file that is there', async () => {
    await expect(readKeys({ env: { BINANCE_API_KEY: 'hush' } })).rejects.toThrow('BINANCE_API_SECRET is not set, BINANCE_API_KEY is');
    await expect(readKeys({ env: { BINANCE_API_SECRET: 'hush' } })).rejects.toThrow('BINANCE_API_KEY is not set');
    await expect(readKeys({ env: {}, file: path.join(folder, 'none') })).rejects.toThrow('cannot be read (ENOENT)');
    await expect(readKeys({ env: {}, file: folder })).rejects.toThrow(InputError);
  });
});

describe('whatever goes wrong', () => {
  it('nothing that is said or written holds a key, a secret, a listen key or a signature', async () => {
    const written: string[] = [];
    const note = (...parts: unknown[]): boolean => {
      written.push(parts.map((part) => (typeof part === 'string' ? part : inspect(part, { depth: 9, showHidden: true }))).join(' '));
      return true;
    };
    for (const name of ['log', 'info', 'warn', 'error', 'debug', 'dir'] as const) vi.spyOn(console, name).mockImplementation(note);
    vi.spyOn(process.stdout, 'write').mockImplementation(note);
    vi.spyOn(process.stderr, 'write').mockImplementation(note);
    const rig = await Rig.start(CALM, {
      binance: { recvWindow: 100, timeoutMs: 100 },
      venue: { pace: { kind: 'follow', patienceMs: 50 } },
    });
    await rig.next();
    const errors: unknown[] = [];
    const on = (kind: string, endpoint: string, times = 1) => ({ kind, on: endpoint, times }) as never;
    for (const kind of ['blocked', 'timeout', 'half-body']) {
      await rig.faults({
        rules: [on(kind, 'POST /fapi/v1/order'), on(kind, 'GET /fapi/v3/positionRisk', 5), on(kind, 'DELETE /fapi/v1/order')],
      });
      const number = errors.length + 1;
      await rig.gateway.send(order(number, { orderType: 'limit', price: 950 })).catch((error: unknown) => errors.push(error));
      await rig.gateway.send(cancelOf(number)).catch((error: unknown) => errors.push(error));
      await rig.gateway.check().catch((error: unknown) => errors.push(error));
    }
    await rig.faults({ rules: [on('half-frame', 'ORDER_TRADE_UPDATE')] });
    await rig.gateway.send(order(99, { orderType: 'limit', price: 940 })).catch((error: unknown) => errors.push(error));
    await rig.until(() => rig.states.length >= 3);
    await rig.venue.close();
    await rig.gateway.check().catch((error: unknown) => errors.push(error));
    const listenKey = /[A-Za-z0-9]{60,}/;
    expect(errors.length).toBeGreaterThan(4);
    const said = [
      ...written,
      ...errors.flatMap((error) => [inspect(error, { depth: 9, showHidden: true }), String((error as Error).stack), JSON.stringify(error)]),
      inspect([rig.problems, rig.facts, rig.gateway, rig.binance], { depth: 9 }),
      process.title,
    ].join('\n');
    expect(said).not.toContain(KEY);
    expect(said).not.toContain(SECRET);
    expect(said).not.toMatch(/signature=|X-MBX-APIKEY/i);
    expect(said).not.toMatch(listenKey);
  });
});
