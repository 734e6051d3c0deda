import { factsTable } from './facts-table.ts';
import type { DatasetSymbol, RunResult } from '@orrery/core';
import { formatNumber, formatTime } from '../format/text.ts';
import { html, type Html } from '../html.ts';
import { reproduceCommand, verifyCommand } from '../reproduce-command.ts';

/** Where every number comes from and how to get it again. */
export function provenanceSection(result: RunResult): Html {
  const { config, dataset } = result;
  const rows: readonly (readonly [string, string])[] = [
    ['Run', result.runId],
    ['Journal digest', result.digest],
    ['Dataset digest', dataset.digest],
    ['Data', dataset.synthetic ? 'synthetic (generated)' : 'recorded'],
    ['Strategy', config.strategy],
    ['Strategy source', config.strategyHash ?? 'ships with Orrery'],
    ['Parameters', pairs(config.params)],
    ['Features', config.features.join('; ') || 'none'],
    ['Models', config.models.map(({ name, id, hash }) => `${name}: ${id} (SHA-256 ${hash})`).join('; ') || 'none'],
    // The command above names them all already.
    ['Symbols', config.symbols.length > 20 ? `${config.symbols.length}, see Data by symbol below` : config.symbols.join(', ')],
    ['Interval', config.interval],
    ['From', config.from === null ? 'first candle' : formatTime(config.from)],
    ['To', config.to === null ? 'last candle' : formatTime(config.to)],
    ['Seed', String(config.seed)],
    ['Start equity', `${config.equity} USDT`],
    ['Fees', `maker ${config.makerFeeBps} bps, taker ${config.takerFeeBps} bps`],
    ['Slippage', `${config.slippageBps} bps`],
    ['Max leverage', `${config.maxLeverage}×`],
    ['Candles', formatNumber(result.candles, 0)],
    ['Engine time', `${formatNumber(result.seconds, 3)} s (${formatNumber(result.candlesPerSecond, 0)} candles/s)`],
    ['Versions', pairs(result.versions)],
  ];
  return html`<section aria-labelledby="provenance-title">
    <h2 id="provenance-title">Provenance</h2>
    <h3>Run it again</h3>
    <pre tabindex="0"><code id="reproduce">${reproduceCommand(result)}</code></pre>
    <h3>Check this run</h3>
    <pre tabindex="0"><code>${verifyCommand(result)}</code></pre>
    <p class="caption">
      Both must end in the journal digest
      below.${result.config.strategyHash === null ? '' : ' FILE is the strategy’s own file; manifest.json names it.'}
    </p>
    ${factsTable(rows)}
    <details>
      <summary>Data by symbol (${dataset.symbols.length})</summary>
      <div class="scroll" tabindex="0" role="region" aria-label="Data by symbol">
        <table class="sortable">
          <thead>
            <tr>
              ${['Symbol', 'Interval', 'Rows', 'First open', 'Last close', 'Gaps', 'Funding rows', 'Source', 'Digest'].map((head) => html`<th scope="col">${head}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${dataset.symbols.map(symbolRow)}
          </tbody>
        </table>
      </div>
    </details>
  </section>`;
}

function symbolRow(symbol: DatasetSymbol): Html {
  return html`<tr>
    <th scope="row">${symbol.symbol}</th>
    <td>${symbol.interval}</td>
    <td class="number" data-sort="${symbol.rows}">${formatNumber(symbol.rows, 0)}</td>
    <td data-sort="${symbol.first}">${formatTime(symbol.first)}</td>
    <td data-sort="${symbol.last}">${formatTime(symbol.last)}</td>
    <td class="number" data-sort="${symbol.gaps}">${formatNumber(symbol.gaps, 0)}</td>
    <td class="number" data-sort="${symbol.fundingRows}">${formatNumber(symbol.fundingRows, 0)}</td>
    <td>${symbol.source}</td>
    <td><code title="${symbol.digest}">${symbol.digest.slice(0, 12)}</code></td>
  </tr>`;
}

function pairs(values: Readonly<Record<string, string | number | boolean>>): string {
  return (
    Object.entries(values)
      .map(([name, value]) => `${name}=${value}`)
      .join(', ') || 'none'
  );
}
