'use strict';
/**
 * Objects of market structure of one layer, read back from their differences: rows count from the chart's first candle, prices are prices.
 * `end` is the row at whose close an object was over, or null; `mitigated` likewise the row at which price reached its middle.
 */
report.decodeStructures = (layer, digits, words) => {
  const scale = 10 ** digits;
  const numbers = layer.objects;
  const objects = [];
  let origin = 0;
  let top = 0;
  for (let at = 0; at < numbers.length;) {
    const [signedKind, sinceOrigin, untilKnown, sinceTop, height, quality, count] = numbers.slice(at, at + 7);
    at += 7;
    origin += sinceOrigin;
    top += sinceTop;
    const known = origin + untilKnown;
    const states = [];
    let row = known;
    for (let k = 0; k < count; k += 1, at += 2) {
      row += numbers[at + 1];
      states.push({ state: words.states[numbers[at]], row });
    }
    objects.push({
      kind: words.kinds[Math.abs(signedKind) - 1],
      direction: Math.sign(signedKind),
      origin,
      known,
      top: top / scale,
      bottom: (top - height) / scale,
      quality,
      states,
      ...report.lifeOf(known, states, words.kinds[Math.abs(signedKind) - 1]),
    });
  }
  return objects;
};

/** Where an object's life ends, and where its middle was reached. A swing that was swept can still be broken. */
report.lifeOf = (known, states, kind) => {
  const moments = ['break_of_structure', 'change_of_character', 'sweep'];
  const last = ['filled', 'broken', 'swept', 'expired', 'superseded'];
  if (moments.includes(kind)) return { end: known, mitigated: null };
  const ends = states.find(({ state }) => last.includes(state) && !(kind === 'swing' && state === 'swept'));
  return {
    end: ends === undefined ? null : ends.row,
    mitigated: states.find(({ state }) => state === 'mitigated')?.row ?? null,
  };
};

/**
 * The range between the last swing high and the last swing low, as it was known: stretches of rows, each from the one at whose close it
 * became known. A stretch whose low is not below its high, as after a break, has no premium and no discount.
 */
report.swingRanges = (objects) => {
  const ranges = [];
  let high = null;
  let low = null;
  for (const { kind, direction, known, top } of objects) {
    if (kind !== 'swing') continue;
    if (direction > 0) high = top;
    else low = top;
    const before = ranges.at(-1);
    if (before !== undefined) before.to = known;
    if (high !== null && low !== null) ranges.push({ from: known, to: null, high, low });
  }
  return ranges.filter((range) => range.low < range.high && range.to !== range.from);
};
