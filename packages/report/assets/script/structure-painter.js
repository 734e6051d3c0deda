'use strict';
/**
 * What draws on one frame of the chart's canvas, in CSS pixels. `x` is the middle of a row's candle and `after` its right edge, where what
 * its close made known begins.
 */
report.createPainter = (context, size, chart, series) => {
  const scale = chart.timeScale();
  const left = scale.logicalToCoordinate(0) ?? 0;
  const spacing = (scale.logicalToCoordinate(1) ?? 0) - left;
  const x = (row) => left + row * spacing;
  const after = (row) => x(row) + spacing / 2;
  const y = (price) => series.priceToCoordinate(price) ?? -1e4;
  context.font = `600 10px ${getComputedStyle(document.body).fontFamily}`;
  context.textBaseline = 'middle';
  return { context, size, spacing, x, after, y, ...report.createPen(context, size), label: report.createLabeller(context, size) };
};

/** Lines, filled stretches and triangles. */
report.createPen = (context, size) => {
  const clamp = (value) => Math.min(size.width + 20, Math.max(-20, value));
  const segment = (from, to, { colour, dash = [], width = 1, alpha = 1 }) => {
    context.globalAlpha = alpha;
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.setLineDash(dash);
    context.beginPath();
    context.moveTo(from.x, from.y);
    context.lineTo(to.x, to.y);
    context.stroke();
  };
  const line = (from, to, height, style) => {
    const [start, end] = [clamp(from), clamp(to)];
    if (end > start) segment({ x: start, y: height }, { x: end, y: height }, style);
  };
  const fill = (from, to, top, bottom, colour, alpha) => {
    const [start, end] = [clamp(from), clamp(to)];
    if (end <= start) return;
    context.globalAlpha = alpha;
    context.fillStyle = colour;
    // A zone that is lower than a pixel would vanish.
    context.fillRect(start, top, end - start, Math.max(1, bottom - top));
  };
  const triangle = (middle, tip, direction, colour, isHollow = false) => {
    context.globalAlpha = 1;
    context.setLineDash([]);
    context.lineWidth = 1.5;
    context.beginPath();
    context.moveTo(middle, tip);
    context.lineTo(middle - 4, tip - 6 * direction);
    context.lineTo(middle + 4, tip - 6 * direction);
    context.closePath();
    context.fillStyle = isHollow ? report.colour('surface') : colour;
    context.strokeStyle = colour;
    context.fill();
    context.stroke();
  };
  return { line, fill, triangle, segment };
};

/**
 * Writes texts; those that would lie over one another are left out, so the first to ask are the most important.
 * `place` puts a text above, on or below the height, `align` its left edge, middle or right edge at the x.
 */
report.createLabeller = (context, size) => {
  const taken = [];
  return (text, from, height, { colour, place = 'on', align = 'left' }) => {
    if (text === '') return;
    const width = context.measureText(text).width;
    const wanted = align === 'right' ? from - width : align === 'middle' ? from - width / 2 : from;
    const start = Math.min(size.width - width - 2, Math.max(2, wanted));
    const middle = height + { above: -8, on: 0, below: 8 }[place];
    if (middle < 7 || middle > size.height - 7 || from < -width || from > size.width) return;
    const box = { left: start - 2, right: start + width + 2, top: middle - 6, bottom: middle + 6 };
    const isTaken = taken.some(
      (other) => box.left < other.right && box.right > other.left && box.top < other.bottom && box.bottom > other.top,
    );
    if (isTaken) return;
    taken.push(box);
    context.globalAlpha = 1;
    context.setLineDash([]);
    context.lineWidth = 3;
    context.lineJoin = 'round';
    context.strokeStyle = report.colour('surface');
    context.strokeText(text, start, middle);
    context.fillStyle = colour;
    context.fillText(text, start, middle);
  };
};
