import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orrery, type Ended } from '../program.ts';
import { createWorkshop, klines, swings, type Workshop } from '../workshop.ts';

const BASE = ['backtest', '--symbols', 'AUSDT', '--interval', '15m'];

let shop: Workshop;
beforeAll(async () => {
  shop = createWorkshop('strategy settings');
  await shop.done('data', 'synth', '--symbols', 'AUSDT,BUSDT', '--interval', '15m', '--days', '4', '--seed', '3');
  shop.write('CUSDT-15m-2025-01.csv', klines(swings(10), 900_000));
  await shop.done('data', 'import', 'CUSDT-15m-2025-01.csv');
});
afterAll(() => rmSync(shop.folder, { recursive: true }));

function run(words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return orrery(words, { cwd: shop.folder, env: { ORRERY_DATA: shop.store, ORRERY_RUNS: shop.runs, ...env } });
}
interface Result {
  readonly digest: string;
  readonly warnings: readonly string[];
  readonly config: {
    readonly strategy: string;
    readonly symbols: readonly string[];
    readonly params: Readonly<Record<string, unknown>>;
  };
}
async function result(words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Result> {
  const { code, stdout, stderr } = await run([...words, '--json'], env);
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Result;
}
/** The one line on stderr of a call that is refused. */
async function refused(words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
  const { code, stdout, stderr } = await run(words, env);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^orrery: [^\n]+\n$/);
  return stderr.slice('orrery: '.length).trimEnd();
}

describe.concurrent('the strategy of a run', () => {
  it('is the one of STRATEGY_MODE where --strategy is left out', async () => {
    expect((await result(BASE, { STRATEGY_MODE: 'ict' })).config.strategy).toBe('ict');
  });
  it('is the one of --strategy before one of the environment, and of --strategy-mode before one of a file', async () => {
    expect((await result([...BASE, '--strategy', 'ema-cross'], { STRATEGY_MODE: 'ict' })).config.strategy).toBe('ema-cross');
    const file = shop.write('strategy.yaml', 'strategy: ema-cross\n');
    expect((await result([...BASE, '--config', file, '--strategy-mode', 'ict'])).config.strategy).toBe('ict');
  });
  it('is refused where two flags name two, where nothing names one, and where it is not there yet', async () => {
    expect(await refused([...BASE, '--strategy', 'ict', '--strategy-mode', 'hybrid'])).toBe(
      '--strategy ict and --strategy-mode hybrid: name two strategies; give one of them',
    );
    expect(await refused(BASE)).toBe('--strategy is missing: give it, or a strategy mode with STRATEGY_MODE; see orrery backtest --help');
    expect(await refused(BASE, { STRATEGY_MODE: 'self_learning' })).toBe(
      'STRATEGY_MODE=self_learning: the self-learning strategy is not there yet; take hybrid, whose model learns from the virtual positions of runs',
    );
  });
});

describe.concurrent('a setting that the strategy has as a parameter', () => {
  const ICT = [...BASE, '--strategy', 'ict'];
  it('is in the configuration of the run', async () => {
    const env = { MIN_CONFIDENCE: '0.5', MAX_POSITIONS: '7', ENABLE_SMART_MONITORING: 'false' };
    expect((await result(ICT, env)).config.params).toMatchObject({ minConfidence: 0.5, maxPositions: 7, smartMonitoring: false });
    expect((await result([...ICT, '--min-confidence', '0.6'], env)).config.params).toMatchObject({ minConfidence: 0.6, maxPositions: 7 });
  });
  it('gives way to --param', async () => {
    const { config } = await result([...ICT, '--param', 'minConfidence=0.7'], { MIN_CONFIDENCE: '0.5' });
    expect(config.params['minConfidence']).toBe(0.7);
  });
  it('is refused beside it as a flag, and as a flag of a strategy that has no such parameter', async () => {
    expect(await refused([...ICT, '--param', 'minConfidence=0.7', '--min-confidence', '0.7'])).toBe(
      '--min-confidence 0.7 and --param minConfidence: are the same parameter; give one of them',
    );
    expect(await refused([...BASE, '--strategy', 'ema-cross', '--min-confidence', '0.7'])).toBe(
      '--min-confidence 0.7: strategy ema-cross has no parameter minConfidence; leave it out',
    );
  });
  it('from the environment is none of the business of a strategy that has it not', async () => {
    const { config } = await result([...BASE, '--strategy', 'ema-cross'], { MIN_CONFIDENCE: '0.7' });
    expect(Object.keys(config.params)).toEqual(['fast', 'slow']);
  });
});

