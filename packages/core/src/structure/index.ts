export * from './structure-event.ts';
