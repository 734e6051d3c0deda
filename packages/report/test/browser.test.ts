import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderReport } from '../src/index.ts';
import { sampleRun } from './sample-run.ts';

const CHROMIUM = '/usr/bin/chromium';
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const HOSTILE = `</script><img src=x onerror=alert(1)>`;

/** Whether a canvas of the box has been drawn on, in more colours than a grid has. Text, as it runs in the page. */
const colouredCanvas = `(id) => [...document.querySelectorAll('#' + id + ' canvas')].some((canvas) => {
  if (canvas.width === 0) return false;
  const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.buffer;
  return new Set(new Uint32Array(pixels)).size > 5;
})`;

describe.runIf(existsSync(CHROMIUM))(`the page in ${CHROMIUM} (left out where it is not installed)`, () => {
  const run = sampleRun({ seed: 13, symbols: ['BTCUSDT', HOSTILE], days: 70, intervalMinutes: 60 });
  const complaints: string[] = [];
  const requests: string[] = [];
  let browser: Browser;
  let page: Page;
  let directory = '';

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'orrery-page-'));
    const file = join(directory, 'report.html');
    await writeFile(file, renderReport(run));
    browser = await chromium.launch({ executablePath: CHROMIUM, args: QUIET });
    page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(pathToFileURL(file).href);
    await page.waitForSelector('#candle-chart canvas');
  });
  afterAll(async () => {
    await browser.close();
    await rm(directory, { recursive: true });
  });

  it('draws both charts', async () => {
    for (const id of ['equity-chart', 'candle-chart']) {
      await page.waitForFunction(`(${colouredCanvas})('${id}')`);
    }
    expect(await page.locator('#equity-chart canvas').count()).toBeGreaterThan(2);
  });

  it('draws equity, drawdown, exposure, leverage, margin and distance on one time axis', async () => {
    expect(await page.locator('#equity-chart').getAttribute('class')).toBe('chart chart-equity panes-6');
    const panes = await page.evaluate('report.charts[0].chart.panes().map((pane) => pane.getSeries()[0].data().length)');
    expect(panes).toEqual(Array.from({ length: 6 }, () => run.series.curve.time.length));
    expect(await page.locator('#equity-readout').textContent()).toMatch(
      /^2025-01-26 23:59 .* USDT, buy and hold .*, drawdown .* %, exposure .*×, margin ratio .* %, liquidation .* % away$/,
    );
  });

  it('breaks the line where nothing is held, and dots a point between two gaps', async () => {
    const gaps = await page.evaluate(
      'report.withGaps([1, 2, 3, 4, 5], [null, 0.5, 0.4, null, 0.3]).map((point) => point.color ?? "drawn")',
    );
    expect(gaps).toEqual(['transparent', 'transparent', 'drawn', 'transparent', 'transparent']);
    expect(await page.evaluate('report.lonePoints([1, 2, 3, 4, 5], [null, 0.5, 0.4, null, 0.3])')).toEqual([{ time: 5, value: 0.3 }]);
  });

  it('sorts the money by symbol, and leaves its sums below', async () => {
    const names = (): Promise<string[]> => page.locator('#symbol-money tbody th').allTextContents();
    const foot = await page.locator('#symbol-money tfoot').textContent();
    await page.locator('#symbol-money thead th:nth-child(10) button').click();
    const turnover = await page
      .locator('#symbol-money tbody td:nth-child(10)')
      .evaluateAll((cells) => cells.map((cell) => Number(cell.getAttribute('data-sort'))));
    expect(turnover).toEqual([...turnover].sort((a, b) => a - b));
    expect([...(await names())].sort()).toEqual([HOSTILE, 'BTCUSDT'].sort());
    expect(await page.locator('#symbol-money tfoot').textContent()).toBe(foot);
  });

  it('asks the network for nothing and complains of nothing', async () => {
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.setViewportSize({ width: 420, height: 800 });
    await page.setViewportSize({ width: 1200, height: 900 });
    await page.emulateMedia({ colorScheme: 'light' });
    expect(requests).toHaveLength(1);
    expect(complaints).toEqual([]);
    expect(await page.locator('img').count()).toBe(0);
  });

  it('shows the months of the run: November to January', async () => {
    const cells = page.locator('.monthly td[class*="heat-"]:not(.total)');
    expect(await cells.count()).toBe(3);
    expect(await page.locator('.monthly tbody th').allTextContents()).toEqual(['2024', '2025']);
  });

  it('sorts the trades by profit, up and then down, by keyboard', async () => {
    const profits = async (): Promise<number[]> => {
      const keys = await page
        .locator('#trades tbody tr td:nth-child(12)')
        .evaluateAll((cells) => cells.map((cell) => cell.getAttribute('data-sort')));
      return keys.map(Number);
    };
    const ascending = [...(await profits())].sort((a, b) => a - b);
    const head = page.locator('#trades thead th:nth-child(12) button');
    await head.focus();
    await page.keyboard.press('Enter');
    expect(await profits()).toEqual(ascending);
    expect(await page.locator('#trades thead th:nth-child(12)').getAttribute('aria-sort')).toBe('ascending');
    await page.keyboard.press('Enter');
    expect(await profits()).toEqual([...ascending].reverse());
  });

  it('picks another symbol, and a trade from the table', async () => {
    await page.selectOption('#symbol-picker', '1');
    expect(await page.locator('#candle-readout').textContent()).toContain(HOSTILE);
    await page.locator('#trades button[data-symbol="BTCUSDT"]').first().click();
    expect(await page.locator('#candle-readout').textContent()).toMatch(/^BTCUSDT 1h/);
  });

  it('fits a narrow screen', async () => {
    await page.setViewportSize({ width: 420, height: 800 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(420);
  });
});
