import { describe, expect, it } from 'vitest';
import { settingFaults } from '../../src/config/faults.ts';
import { resolveSettings, type Settings } from '../../src/config/resolve-settings.ts';
import { ALL_SETTINGS } from '../../src/config/setting-flags.ts';
import { SETTINGS } from '../../src/config/settings.ts';

type Texts = Readonly<Record<string, unknown>>;

function resolved(file: Texts, env: Readonly<Record<string, string>>, flags: Texts): Promise<Settings> {
  const sources = { file: 'run.yaml', fromFile: new Map(Object.entries(file)), env, fromFlags: new Map(Object.entries(flags)) };
  return resolveSettings(ALL_SETTINGS, sources);
}

describe('the schema', () => {
  it('has every variable that keeps its name, and each key and variable once', () => {
    const names = SETTINGS.map(({ env }) => env);
    expect(names).toEqual(expect.arrayContaining(KEPT_NAMES));
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(ALL_SETTINGS).size).toBe(SETTINGS.length);
  });
  it.each([
    ['min-confidence', 0.35],
    ['max-positions', 999],
    ['trading-enabled', false],
    ['enable-quantization', false],
    ['enable-incremental-cache', true],
    ['enable-batch-prediction', true],
    ['enable-memory-mapped-storage', false],
    ['enable-smart-monitoring', true],
    ['regime-prediction-threshold', 0.7],
    ['dynamic-feature-min-sharpe', 1],
    ['dynamic-feature-max-count', 20],
    ['liquidity-hunt-confidence-threshold', 0.6],
    ['liquidity-slippage-tolerance', 0.003],
    ['strategy-mode', null],
  ])('%s is %s where nobody sets it', async (key, value) => {
    expect((await resolved({}, {}, {})).get(key)).toMatchObject({ value, source: 'default' });
  });
});

describe('precedence', () => {
  const FILE = { 'min-confidence': 0.4 };
  const ENV = { MIN_CONFIDENCE: '0.5' };
  const FLAG = { 'min-confidence': '0.6' };
  it.each<[Texts, Readonly<Record<string, string>>, Texts, number, string, string]>([
    [{}, {}, {}, 0.35, 'default', 'min-confidence'],
    [FILE, {}, {}, 0.4, 'file', 'min-confidence in run.yaml: 0.4'],
    [{}, ENV, {}, 0.5, 'environment', 'MIN_CONFIDENCE=0.5'],
    [{}, {}, FLAG, 0.6, 'flag', '--min-confidence 0.6'],
    [FILE, ENV, {}, 0.5, 'environment', 'MIN_CONFIDENCE=0.5'],
    [FILE, {}, FLAG, 0.6, 'flag', '--min-confidence 0.6'],
    [{}, ENV, FLAG, 0.6, 'flag', '--min-confidence 0.6'],
    [FILE, ENV, FLAG, 0.6, 'flag', '--min-confidence 0.6'],
    // A variable that is set to nothing counts as not set.
    [FILE, { MIN_CONFIDENCE: '' }, {}, 0.4, 'file', 'min-confidence in run.yaml: 0.4'],
  ])('file %j, environment %j, flag %j', async (file, env, flags, value, source, where) => {
    const found = (await resolved(file, env, flags)).get('min-confidence');
    expect(found).toMatchObject({ value, source, where });
  });
});

describe('a value that a setting does not take', () => {
  it.each<[Texts, Readonly<Record<string, string>>, Texts, string]>([
    [{}, { MIN_CONFIDENCE: '1.01' }, {}, 'MIN_CONFIDENCE=1.01: takes a number from 0 to 1'],
    [{}, { MIN_CONFIDENCE: 'NaN' }, {}, 'MIN_CONFIDENCE=NaN: takes a number from 0 to 1'],
    [{}, { MIN_CONFIDENCE: '0x1' }, {}, 'MIN_CONFIDENCE=0x1: takes a number from 0 to 1'],
    [{}, { MAX_POSITIONS: '0' }, {}, 'MAX_POSITIONS=0: takes a whole number from 1 to 999'],
    [{}, { MAX_POSITIONS: '2.5' }, {}, 'MAX_POSITIONS=2.5: takes a whole number from 1 to 999'],
    [{}, { TRADING_ENABLED: 'yes' }, {}, 'TRADING_ENABLED=yes: takes true or false; set one of them'],
    [{}, { STRATEGY_MODE: 'hybird' }, {}, 'STRATEGY_MODE=hybird: takes one of ict, self_learning, hybrid, ensemble; did you mean hybrid?'],
    [{}, {}, { workers: '65' }, '--workers 65: takes a whole number from 1 to 64'],
    [{}, {}, { workers: ['1', '2'] }, '--workers was given 2 times: give it once'],
    [{ 'max-positions': 1000 }, {}, {}, 'max-positions in run.yaml: 1000: takes a whole number from 1 to 999'],
    [{ 'max-positions': null }, {}, {}, 'max-positions in run.yaml: is empty: give it a value'],
    [{ 'enable-smart-monitoring': 'on' }, {}, {}, 'enable-smart-monitoring in run.yaml: on: takes true or false; set one of them'],
    [
      { 'binance-api-secret': 'hush' },
      {},
      {},
      '--config run.yaml: binance-api-secret is read from the environment alone: set BINANCE_API_SECRET there, and remove it here',
    ],
  ])('file %j, environment %j, flag %j', async (file, env, flags, message) => {
    await expect(resolved(file, env, flags)).rejects.toThrow(expect.objectContaining({ name: 'InputError', message }));
  });
});

