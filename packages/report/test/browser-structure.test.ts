import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { INTERVAL_MS } from '@orrery/core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { renderReport } from '../src/index.ts';
import { withFeatures } from './sample-features.ts';
import { sampleRun } from './sample-run.ts';
import { SIGNALS, sampleOf } from './sample-signals.ts';

const CHROMIUM = '/usr/bin/chromium';
const ARGS = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update'];

describe.runIf(existsSync(CHROMIUM))(`structures in ${CHROMIUM} (left out where it is not installed)`, () => {
  const run = withFeatures(sampleRun({ seed: 17, symbols: ['BTCUSDT', 'ETHUSDT'], days: 12 }), [
    'ict(structure(3,3,500)@15m,structure(3,3,500)@1h)',
  ]);
  const times = run.candles?.[0]?.time ?? [];
  const closing = (row: number): number => times[row] + INTERVAL_MS['5m'] - 1;
  const samples = [sampleOf({ entryTime: closing(1000), exitTime: closing(1040), grossReturn: 0.01, win: true })];
  const complaints: string[] = [];
  const requests: string[] = [];
  let browser: Browser;
  let page: Page;
  let directory = '';
  let address = '';

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'orrery-structure-'));
    const file = join(directory, 'report.html');
    await writeFile(file, renderReport({ ...run, samples, result: { ...run.result, signals: SIGNALS } }));
    address = pathToFileURL(file).href;
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGS });
    page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => requests.push(request.url()));
  });
  beforeEach(async () => {
    await page.goto('about:blank');
    await page.setViewportSize({ width: 1200, height: 900 });
  });
  afterAll(async () => {
    await browser.close();
    await rm(directory, { recursive: true });
  });

  async function open(hash: string): Promise<void> {
    await page.goto(`${address}${hash}`);
    await page.waitForSelector('#candle-chart canvas');
  }
  const from = new Date(times[900]).toISOString();

  it('draws nothing while a candle is too narrow, and says so', async () => {
    await open('');
    await expect.poll(() => page.locator('#structure-note').textContent()).toContain('Zoom in to see all structures');
  });

  it('opens where its address says, with the layers and the interval that it names', async () => {
    await open(`#candles=ETHUSDT,${from},150&show=swing,fair_value_gap&of=1h`);
    expect(await page.locator('#symbol-picker').inputValue()).toBe('1');
    expect(await page.locator('#structure-interval option:checked').textContent()).toBe('1h · structure(3,3,500)');
    const checked = await page
      .locator('#structure-controls input:checked')
      .evaluateAll((inputs) => inputs.map((input) => input.getAttribute('data-layer')));
    expect(checked).toEqual(['fair_value_gap', 'swing']);
    const range = await page.evaluate('report.charts[1].chart.timeScale().getVisibleLogicalRange()');
    expect(range).toEqual({ from: 899.5, to: 1049.5 });
    expect(await page.locator('#structure-note').textContent()).toBe('');
  });

  it('says what its address names and the page has not', async () => {
    await open(`#candles=BTCUSDT,${from},150&show=swings&of=4h`);
    expect(await page.locator('#candle-readout').textContent()).toBe('These candles have no structure of 4h. There is no swings to draw.');
    await page.goto('about:blank');
    await open('#candles=XRPUSDT,2025-01-01T00:00Z,150');
    expect(await page.locator('#candle-readout').textContent()).toContain('The page has no candles XRPUSDT,2025-01-01T00:00Z,150');
  });

  it('draws a layer when its box is checked, by keyboard', async () => {
    await open(`#candles=BTCUSDT,${from},150&show=none`);
    const drawn = async (): Promise<string> => (await page.locator('#candle-chart').screenshot()).toString('base64');
    const bare = await drawn();
    for (const layer of ['order_block', 'premium', 'virtual']) {
      const box = page.locator(`input[data-layer="${layer}"]`);
      await box.focus();
      await page.keyboard.press('Space');
      expect(await box.isChecked()).toBe(true);
      await expect.poll(async () => (await drawn()) === bare).toBe(false);
      await page.keyboard.press('Space');
      await expect.poll(async () => (await drawn()) === bare).toBe(true);
    }
  });

  it('reads out the object under the pointer: what it is, and when it was known', async () => {
    await open(`#candles=BTCUSDT,${from},150&show=order_block`);
    const place = await page.evaluate(`new Promise((done) => requestAnimationFrame(() => {
      const { chart } = report.charts[1];
      const data = report.data.structures;
      const objects = report.decodeStructures(data.layers[0], report.data.candles[0].digits, data);
      const one = objects.find((o) => o.kind === 'order_block' && o.known > 910 && o.known < 1000 && (o.end ?? 9999) > o.known + 5);
      const series = chart.panes()[0].getSeries()[0];
      done({ x: chart.timeScale().logicalToCoordinate(one.known + 2), y: (series.priceToCoordinate(one.top) + series.priceToCoordinate(one.bottom)) / 2 });
    }))`);
    const { x, y } = place as { x: number; y: number };
    const box = await page.locator('#candle-chart').boundingBox();
    await page.mouse.move((box?.x ?? 0) + x, (box?.y ?? 0) + y);
    await expect
      .poll(() => page.locator('#structure-readout').textContent())
      .toMatch(/order block \((bullish|bearish)\) [\d.]+–[\d.]+, quality 0\.\d\d, known 2024-11-2\d \d\d:\d\d/);
  });

  it('complains of nothing, asks for nothing, and fits a narrow screen', async () => {
    await open(`#candles=BTCUSDT,${from},150&show=order_block,extreme_order_block,fair_value_gap,break,swing,liquidity,sweep`);
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.setViewportSize({ width: 400, height: 800 });
    await open(`#candles=BTCUSDT,${from},150&show=premium,previous_day,previous_week,session,kill_zone,virtual,trades`);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(400);
    expect(complaints).toEqual([]);
    expect(requests.filter((url) => !url.startsWith(address) && url !== 'about:blank')).toEqual([]);
  });
});
