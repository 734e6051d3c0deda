export * from './settings.ts';
export * from './virtual-book.ts';
export type { VirtualQuestionKind } from './rules.ts';
