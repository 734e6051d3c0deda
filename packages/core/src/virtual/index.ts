export * from './event-kinds.ts';
export * from './settings.ts';
export * from './virtual-book.ts';
export * from './lifecycle.ts';
export * from './outcome-fold.ts';
export * from './signal-outcome.ts';
export type { VirtualQuestionKind } from './rules.ts';
