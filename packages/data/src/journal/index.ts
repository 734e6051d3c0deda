export * from './digest-recorder.ts';
export * from './fan-out.ts';
export * from './journal-file.ts';
