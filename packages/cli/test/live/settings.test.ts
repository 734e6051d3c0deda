import { describe, expect, it } from 'vitest';
import { resolveSettings, type Settings } from '../../src/config/resolve-settings.ts';
import { checkTestnet } from '../../src/live/settings.ts';

async function context(testnet: string): Promise<{ readonly settings: Settings }> {
  const sources = { file: '', fromFile: new Map(), env: { BINANCE_TESTNET: testnet }, fromFlags: new Map() };
  return { settings: await resolveSettings(['binance-testnet'], sources) };
}

describe('going on with a run where the test system is asked for', () => {
  it('is refused for a run with money', async () => {
    const testnet = await context('true');
    expect(() => checkTestnet('live-x', 'live', testnet)).toThrow(
      '--run live-x: is a live run, and BINANCE_TESTNET=true means demo; unset it, or go on with a demo run',
    );
  });
  it.each(['TRUE', '1', 'yes'])('is refused for any run where the variable is %s', async (word) => {
    await expect(context(word)).rejects.toThrow(`BINANCE_TESTNET=${word}: takes true or false; set one of them`);
  });
  it('is fine otherwise', async () => {
    const [on, off, unset] = [await context('true'), await context('false'), await context('')];
    expect(() => checkTestnet('demo-x', 'demo', on)).not.toThrow();
    expect(() => checkTestnet('live-x', 'live', off)).not.toThrow();
    expect(() => checkTestnet('live-x', 'live', unset)).not.toThrow();
  });
});
