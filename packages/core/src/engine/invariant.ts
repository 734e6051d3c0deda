/** Something that cannot happen did: a defect, or numbers beyond what can be held exactly. Never a market or user event. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError';
}
