import { html, type Html } from '../html.ts';

/** One row of a picture of amounts on a common scale: words and number above, a bar between two amounts or a mark at one below. */
export interface LevelRow {
  readonly label: string;
  readonly value: string;
  readonly tone: 'gain' | 'loss' | 'flat';
  readonly from: number;
  readonly to: number;
}

/** A line across all rows. */
export interface LevelLine {
  readonly at: number;
  readonly kind: 'zero' | 'start';
}

const ROW_HEIGHT = 36;
/** Where a row's bar begins and how high it is, px under the row's top. */
const BAR_TOP = 20;
const BAR_HEIGHT = 9;
const TEXT_BASE = 14;
/** Free on either side of the outermost amounts, so that marks there are whole; percent of the width. */
const MARGIN = 1.5;

/**
 * Draws rows whose texts keep their size at any width: places are percent of the width, heights px. Bars of rows that follow each
 * other are joined where one ends and the next begins.
 * @param description the picture in words
 */
export function levelRows(rows: readonly LevelRow[], lines: readonly LevelLine[], description: string): Html {
  const ends = [...rows.flatMap((row) => [row.from, row.to]), ...lines.map((line) => line.at)];
  const low = ends.reduce((least, end) => Math.min(least, end), Infinity);
  const high = ends.reduce((most, end) => Math.max(most, end), -Infinity);
  const place = (amount: number): number => (high > low ? round(MARGIN + ((amount - low) / (high - low)) * (100 - 2 * MARGIN)) : 50);
  const height = rows.length * ROW_HEIGHT;
  return html`<svg class="levels" width="100%" height="${height}" role="img" aria-label="${description}">
    ${lines.map((line) => html`<line class="level-${line.kind}" x1="${place(line.at)}%" x2="${place(line.at)}%" y1="0" y2="${height}" />`)}
    ${rows.map((row, i) => drawRow(row, rows[i + 1] ?? null, i * ROW_HEIGHT, place))}
  </svg>`;
}

function drawRow(row: LevelRow, next: LevelRow | null, top: number, place: (amount: number) => number): Html {
  const left = place(Math.min(row.from, row.to));
  const width = round(place(Math.max(row.from, row.to)) - left);
  const end = place(row.to);
  const joined = next !== null && next.from === row.to;
  return html`<g>
    ${joined ? html`<line class="level-join" x1="${end}%" x2="${end}%" y1="${top + BAR_TOP}" y2="${top + ROW_HEIGHT + BAR_TOP}" />` : null}
    ${
      row.from === row.to
        ? html`<circle class="level-mark" cx="${end}%" cy="${top + BAR_TOP + BAR_HEIGHT / 2}" r="${BAR_HEIGHT / 2}" />`
        : html`<rect class="bar-${row.tone} level-bar" x="${left}%" y="${top + BAR_TOP}" width="${width}%" height="${BAR_HEIGHT}" />`
    }
    <text class="level-text" x="0" y="${top + TEXT_BASE}">${row.label}</text>
    <text class="level-text ${row.tone}" x="100%" y="${top + TEXT_BASE}" text-anchor="end">${row.value}</text>
  </g>`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
