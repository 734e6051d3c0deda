export * from './signal-event.ts';
export * from './read-signal.ts';
