import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { orrery, PACKAGE } from './program.ts';
import { SAMPLE_ROOT } from '@orrery/data';

const children: ReturnType<typeof spawn>[] = [];
afterAll(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

const CALL: readonly string[] = ['emulator', '--symbols', 'SYNBTCUSDT', '--interval', '5m', '--data', SAMPLE_ROOT];

describe.concurrent('orrery emulator', () => {
  it('says where it listens, answers there, and ends on Ctrl-C with exit code 0', async () => {
    const words = [path.join(PACKAGE, 'bin', 'orrery.mjs'), ...CALL, '--json', '--fault', 'delay=0.5'];
    const env = { PATH: process.env['PATH'] ?? '', EMULATOR_API_KEY: 'the-key', EMULATOR_API_SECRET: 'the-secret' };
    const child = spawn(process.execPath, words, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    children.push(child);
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    while (!text.includes('\n}')) await once(child.stdout, 'data');
    const document = JSON.parse(text) as { readonly url: string };
    expect(document).toMatchObject({ schema: 'orrery.emulator/1', apiKey: 'the-key', secret: 'the-secret', pace: 'follow' });
    const reply = await fetch(`${document.url}/fapi/v1/exchangeInfo`);
    expect(await reply.json()).toMatchObject({ symbols: [{ symbol: 'SYNBTCUSDT' }] });
    child.kill('SIGINT');
    expect(await once(child, 'close')).toEqual([0, null]);
  });

  it.each([
    [['--pace', 'fast'], '--pace fast: takes follow, or a number above 0 up to 1000000'],
    [['--fault', 'timout=0.1'], '--fault timout=0.1: unknown kind "timout": did you mean timeout?'],
    [['--fault', 'timeout=2'], '--fault timeout=2: give a rate from 0 to 1, e.g. timeout=0.01'],
    [['--fault', 'timeout=0.1=2'], '--fault timeout=0.1=2: give a rate from 0 to 1, e.g. timeout=0.01'],
    [['--warmup', '10000000'], 'warmup of 10000000 frames: the market has 17280; give fewer, or a wider range'],
    [['--port', '70000'], '--port 70000: takes a whole number from 0 to 65535'],
  ])('names what is wrong with %j', async (words, message) => {
    expect(await orrery([...CALL, ...words])).toEqual({ code: 2, stdout: '', stderr: `orrery: ${message}\n` });
  });
});
