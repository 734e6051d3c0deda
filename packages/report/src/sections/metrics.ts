import type { MetricDefinition, MetricGroup, RunResult } from '@orrery/core';
import { formatMetric, formatNumber } from '../format/text.ts';
import { html, type Html } from '../html.ts';

const CHAPTERS: Readonly<Record<MetricGroup, string>> = {
  return: 'Return and risk',
  drawdown: 'Drawdown',
  benchmark: 'Against buy and hold',
  trade: 'Trades',
  exposure: 'Exposure and account',
  cost: 'Costs',
};

/** Every metric of the result with its formula; one without a definition is shown by its id, so that none is lost. */
export function metricsSection(result: RunResult, definitions: readonly MetricDefinition[]): Html {
  const known = new Set(definitions.map((definition) => definition.id));
  const unknown = Object.keys(result.metrics).filter((id) => !known.has(id));
  const chapters = Object.entries(CHAPTERS).map(([group, title]) => {
    const rows = definitions.filter((definition) => definition.group === group && definition.id in result.metrics);
    return rows.length === 0
      ? null
      : chapter(
          title,
          rows.map((definition) => definedRow(definition, result.metrics[definition.id] ?? null)),
        );
  });
  return html`<section aria-labelledby="metrics-title">
    <h2 id="metrics-title">All metrics</h2>
    <div class="chapters">
      ${chapters.filter((part) => part !== null)}
      ${
        unknown.length === 0
          ? null
          : chapter(
              'Others',
              unknown.map((id) => plainRow(id, result.metrics[id] ?? null)),
            )
      }
    </div>
    <p class="caption">Hover or focus a name for its formula. – means that the run leaves the metric undefined.</p>
  </section>`;
}

function chapter(title: string, rows: readonly Html[]): Html {
  return html`<table class="metrics">
    <caption>
      ${title}
    </caption>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}

function definedRow(definition: MetricDefinition, value: number | null): Html {
  const yearly = definition.annualisation === null ? '' : ` Annualised: ${definition.annualisation}.`;
  const tip = `${definition.formula}.${yearly} Source: ${definition.source}.`;
  return html`<tr data-metric="${definition.id}">
    <th scope="row"><span class="tip" tabindex="0" data-tip="${tip}">${definition.title}</span></th>
    <td class="number">${formatMetric(value, definition.unit)}</td>
  </tr>`;
}

function plainRow(id: string, value: number | null): Html {
  return html`<tr data-metric="${id}">
    <th scope="row">${id}</th>
    <td class="number">${formatNumber(value, 4)}</td>
  </tr>`;
}
