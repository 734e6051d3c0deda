import { contentSecurityPolicy } from './content-security-policy.ts';
import { embeddedJson } from './embedded-json.ts';
import { html, type Html, trusted } from './html.ts';
import { loadPageAssets, type PageAssets } from './page-assets.ts';
import { type PageData, pageData } from './page-data.ts';
import type { ReportInput } from './report-input.ts';
import { assumptionsSection } from './sections/assumptions.ts';
import { boundsSection } from './sections/bounds.ts';
import { candlesSection } from './sections/candles.ts';
import { cautionSection } from './sections/cautions.ts';
import { distributionSection } from './sections/distribution.ts';
import { equitySection } from './sections/equity.ts';
import { excursionSection } from './sections/excursions.ts';
import { groupsSection } from './sections/groups.ts';
import { headlineSection } from './sections/headline.ts';
import { liquidationSection } from './sections/liquidations.ts';
import { metricsSection } from './sections/metrics.ts';
import { monthlySection } from './sections/monthly.ts';
import { pageHeader, syntheticBanner } from './sections/page-header.ts';
import { provenanceSection } from './sections/provenance.ts';
import { signalsSection } from './sections/signals.ts';
import { tradesSection } from './sections/trades.ts';
import { venueSection } from './sections/venue.ts';
import { waterfallSection } from './sections/waterfall.ts';
import { structureSpecs } from './structure/structure-specs.ts';

/**
 * One self-contained HTML page of a run: it opens from a file, asks nothing of any network, and the same input gives the same bytes.
 * @throws RangeError when an amount of the result is no decimal or cannot be held exactly.
 */
export function renderReport(input: ReportInput): string {
  const assets = loadPageAssets();
  const structures = structureSpecs(input.result.config.features, input.result.config.interval);
  const data = pageData(input, structures);
  const title = `${input.result.config.strategy} · ${input.result.runId} · Orrery`;
  // Style and scripts go in as whole elements: the policy's hashes cover every byte between their tags.
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy(assets.scripts, assets.style)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>${title}</title>
        ${trusted(`<style>${assets.style}</style>`)}
      </head>
      <body>
        ${syntheticBanner(input.result)}
        <a class="skip" href="#main">Skip to the numbers</a>
        <main id="main">${body(input, data, structures.unread)}</main>
        ${footer(assets)} ${trusted(`<script type="application/json" id="report-data">${embeddedJson(data)}</script>`)}
        ${assets.scripts.map((script) => trusted(`<script>${script}</script>`))}
      </body>
    </html> `.markup;
}

function body({ result, series, definitions }: ReportInput, data: PageData, unread: readonly string[]): readonly Html[] {
  return [
    pageHeader(result),
    cautionSection(result),
    headlineSection(result),
    trusted('<noscript><p class="empty">Charts need JavaScript; every number below is complete without it.</p></noscript>'),
    equitySection(result, series, data.curve),
    monthlySection(result, series),
    candlesSection(data, unread),
    signalsSection(result),
    distributionSection(result.trades),
    excursionSection(result.trades),
    waterfallSection(result.account),
    boundsSection(result),
    liquidationSection(result),
    groupsSection(result, series),
    metricsSection(result, definitions),
    assumptionsSection(result),
    venueSection(result),
    tradesSection(result),
    provenanceSection(result),
  ].filter((part) => part !== null);
}

function footer(assets: PageAssets): Html {
  return html`<footer>
    <p>
      Charts: TradingView Lightweight Charts™. Copyright © 2026 TradingView, Inc.
      <a href="https://www.tradingview.com/" rel="noreferrer noopener">https://www.tradingview.com/</a>
    </p>
    <details>
      <summary>Licence of the chart library (Apache-2.0)</summary>
      <pre tabindex="0">${assets.chartLicence}</pre>
    </details>
  </footer>`;
}
