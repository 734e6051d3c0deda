// Makes docs/images/structure-*.png: a backtest of `ict` on recorded candles, its report, and the report's chart at chosen windows.
// Run from the repository: `ORRERY_REAL_DATA=… node tools/structure-pictures.mjs`, with Chromium at /usr/bin/chromium or where CHROMIUM says.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const images = path.join(root, 'docs/images');
const recorded = process.env['ORRERY_REAL_DATA'] ?? path.resolve(root, '../shared/data');
const candles = path.join(recorded, '01-vision-um-5m-2025/BTCUSDT-5m-2025-03.csv.gz');
const chromium = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
for (const file of [candles, chromium]) {
  if (existsSync(file)) continue;
  console.error(`${file} is missing: set ORRERY_REAL_DATA to the recorded klines, and CHROMIUM to the browser`);
  process.exit(2);
}

/** Name of each picture, its first candle, how many candles it has, and what is drawn on them. */
const pictures = [
  ['swing', '2025-03-03T18:00Z', 72, 'swing'],
  ['break', '2025-03-04T14:30Z', 96, 'swing,break'],
  ['change-of-character', '2025-03-03T21:00Z', 60, 'swing,break'],
  ['order-block', '2025-03-03T17:00Z', 84, 'order_block,break'],
  ['extreme-order-block', '2025-03-03T17:00Z', 84, 'extreme_order_block,break'],
  ['fair-value-gap', '2025-03-03T17:30Z', 60, 'fair_value_gap'],
  ['liquidity', '2025-03-03T19:30Z', 96, 'liquidity'],
  ['sweep', '2025-03-03T20:00Z', 72, 'sweep'],
  ['premium-discount', '2025-03-03T18:30Z', 60, 'premium,swing'],
  ['previous-day', '2025-03-04T12:00Z', 400, 'previous_day'],
  ['sessions', '2025-03-05T00:00Z', 288, 'session,kill_zone'],
];

const work = mkdtempSync(path.join(tmpdir(), 'orrery-pictures-'));
try {
  const page = makeReport();
  await takePictures(pathToFileURL(page).href);
} finally {
  rmSync(work, { recursive: true });
}

function makeReport() {
  const orrery = (...given) =>
    execFileSync(path.join(root, 'node_modules/.bin/orrery'), given, { cwd: work, stdio: ['ignore', 'ignore', 'inherit'] });
  const page = path.join(work, 'report.html');
  orrery('data', 'import', candles, '--data', work);
  const span = ['--from', '2025-03-01', '--to', '2025-03-08'];
  const market = ['--symbols', 'BTCUSDT', '--interval', '5m', ...span, '--data', work];
  orrery('backtest', '--strategy', 'ict', ...market, '--runs', path.join(work, 'runs'), '--report', page);
  return page;
}

async function takePictures(address) {
  const playwright = createRequire(path.join(root, 'packages/report/package.json'))('playwright-core');
  const browser = await playwright.chromium.launch({ executablePath: chromium, args: ['--no-sandbox', '--disable-gpu'] });
  const page = await browser.newPage({ viewport: { width: 920, height: 1000 }, colorScheme: 'light' });
  for (const [name, from, count, shown] of pictures) {
    await page.goto('about:blank');
    await page.goto(`${address}#candles=BTCUSDT,${from},${count}&show=${shown}`);
    await page.waitForSelector('#candle-chart canvas');
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
    await page.locator('#candle-chart').screenshot({ path: path.join(images, `structure-${name}.png`) });
  }
  await browser.close();
  console.log(
    readdirSync(images)
      .filter((name) => name.startsWith('structure-'))
      .join('\n'),
  );
}
