import { describe, expect, it } from 'vitest';
import { type ReportInput, renderReport } from '../src/index.ts';
import { sampleRun } from './sample-run.ts';

const HOSTILE = `</script><img src=x onerror=alert(1)>"'`;

function embedded(
  page: string,
): Record<string, unknown> & { curve: { equity: number[] }; candles: { time: number[]; resampled: boolean }[] | null } {
  const json = /<script type="application\/json" id="report-data">([^<]*)<\/script>/.exec(page)?.[1] ?? '';
  return JSON.parse(json);
}

function card(page: string, id: string): string {
  return new RegExp(`data-card="${id}">[^]*?<dd class="[a-z]*">([^<]*)</dd>`).exec(page)?.[1] ?? 'missing';
}

/** What a reader sees: the page without its scripts, style and licence. */
function visible(page: string): string {
  return page.replace(/<(script|style|details)[^]*?<\/\1>/g, '');
}

const run = sampleRun({ seed: 11, symbols: ['BTCUSDT', 'ETHUSDT'], days: 40, intervalMinutes: 60 });
const page = renderReport(run);

describe('numbers of the page', () => {
  it('carries the result’s own numbers', () => {
    const data = embedded(page);
    expect(data).toMatchObject({ runId: 'sample-11', digest: run.result.digest, metrics: run.result.metrics, startEquity: 10_000 * 1e8 });
    expect(data.curve.equity).toEqual(run.series.curve.equity);
    expect(data.candles?.map((one) => one.time.length)).toEqual([960, 960]);
  });

  it('shows them in the headline', () => {
    const { metrics, account } = run.result;
    expect(card(page, 'totalReturn')).toBe(`${((metrics['totalReturn'] ?? 0) * 100).toFixed(2)} %`.replace('-', '−'));
    expect(card(page, 'trades')).toBe(String(metrics['trades']));
    expect(card(page, 'fees')).toBe(`−${Number(account.fees).toFixed(2)}`);
    expect(card(page, 'winRate')).toBe(`${((metrics['winRate'] ?? 0) * 100).toFixed(2)} %`);
  });

  it('has a row for every metric, with its formula', () => {
    for (const { id } of run.definitions) expect(page).toContain(`data-metric="${id}"`);
    expect(page).toContain('mean(r) / sd(r) · √365');
  });

  it('shows a metric that nobody defined', () => {
    const result = { ...run.result, metrics: { ...run.result.metrics, homemade: 1.25 } };
    expect(renderReport({ ...run, result })).toMatch(/data-metric="homemade"[^]*?1\.2500/);
  });

  it('lists trades and says how many are left out', () => {
    const many = sampleRun({ seed: 2, symbols: ['BTCUSDT'], days: 30, intervalMinutes: 60, tradesPerDay: 20 });
    const text = renderReport(many);
    expect(text.match(/data-trade="/g)).toHaveLength(500);
    expect(text).toMatch(/The first 500 of 600 trades; 100 are left\s+out/);
    expect(page).not.toContain('id="trades-left"');
  });
});

describe('honesty of the page', () => {
  it('marks synthetic data unmistakably, and only them', () => {
    expect(renderReport(sampleRun({ seed: 1, symbols: ['A'], days: 3, synthetic: true }))).toContain('<strong>Synthetic data</strong>');
    expect(page).not.toContain('<strong>Synthetic data</strong>');
  });

  it('puts warnings above the headline', () => {
    const text = renderReport({ ...run, result: { ...run.result, warnings: ['Three candles are missing.'] } });
    expect(text.indexOf('Three candles are missing.')).toBeGreaterThan(0);
    expect(text.indexOf('Three candles are missing.')).toBeLessThan(text.indexOf('data-card='));
  });

  it('cries out when the account does not add up', () => {
    const account = { ...run.result.account, fees: '0' };
    const text = visible(renderReport({ ...run, result: { ...run.result, account } }));
    expect(text).toContain('The account does not add up');
    expect(text).toContain('Unexplained');
    expect(visible(page)).not.toContain('does not add up');
  });

  it('says when candles are absent or merged', () => {
    expect(renderReport({ ...run, candles: null })).toContain('The dataset was not at hand');
    const long = sampleRun({ seed: 4, symbols: ['BTCUSDT'], days: 30 });
    expect(embedded(renderReport(long)).candles?.[0]).toMatchObject({ interval: '5m', shownInterval: '15m', resampled: true });
  });

  it('renders a run without trades, days and candles', () => {
    const empty: ReportInput = {
      result: {
        ...run.result,
        trades: [],
        metrics: { sharpe: null, trades: 0 },
        bounds: null,
        dataset: { ...run.result.dataset, symbols: [] },
      },
      series: {
        ...run.series,
        daily: { time: [], equity: [] },
        curve: { time: [], equity: [], low: [], high: [], exposure: [], marginRatio: [], liquidationDistance: [] },
        benchmark: [],
      },
      candles: [],
      definitions: run.definitions,
    };
    const text = visible(renderReport(empty));
    expect(text).toContain('The run made no trades.');
    expect(text).toContain('There are no finished trades.');
    expect(text).toContain('there is no exposure, leverage or margin to draw');
    expect(text).toContain('The other readings were not run');
    expect(text).not.toMatch(/NaN|Infinity|undefined<|null/);
  });
});

describe('liquidations and forced exits', () => {
  const forced = sampleRun({ seed: 6, symbols: ['AUSDT', 'BUSDT'], days: 60, intervalMinutes: 60, forced: true });
  const text = renderReport(forced);
  const ended = forced.result.trades.filter(({ exitReason }) => ['liquidation', 'adl', 'delisted'].includes(exitReason));

  it('lists every trade that the venue ended, and marks it in the table of trades', () => {
    expect(ended.map(({ exitReason }) => exitReason).sort()).toEqual(['adl', 'delisted', 'liquidation', 'liquidation']);
    const own = /id="forced">[^]*?<\/table>/.exec(text)?.[0] ?? '';
    expect(own.match(/data-trade="/g)).toHaveLength(4);
    expect(text.match(/<tr class="forced-row">/g)).toHaveLength(4);
    expect(text).toContain('<span class="forced">Auto-deleveraging</span>');
  });

  it('gives their number, fees and what the fund took over', () => {
    const { liquidationFees, absorbed } = forced.result.account;
    expect(text).toContain(
      `2 times: ${Number(liquidationFees).toFixed(2)} USDT of liquidation fees were paid, and the insurance fund took over ${Number(absorbed).toFixed(2)} USDT`,
    );
    expect(page).toContain('The venue closed no position by itself.');
  });

  it('states where exposure and margin were at their worst', () => {
    const { curve } = forced.series;
    const worst = Math.max(...curve.marginRatio);
    const nearest = Math.min(...curve.liquidationDistance.filter((distance) => distance !== null));
    expect(text).toContain(`Highest margin ratio ${(worst * 100).toFixed(2)} %`);
    expect(text).toContain(`Nearest to a liquidation price ${(nearest * 100).toFixed(2)} %`);
    expect(text).toContain('panes-6');
  });
});

describe('safety of the page', () => {
  const symbols = [HOSTILE, 'ETHUSDT'];
  const hostile = sampleRun({ seed: 3, symbols, days: 5, intervalMinutes: 60, strategy: HOSTILE, warnings: [HOSTILE] });
  const result = {
    ...hostile.result,
    runId: HOSTILE,
    versions: { [HOSTILE]: HOSTILE },
    orders: { ...hostile.result.orders, denied: { [HOSTILE]: 1 } },
    venue: { ...hostile.result.venue, withoutBrackets: [HOSTILE], brackets: { time: 0, sha256: HOSTILE } },
  };
  const text = renderReport({ ...hostile, result });

  it('lets no untrusted text become markup', () => {
    expect(text).not.toContain('<img');
    expect(text.match(/<script/g)).toHaveLength(18);
    expect(text.match(/<\/script/g)).toHaveLength(18);
    expect(embedded(text)['runId']).toBe(HOSTILE);
  });

  it('quotes untrusted text in the command to copy', () => {
    expect(visible(text)).toContain('--strategy &#39;&lt;/script&gt;');
  });

  it('refers to nothing outside itself but in one link', () => {
    const references = [...text.matchAll(/<[a-z][^>]*?\s(?:src|href|action|poster|data)="([^"]*)"/g)].map((match) => match[1]);
    expect(references).toEqual(['#main', 'https://www.tradingview.com/']);
    expect(/<style>([^]*?)<\/style>/.exec(text)?.[1]).not.toMatch(/url\(|@import/);
    expect(text).not.toMatch(/sourceMappingURL=/);
  });

  it('forbids the network and every script but its own', () => {
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(text)?.[1] ?? '';
    expect(policy).toContain('default-src &#39;none&#39;');
    expect(policy).toContain('connect-src &#39;none&#39;');
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(policy.match(/script-src( &#39;sha256-[A-Za-z0-9+/=]{44}&#39;){17};/)).toHaveLength(2);
  });

  it('carries the chart library’s notice and licence', () => {
    expect(text).toContain('TradingView Lightweight Charts™. Copyright ©');
    expect(text).toContain('Apache License');
  });
});

describe('size and sameness', () => {
  it('gives the same bytes for the same input', () => {
    expect(renderReport(sampleRun({ seed: 11, symbols: ['BTCUSDT', 'ETHUSDT'], days: 40, intervalMinutes: 60 }))).toBe(page);
  });

  it('stays under 5 MB for a year of 5 m candles on 20 symbols', () => {
    const symbols = Array.from({ length: 20 }, (_, i) => `S${i}USDT`);
    const year = sampleRun({ seed: 8, symbols, days: 365, tradesPerDay: 30, forced: true });
    const bytes = Buffer.byteLength(renderReport(year));
    expect(year.result.candles).toBe(20 * 365 * 288);
    expect(bytes).toBeLessThan(5_000_000);
  });
});
