import { describe, expect, it } from 'vitest';
import { checkTestnet } from '../../src/live/settings.ts';
import type { VerbContext } from '../../src/verb.ts';

const context = (testnet: string): VerbContext => ({ env: { BINANCE_TESTNET: testnet } }) as unknown as VerbContext;

describe('going on with a run where the test system is asked for', () => {
  it('is refused for a run with money', () => {
    expect(() => checkTestnet('live-x', 'live', context('true'))).toThrow(
      '--run live-x: is a live run, and BINANCE_TESTNET=true means demo; unset it, or go on with a demo run',
    );
  });
  it.each(['TRUE', '1', 'yes'])('is refused for any run where the variable is %s', (word) => {
    expect(() => checkTestnet('demo-x', 'demo', context(word))).toThrow(`BINANCE_TESTNET=${word}: takes true or false; set one of them`);
  });
  it('is fine otherwise', () => {
    expect(() => checkTestnet('demo-x', 'demo', context('true'))).not.toThrow();
    expect(() => checkTestnet('live-x', 'live', context('false'))).not.toThrow();
    expect(() => checkTestnet('live-x', 'live', context(''))).not.toThrow();
  });
});
