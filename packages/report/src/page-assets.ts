import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** Texts that every page carries, read from the package's own files and from the chart library. */
export interface PageAssets {
  readonly style: string;
  /** Scripts in the order that they run. */
  readonly scripts: readonly string[];
  /** Licence of the chart library; its terms ask that a copy goes with it. */
  readonly chartLicence: string;
}

/** Parts of the style sheet; later ones override earlier ones. */
const STYLES = [
  'base.css',
  'headline.css',
  'charts.css',
  'structure.css',
  'tables.css',
  'figures.css',
  'pictures.css',
  'details.css',
  'media.css',
];

/** The page's own scripts, in the order that they run: each file adds to one object that the last one starts. */
const SCRIPTS = [
  'theme.js',
  'equity-panes.js',
  'equity-chart.js',
  'candle-data.js',
  'structure-data.js',
  'structure-layers.js',
  'structure-painter.js',
  'structure-shapes.js',
  'structure-areas.js',
  'structure-overlay.js',
  'structure-controls.js',
  'candle-address.js',
  'candle-view.js',
  'candle-chart.js',
  'sortable-tables.js',
  'start.js',
];
const ASSETS = new URL('../assets/', import.meta.url);

/**
 * Reads the assets. They lie beside `src` and `dist`, so the same relative address serves both.
 * @throws Error when a file is missing, or when a script could end its own element.
 */
export function loadPageAssets(): PageAssets {
  const library = createRequire(import.meta.url)
    .resolve('lightweight-charts/package.json')
    .replace(/package\.json$/, '');
  const chart = readFileSync(`${library}dist/lightweight-charts.standalone.production.js`, 'utf8');
  const own = SCRIPTS.map((name) => readFileSync(new URL(`script/${name}`, ASSETS), 'utf8'));
  const scripts = [withoutSourceMap(chart), ...own];
  for (const script of scripts) {
    if (/<\/script|<!--/i.test(script)) throw new Error('a script of the report holds a text that would end its element');
  }
  return {
    style: STYLES.map((name) => readFileSync(new URL(`style/${name}`, ASSETS), 'utf8')).join(''),
    scripts,
    chartLicence: readFileSync(`${library}LICENSE`, 'utf8'),
  };
}

/** A pointer to a map would be a request that the page may not make. */
function withoutSourceMap(script: string): string {
  return script.replace(/^\/\/# sourceMappingURL=.*$/m, '');
}
