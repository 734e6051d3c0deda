export * from './signal-event.ts';
