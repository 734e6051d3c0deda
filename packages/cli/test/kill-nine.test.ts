import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { DEFAULT_REQUEST, runBacktest, type RunRequest } from '@orrery/backtest';
import { compareRuns, EntryList, type JournalEntry, type StrategyDefinition } from '@orrery/core';
import { loadMarket, type Market } from '@orrery/data';
import { readJournal } from '@orrery/data/journal';
import { startEmulator, type Emulator } from '@orrery/emulator';
import { emaCross, ict } from '@orrery/strategies';
import { describe, expect, it } from 'vitest';
import { LAUNCHER } from './program.ts';
import { createWorkshop, klines, swings, type Workshop } from './workshop.ts';

/** More on purpose: `ORRERY_KILLS=50 npm test -- packages/cli/test/kill-nine`. */
const KILLS = Number(process.env['ORRERY_KILLS'] ?? 6);
const SEED = Number(process.env['ORRERY_KILL_SEED'] ?? 1);
const SYMBOLS = ['BTCUSDT', 'ETHUSDT', 'SOLUSDT', 'BNBUSDT', 'ADAUSDT'];
/** Who trades, with parameters that make it trade often, and the candles that it looks at before it does. */
const SUBJECTS: readonly {
  readonly strategy: StrategyDefinition;
  readonly params: Readonly<Record<string, number>>;
  readonly warmup: number;
}[] = [
  { strategy: emaCross, params: { fast: 2, slow: 5 }, warmup: 0 },
  // Its virtual positions, breakers and moved stops are all in what it has to come back to.
  { strategy: ict, params: { swingLeft: 1, swingRight: 1, cooldown: 0, minConfidence: 0, minReward: 0, maxCorrelation: 1 }, warmup: 110 },
];
const KEYS = { apiKey: 'k'.repeat(32), secret: 's'.repeat(32) };
const LIMITS = { weightPerMinute: 1e8, ordersPerMinute: 1e8, ordersPerTenSeconds: 1e8 };