describe('what is not there yet', () => {
  it.each([
    ['STRATEGY_MODE', 'self_learning', /^STRATEGY_MODE=self_learning: the self-learning strategy is not there yet; take hybrid/],
    ['ENABLE_QUANTIZATION', 'true', /^ENABLE_QUANTIZATION=true: INT8 models are not there yet; leave it out/],
    ['ENABLE_MARKET_REGIME_PREDICTION', 'true', /^ENABLE_MARKET_REGIME_PREDICTION=true: .* yet; leave it out/],
    ['REGIME_PREDICTION_THRESHOLD', '0.8', /^REGIME_PREDICTION_THRESHOLD=0\.8: .* yet; leave it out/],
    ['ENABLE_DYNAMIC_FEATURES', 'true', /^ENABLE_DYNAMIC_FEATURES=true: .* yet; leave it out/],
    ['ENABLE_LIQUIDITY_HUNTING', 'true', /^ENABLE_LIQUIDITY_HUNTING=true: .* yet; leave it out/],
    ['DISCORD_TOKEN', 'hush', /^DISCORD_TOKEN=…: .* yet; leave it out/],
  ])('%s=%s is one line with what to do instead', async (name, value, line) => {
    expect(settingFaults(await resolved({}, { [name]: value }, {}))).toEqual([expect.stringMatching(line)]);
  });
  it('is no fault where it says what is so anyway', async () => {
    const env = { ENABLE_QUANTIZATION: 'false', REGIME_PREDICTION_THRESHOLD: '0.70', STRATEGY_MODE: 'ict', DISCORD_TOKEN: '' };
    expect(settingFaults(await resolved({}, env, {}))).toEqual([]);
  });
});

describe('switches that exclude each other', () => {
  it('are one line', async () => {
    const settings = await resolved({}, { ENABLE_MEMORY_MAPPED_STORAGE: 'true', ENABLE_INCREMENTAL_CACHE: 'false' }, { workers: '2' });
    expect(settingFaults(settings)).toEqual([
      '--workers 2 and ENABLE_MEMORY_MAPPED_STORAGE=true exclude each other: give one worker, or turn the memory map off',
      '--workers 2 and ENABLE_INCREMENTAL_CACHE=false exclude each other: give one worker, or turn the cache on',
    ]);
  });
  it('are none for one worker', async () => {
    const settings = await resolved({}, { ENABLE_MEMORY_MAPPED_STORAGE: 'true', ENABLE_INCREMENTAL_CACHE: 'false' }, {});
    expect(settingFaults(settings)).toEqual([]);
  });
});

/** The names that the system which Orrery replaces has for them. */
const KEPT_NAMES = [
  'BINANCE_API_KEY',
  'BINANCE_API_SECRET',
  'BINANCE_TESTNET',
  'TRADING_ENABLED',
  'STRATEGY_MODE',
  'MIN_CONFIDENCE',
  'MAX_POSITIONS',
  'ENABLE_QUANTIZATION',
  'ENABLE_INCREMENTAL_CACHE',
  'ENABLE_BATCH_PREDICTION',
  'ENABLE_MEMORY_MAPPED_STORAGE',
  'ENABLE_SMART_MONITORING',
  'ENABLE_MARKET_REGIME_PREDICTION',
  'REGIME_PREDICTION_THRESHOLD',
  'ENABLE_DYNAMIC_FEATURES',
  'DYNAMIC_FEATURE_MIN_SHARPE',
  'DYNAMIC_FEATURE_MAX_COUNT',
  'ENABLE_LIQUIDITY_HUNTING',
  'LIQUIDITY_HUNT_CONFIDENCE_THRESHOLD',
  'LIQUIDITY_SLIPPAGE_TOLERANCE',
  'DISCORD_TOKEN',
  'DISCORD_CHANNEL_ID',
];