describe.concurrent('--timeframes', () => {
  const ICT = [...BASE, '--strategy', 'ict'];
  it.each<[readonly string[], string, string]>([
    [[], '1h', '4h'],
    [['--timeframes', '4h,15m,30m'], '30m', '4h'],
    [['--timeframes', '15m,1h'], '1h', '1h'],
    [['--timeframes', '15m'], 'none', 'none'],
    [['--param', 'middleTimeframe=2h'], '2h', 'none'],
  ])('%j', async (words, middle, higher) => {
    const { config } = await result([...ICT, ...words]);
    expect(config.params).toMatchObject({ middleTimeframe: middle, higherTimeframe: higher });
  });
  it.each([
    ['5m', '--timeframes 5m: has to be longer than --interval 15m and a multiple of it'],
    ['20m', /^--timeframes 20m: takes one of 1s, 1m, /],
    ['1h,1h', '--timeframes 1h was given twice: give it once'],
    ['30m,1h,4h', '--timeframes 30m,1h,4h: takes one or two beside --interval 15m'],
  ])('%s is refused', async (text, line) => {
    expect(await refused([...ICT, '--timeframes', text])).toEqual(typeof line === 'string' ? line : expect.stringMatching(line));
  });
  it('is refused beside the parameter, and by a strategy that reads none', async () => {
    expect(await refused([...ICT, '--timeframes', '1h', '--param', 'higherTimeframe=4h'])).toBe(
      '--timeframes and --param higherTimeframe: are the same parameter; give one of them',
    );
    expect(await refused([...BASE, '--strategy', 'ema-cross', '--timeframes', '1h'])).toBe(
      '--timeframes 1h: strategy ema-cross reads no other timeframes; leave it out',
    );
  });
});

describe.concurrent('the performance switches', () => {
  const ICT = [...BASE, '--strategy', 'ict'];
  it('change no digest', async () => {
    const { digest } = await result(ICT);
    const others = [['--workers', '2'], ['--enable-batch-prediction=false'], ['--enable-incremental-cache=false', '--block-rows', '1000']];
    for (const words of others) expect((await result([...ICT, ...words])).digest).toBe(digest);
  });
  it('are refused where they exclude each other', async () => {
    expect(await refused([...ICT, '--enable-memory-mapped-storage'], { ORRERY_WORKERS: '2' })).toBe(
      'ORRERY_WORKERS=2 and --enable-memory-mapped-storage true exclude each other: give one worker, or turn the memory map off',
    );
  });
});

describe.concurrent('a universe file', () => {
  const from = (file: string): readonly string[] => ['backtest', '--strategy', 'ema-cross', '--symbols', `@${file}`, '--interval', '15m'];
  it('names symbols, one a line', async () => {
    shop.write('universe.txt', '# two of three\n\nBUSDT\n  AUSDT  # the first\n');
    expect((await result(from('universe.txt'))).config.symbols).toEqual(['BUSDT', 'AUSDT']);
  });
  it.each([
    ['unknown.txt', 'AUSDT\n# a comment\nBUSD\n', 'unknown.txt:3: BUSD has no 15m candles in the store: did you mean BUSDT?'],
    ['far.txt', 'SOMETHINGELSE\n', 'far.txt:1: SOMETHINGELSE has no 15m candles in the store: see orrery data list'],
    ['twice.txt', 'AUSDT\nBUSDT\nAUSDT\n', 'twice.txt:3: AUSDT stands in line 1 already; name each symbol once'],
    ['none.txt', '# nothing\n', '--symbols @none.txt: the file names no symbol; write one a line'],
  ])('%s is refused', async (name, text, line) => {
    shop.write(name, text);
    expect(await refused(from(name))).toBe(line);
  });
  it('that is not there is refused, and so is one beside symbols', async () => {
    expect(await refused(from('nowhere.txt'))).toBe(
      '--symbols @nowhere.txt: cannot be read (ENOENT); name an existing text file, one symbol a line',
    );
    expect(await refused(from('nowhere.txt,AUSDT'))).toBe('--symbols @nowhere.txt,AUSDT: @nowhere.txt stands alone; leave out the others');
  });
});

describe.concurrent('a symbol with ten candles', () => {
  // ict reads the mean of 100 average true ranges, whose first wants a candle before it; ema-cross an average of 26.
  it.each([
    ['ict', 101],
    ['ema-cross', 26],
  ])('is refused where it is the only one: %s', async (strategy, needed) => {
    expect(await refused(['backtest', '--strategy', strategy, '--symbols', 'CUSDT', '--interval', '15m'])).toBe(
      `CUSDT: has 10 candles; strategy ${strategy} needs ${needed} before it can decide: take a longer range, or fetch more data`,
    );
  });
  it('is a warning beside longer ones', async () => {
    const { warnings } = await result(['backtest', '--strategy', 'ema-cross', '--symbols', 'AUSDT,CUSDT', '--interval', '15m']);
    expect(warnings).toContain('too few candles for strategy ema-cross to decide on: CUSDT (10 of 26)');
  });
});