/** Draws the same numbers for the same seed (mulberry32, public domain). */
function randomOf(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

async function marketOf(shop: Workshop, frames: number): Promise<Market> {
  const files = SYMBOLS.map((symbol, k) => shop.write(`${symbol}-5m-2025-01.csv`, klines(swings(frames + 40 * k).slice(40 * k))));
  await shop.done('data', 'import', ...files);
  return await loadMarket({ root: shop.store, symbols: SYMBOLS, interval: '5m' });
}

interface Reference {
  readonly entries: readonly JournalEntry[];
  readonly equity: string;
}
async function backtest(market: Market, strategy: StrategyDefinition, params: Readonly<Record<string, number>>): Promise<Reference> {
  const request: RunRequest = {
    ...DEFAULT_REQUEST,
    strategy,
    strategyHash: null,
    params,
    symbols: SYMBOLS,
    interval: '5m',
  };
  const list = new EntryList();
  const { result } = await runBacktest(request, market, { recorders: [list], bounds: 'never' });
  return { entries: list.entries, equity: result.account.endEquity };
}

/** The live program, which is started again whenever it was killed. */
class Client {
  readonly #runs: string;
  readonly #words: readonly string[];
  #child: ChildProcess | null = null;
  stderr = '';

  constructor(runs: string, words: readonly string[]) {
    this.#runs = runs;
    this.#words = words;
  }
  /** Folder of the run, once there is one. */
  get folder(): string | null {
    const [id] = existsSync(this.#runs) ? readdirSync(this.#runs) : [];
    return id !== undefined && existsSync(path.join(this.#runs, id, 'session.json')) ? path.join(this.#runs, id) : null;
  }
  start(begin: readonly string[]): void {
    const { folder } = this;
    const words = ['live', ...(folder === null ? begin : ['--run', folder]), '--runs', this.#runs, ...this.#words];
    const env = {
      PATH: process.env['PATH'] ?? '',
      HOME: process.env['HOME'] ?? '',
      BINANCE_API_KEY: KEYS.apiKey,
      BINANCE_API_SECRET: KEYS.secret,
      TRADING_ENABLED: 'true',
    };
    const child = spawn(process.execPath, [LAUNCHER, ...words], { env, stdio: ['ignore', 'ignore', 'pipe'] });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    this.#child = child;
  }
  get hasEnded(): boolean {
    return this.#child?.exitCode !== null;
  }
  async kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    const child = this.#child;
    if (child === null || child.exitCode !== null) return child?.exitCode ?? null;
    child.kill(signal);
    await once(child, 'close');
    return child.exitCode;
  }
}

/**
 * Lets the client live until the venue has seen so many more requests and frames, and a moment longer. A run begins with the
 * first candle that it writes down; until then there is nothing to go on with.
 */
async function live(emulator: Emulator, client: Client, steps: number, milliseconds: number): Promise<void> {
  const seen = (): number => emulator.state().requests.total + emulator.state().framesShown;
  const until = seen() + steps;
  let isFinished = false;
  void emulator.finished.then(() => (isFinished = true));
  while ((seen() < until || emulator.state().framesShown < 2) && !isFinished) {
    if (client.hasEnded) throw new Error(`the live program ended by itself: ${client.stderr}`);
    await setImmediate();
    await sleep(1);
  }
  await sleep(milliseconds);
}

describe('kill -9', () => {
  it.each(SUBJECTS)(
    `changes nothing for $strategy.id, ${KILLS} times at any moment: no order twice, no position astray, the same ledger`,
    async ({ strategy, params, warmup }) => {
      const shop = createWorkshop('kill');
      const market = await marketOf(shop, warmup + 60 + KILLS * 15);
      const reference = await backtest(market, strategy, params);
      await shop.done(
        'backtest',
        '--strategy',
        strategy.id,
        '--symbols',
        SYMBOLS.join(),
        '--interval',
        '5m',
        ...Object.entries(params).flatMap(([name, value]) => ['--param', `${name}=${value}`]),
        ...(warmup === 0 ? [] : ['--timeframes', '5m']),
        '--journal',
        'full',
      );
      const [run = ''] = readdirSync(shop.runs);
      const promotions = path.join(shop.folder, 'promotions');
      await shop.done('promote', run, '--to', 'demo', '--accept-untested', '--promotions', promotions);
      const [promotion = ''] = readdirSync(promotions);
      const emulator = await startEmulator({
        market,
        interval: '5m',
        ...KEYS,
        startEquity: DEFAULT_REQUEST.equity,
        makerFeeBps: DEFAULT_REQUEST.makerFeeBps,
        takerFeeBps: DEFAULT_REQUEST.takerFeeBps,
        slippageBps: DEFAULT_REQUEST.slippageBps,
        fills: DEFAULT_REQUEST.fills,
        pace: { kind: 'follow', patienceMs: 500 },
        settings: { limits: LIMITS },
      });
      const runs = path.join(shop.folder, 'live');
      const client = new Client(runs, [
        '--rest-url',
        emulator.url,
        '--stream-url',
        emulator.streamUrl,
        '--acknowledge',
        emulator.url,
        '--recv-window',
        '1000',
        '--weight-limit',
        '1000000000',
      ]);
      const begin = ['--promotion', path.join(promotions, promotion), '--mode', 'demo'];
      const random = randomOf(SEED);
      try {
        for (let kill = 0; kill < KILLS; kill++) {
          client.start(begin);
          await live(emulator, client, 1 + Math.floor(random() * 120), Math.floor(random() * 12));
          await client.kill('SIGKILL');
        }
        client.start(begin);
        await live(emulator, client, Infinity, 0);
        expect(await client.kill('SIGTERM')).toBe(0);
      } finally {
        await client.kill('SIGKILL');
        await emulator.close();
      }
      const state = emulator.state();
      const { entries } = await readJournal(path.join(client.folder ?? '', 'journal.jsonl'));
      expect(compareRuns(reference.entries, entries).differences.filter(({ isVenueFact }) => !isVenueFact)).toEqual([]);
      const ids = state.orders.map((order) => order['clientOrderId']);
      // A conditional order is kept by another service of the venue until it goes off.
      const plain = reference.entries.flatMap(({ message }) =>
        (message.type === 'SubmitOrder' && message.orderType === 'market') || message.type === 'OrderFilled' ? [message.orderId] : [],
      );
      expect(plain.length).toBeGreaterThan(0);
      expect(ids.length).toBe(new Set(plain.map(String)).size);
      expect(new Set(ids).size).toBe(ids.length);
      expect(state.ledger.equity).toBe(reference.equity);
    },
    60_000 + KILLS * 15_000,
  );
});
