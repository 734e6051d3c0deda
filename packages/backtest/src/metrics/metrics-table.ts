import type { MetricDefinition, MetricGroup } from '@orrery/core';

const CHAPTERS: Readonly<Record<MetricGroup, string>> = {
  return: 'Return and risk',
  drawdown: 'Drawdown',
  benchmark: 'Against buy-and-hold',
  trade: 'Trades',
  exposure: 'Exposure and account',
  cost: 'Costs',
};

const HEAD: readonly string[] = ['id', 'metric', 'unit', 'formula', 'annualised', 'better', 'source'];

/** The definitions as Markdown, one table per chapter: the reference part of the documentation of the metrics. */
export function metricsTable(definitions: readonly MetricDefinition[]): string {
  return Object.entries(CHAPTERS)
    .map(([group, title]) => {
      const rows = definitions
        .filter((definition) => definition.group === group)
        .map((m) => ['`' + m.id + '`', m.title, m.unit, m.formula, m.annualisation ?? '', m.direction, m.source]);
      return [`### ${title}`, '', ...table(HEAD, rows), ''].join('\n');
    })
    .join('\n');
}

/** Rows of a Markdown table with aligned columns, as the formatter of the repository leaves them. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const escaped = [head, ...rows].map((cells) => cells.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = head.map((_, column) => escaped.reduce((most, cells) => Math.max(most, [...(cells[column] ?? '')].length), 3));
  const line = (cells: readonly string[], filler: string): string =>
    `| ${cells.map((cell, column) => cell + filler.repeat((widths[column] ?? 0) - [...cell].length)).join(' | ')} |`;
  const [first = [], ...rest] = escaped;
  return [
    line(first, ' '),
    line(
      head.map(() => ''),
      '-',
    ),
    ...rest.map((cells) => line(cells, ' ')),
  ];
}
