import { defineStrategy } from '@orrery/core';

// Planted bug: counts reports of fills instead of remembering which order they were about. One report: a quarter of the
// allotment, as meant. The same report once more, as after a reconnect: a half.
export default defineStrategy({
  id: 'doubles-on-a-repeated-fill',
  features: () => ({}),
  state: () => ({ fills: 0 }),
  decide({ desk, state }) {
    if (state.fills === 0) desk.target(0.25);
  },
  onFact({ fact, desk, state }) {
    if (fact.type !== 'OrderFilled') return;
    state.fills += 1;
    desk.target(0.25 * state.fills);
  },
});
