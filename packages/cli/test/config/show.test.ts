import { rmSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { orrery, type Ended } from '../program.ts';
import { createWorkshop } from '../workshop.ts';

interface Shown {
  readonly schema: string;
  readonly settings: readonly { readonly key: string; readonly value: unknown; readonly source: string; readonly default: unknown }[];
  readonly faults: readonly string[];
}
const shop = createWorkshop('config');
afterAll(() => rmSync(shop.folder, { recursive: true }));

const show = (env: Readonly<Record<string, string>>, ...words: readonly string[]): Promise<Ended> =>
  orrery(['config', 'show', ...words], { cwd: shop.folder, env });
async function document(env: Readonly<Record<string, string>>, ...words: readonly string[]): Promise<Shown> {
  return JSON.parse((await show(env, '--json', ...words)).stdout) as Shown;
}
const of = (shown: Shown, key: string): unknown => shown.settings.find((setting) => setting.key === key);

describe('orrery config show', () => {
  it('tells each value and its source', async () => {
    const file = shop.write('orrery.yaml', 'min-confidence: 0.4\nmax-positions: 7\nsymbols: BTCUSDT\n');
    const shown = await document({ MAX_POSITIONS: '8', ORRERY_RUNS: 'elsewhere' }, '--config', file, '--enable-smart-monitoring=false');
    expect(shown.schema).toBe('orrery.config/1');
    expect(of(shown, 'min-confidence')).toMatchObject({ env: 'MIN_CONFIDENCE', value: 0.4, default: 0.35, source: 'file' });
    expect(of(shown, 'max-positions')).toMatchObject({ value: 8, source: 'environment' });
    expect(of(shown, 'enable-smart-monitoring')).toMatchObject({ value: false, source: 'flag' });
    expect(of(shown, 'runs')).toMatchObject({ value: 'elsewhere', source: 'environment' });
    expect(of(shown, 'strategy-mode')).toMatchObject({ value: null, source: 'default' });
    expect(shown.faults).toEqual([]);
  });
  it('prints a table with a line for each setting', async () => {
    const { code, stdout, stderr } = await show({ MIN_CONFIDENCE: '0.5' });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^setting +value +source +read by\n/);
    expect(stdout).toMatch(/^min-confidence +0\.5 +environment +strategies with a parameter minConfidence$/m);
  });
  it('never prints a secret', async () => {
    const env = { BINANCE_API_KEY: 'hush-1', BINANCE_API_SECRET: 'hush-2', DISCORD_TOKEN: 'hush-3', EMULATOR_API_KEY: '' };
    const { stdout, stderr } = await show(env);
    expect(stdout).toMatch(/^binance-api-key +set +environment/m);
    expect(stdout).toMatch(/^binance-api-secret +set +environment/m);
    expect(stdout).toMatch(/^discord-token +set +environment/m);
    expect(stdout).toMatch(/^emulator-api-key +not set +default/m);
    expect(stdout + stderr).not.toContain('hush');
    expect(JSON.stringify(await document(env))).not.toContain('hush');
  });
  it('shows all the same what nothing can act on, says so, and ends with 2', async () => {
    const { code, stdout, stderr } = await show({ STRATEGY_MODE: 'self_learning', ENABLE_QUANTIZATION: 'true' });
    expect(code).toBe(2);
    expect(stdout).toMatch(/^strategy-mode +self_learning +environment/m);
    expect(stderr.split('\n').map((line) => line.split(': ')[1])).toEqual([
      'STRATEGY_MODE=self_learning',
      'ENABLE_QUANTIZATION=true',
      undefined,
    ]);
  });
  it.each([
    ['min-confidnece: 0.5\n', 'unknown key "min-confidnece": did you mean min-confidence?'],
    ['intervall: 5m\n', 'unknown key "intervall": did you mean interval?'],
  ])('refuses a file with %j', async (text, line) => {
    const file = shop.write(`${text.slice(0, 8)}.yaml`, text);
    const { code, stdout, stderr } = await show({}, '--config', file);
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: `orrery: --config ${file}: ${line}\n` });
  });
});
