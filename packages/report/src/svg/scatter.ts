import { formatNumber } from '../format/text.ts';
import { html, type Html } from '../html.ts';

/** A dot where it was won, a dash where not. */
export interface ScatterPoint {
  readonly x: number;
  readonly y: number;
  readonly won: boolean;
}
/** Where the axes end; x begins at 0, y contains 0. */
export interface ScatterRange {
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

/** The plot is drawn on a grid of so many steps a side; points in one cell become one. */
const GRID = 500;
const TICKS = 4;
/** Share of the points beyond which an axis may end. */
const TAIL = 0.01;
/** Parts of the height within which two labels of the vertical axis would touch. */
const LABEL_GAP = 0.08;

/** Axes that hold all but the outermost points. */
export function scatterRange(points: readonly ScatterPoint[]): ScatterRange {
  const along = (values: readonly number[], share: number): number =>
    [...values].sort((a, b) => a - b)[Math.round((values.length - 1) * share)] ?? 0;
  const ys = points.map((point) => point.y);
  const right = along(
    points.map((point) => point.x),
    1 - TAIL,
  );
  const bottom = Math.min(0, along(ys, TAIL));
  const top = Math.max(0, along(ys, 1 - TAIL));
  return { right: right > 0 ? right : 1, bottom, top: top > bottom ? top : bottom + 1 };
}

/** Points that the axes do not hold; they are drawn on the edge. */
export function pointsBeyond(points: readonly ScatterPoint[], range: ScatterRange): number {
  return points.filter(({ x, y }) => x > range.right || y < range.bottom || y > range.top).length;
}

/**
 * Points of two kinds under two axes in percent, with a line at the median of each kind. Marks keep their size at any width of the box,
 * and thousands of them take a few bytes each.
 * @param description the picture in words
 */
export function scatter(
  points: readonly ScatterPoint[],
  range: ScatterRange,
  medians: { readonly won: number | null; readonly lost: number | null },
  description: string,
): Html {
  const column = (x: number): number => Math.round(Math.min(1, x / range.right) * GRID);
  const row = (y: number): number => {
    const inside = Math.min(range.top, Math.max(range.bottom, y));
    return Math.round(((range.top - inside) / (range.top - range.bottom)) * GRID);
  };
  const cells = (won: boolean): readonly string[] => [
    ...new Set(points.flatMap((point) => (point.won === won ? [`${column(point.x)} ${row(point.y)}`] : []))),
  ];
  const middle = (kind: 'won' | 'lost', x: number | null): Html | null =>
    x === null ? null : html`<path class="scatter-median scatter-${kind}" d="M${column(x)} 0V${GRID}" />`;
  const ticks = Array.from({ length: TICKS + 1 }, (_, i) => (range.right * i) / TICKS);
  return html`<figure class="scatter">
    <svg class="scatter-scale" aria-hidden="true">${verticalLabels(range)}</svg>
    <svg class="scatter-plot" viewBox="0 0 ${GRID} ${GRID}" preserveAspectRatio="none" role="img" aria-label="${description}">
      <path class="scatter-zero" d="M0 ${row(0)}H${GRID}" />
      <path
        class="scatter-marks scatter-won"
        d="${cells(true)
          .map((cell) => `M${cell}h0`)
          .join('')}"
      />
      <path
        class="scatter-marks scatter-lost"
        d="${cells(false)
          .map((cell) => `M${cell}m-4 0h8`)
          .join('')}"
      />
      ${middle('won', medians.won)} ${middle('lost', medians.lost)}
    </svg>
    <div class="scatter-axis" aria-hidden="true">${ticks.map((tick) => html`<span>${percent(tick)}</span>`)}</div>
  </figure>`;
}

function verticalLabels({ bottom, top }: ScatterRange): readonly Html[] {
  const zero = top / (top - bottom);
  const labels: readonly (readonly [number, number])[] = [
    ...(zero > LABEL_GAP ? [[top, 0] as const] : []),
    [0, zero],
    ...(1 - zero > LABEL_GAP ? [[bottom, 1] as const] : []),
  ];
  return labels.map(
    ([value, place]) =>
      html`<text
        x="100%"
        y="${Math.round(place * 1000) / 10}%"
        dy="${place === 0 ? '0.8em' : place === 1 ? '-0.1em' : '0.35em'}"
        text-anchor="end"
      >
        ${percent(value)}
      </text>`,
  );
}

function percent(fraction: number): string {
  const value = fraction * 100;
  return `${formatNumber(value, Math.abs(value) >= 10 || value === 0 ? 0 : 1)} %`;
}
