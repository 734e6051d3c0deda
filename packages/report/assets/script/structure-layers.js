'use strict';
/** The control that an object's kind belongs to. */
report.layerOf = (kind) => (kind === 'break_of_structure' || kind === 'change_of_character' ? 'break' : kind);

/** Words of the log as a reader says them: `new_york` is `New York`. */
report.spoken = (word) => word.replaceAll('_', ' ').replace(/(^| )[a-z]/g, (letter) => letter.toUpperCase());

/** The short text that stands at an object, or none. */
report.structureLabel = ({ kind, direction, quality }, words) => {
  const side = direction > 0 ? 'H' : 'L';
  switch (kind) {
    case 'break_of_structure':
      return 'BOS';
    case 'change_of_character':
      return 'CHOCH';
    case 'order_block':
      return 'OB';
    case 'extreme_order_block':
      return 'Extreme OB';
    case 'fair_value_gap':
      return 'FVG';
    case 'liquidity':
      return direction > 0 ? 'EQH' : 'EQL';
    case 'previous_day':
      return `PD${side}`;
    case 'previous_week':
      return `PW${side}`;
    case 'session':
      return `${report.spoken(words.sessions[quality])} ${side}`;
    default:
      return '';
  }
};

/** One object in words, for the line above the chart. */
report.describeStructure = (one, view) => {
  const { words } = view.structure;
  const at = (row) => (view.times[row] === undefined ? 'before these candles' : report.timeText(view.times[row] + view.step));
  const price = (value) => value.toFixed(view.encoded.digits);
  const isLevel = ['swing', 'previous_day', 'previous_week', 'session', 'liquidity'].includes(one.kind);
  const side = isLevel ? ['low', '', 'high'] : ['bearish', '', 'bullish'];
  const name = one.kind === 'session' ? `session ${report.spoken(words.sessions[one.quality])}` : one.kind.replaceAll('_', ' ');
  const levels = one.top === one.bottom ? price(one.top) : `${price(one.bottom)}–${price(one.top)}`;
  const later = one.states.map(({ state, row }) => `${state} ${at(row)}`);
  const quality = one.kind.endsWith('order_block') || one.kind === 'fair_value_gap' ? `, quality ${(one.quality / 100).toFixed(2)}` : '';
  return [`${name} (${side[one.direction + 1]}) ${levels}${quality}`, `known ${at(one.known)}`, ...later].join(', ');
};
